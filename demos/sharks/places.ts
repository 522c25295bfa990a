/** Where the units stand: on a wheel where there is room; on a phone in rows, each large enough for a finger. */
import type { Layout } from "../../src/experiment/interactive";

/** A unit's middle and size. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Places {
  readonly width: number;
  readonly height: number;
  readonly units: readonly Place[];
  /** Radius of a person's dot. */
  readonly dot: number;
}

/** A pool's units, by index, in order. */
const membersOf = ({ units }: Layout, pool: string) =>
  units.flatMap((unit, index) => (unit.pool === pool ? [index] : []));

const propertiesOf = ({ units }: Layout) =>
  [...new Set(units.map(({ pool }) => pool))].filter((pool) => pool !== "name" && pool !== "person");

/** Names outside, a dot for each person, properties within. */
export function wheel(layout: Layout): Places {
  const size = 800;
  const [nameRadius, personRadius, poolRadius, gap] = [350, 282, 148, 5];
  const on = (radius: number, turn: number) => ({
    x: size / 2 + radius * Math.sin(2 * Math.PI * turn),
    y: size / 2 - radius * Math.cos(2 * Math.PI * turn),
  });
  const inner = propertiesOf(layout);
  const units = layout.units.map(({ pool }, unit): Place => {
    const members = membersOf(layout, pool);
    const rank = members.indexOf(unit);
    if (pool === "name") return { ...on(nameRadius, rank / members.length), width: 80, height: 36 };
    if (pool === "person") return { ...on(personRadius, rank / members.length), width: 26, height: 26 };
    const { x, y } = on(poolRadius, inner.indexOf(pool) / inner.length);
    return { x, y: y + (rank - (members.length - 1) / 2) * (36 + gap), width: 104, height: 36 };
  });
  return { width: size, height: size, units, dot: 13 };
}

/** A column for each pool of properties; below, in three columns, each name with the person's dot before it. */
export function rows(layout: Layout): Places {
  const [width, row, reach, columns] = [360, 46, 42, 3];
  const pools = propertiesOf(layout);
  const tallest = Math.max(...pools.map((pool) => membersOf(layout, pool).length));
  const [wide, cell] = [width / pools.length, width / columns];
  const top = tallest * row + 24;
  const units = layout.units.map(({ pool }, unit): Place => {
    const rank = membersOf(layout, pool).indexOf(unit);
    if (pools.includes(pool))
      return { x: (pools.indexOf(pool) + 0.5) * wide, y: (rank + 0.5) * row, width: wide - 4, height: reach };
    const left = (rank % columns) * cell;
    const y = top + (Math.floor(rank / columns) + 0.5) * row;
    if (pool === "person") return { x: left + reach / 2, y, width: reach, height: reach };
    return { x: left + reach + (cell - reach) / 2 - 2, y, width: cell - reach - 4, height: reach };
  });
  const height = top + Math.ceil(membersOf(layout, "name").length / columns) * row;
  return { width, height, units, dot: 11 };
}
