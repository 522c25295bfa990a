/** The network as a wheel: names outside, a dot for each person, properties within; units light up as they are active. */
import type { Layout } from "../../src/experiment/interactive";
import { rove } from "../../src/view/rove";

const namespace = "http://www.w3.org/2000/svg";
const size = 800;
const middle = size / 2;
const [nameRadius, personRadius, poolRadius] = [350, 282, 148];
const pill = { width: 104, height: 36, gap: 5 };

type Place = readonly [x: number, y: number];

function svg(
  tag: string,
  attributes: Readonly<Record<string, string | number>>,
  ...children: Node[]
): SVGElement {
  const element = document.createElementNS(namespace, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

const onCircle = (radius: number, turn: number): Place => [
  middle + radius * Math.sin(2 * Math.PI * turn),
  middle - radius * Math.cos(2 * Math.PI * turn),
];

/** Where each unit stands. */
function places({ units }: Layout): Place[] {
  const pools = [...new Set(units.map(({ pool }) => pool))];
  const inner = pools.filter((pool) => pool !== "name" && pool !== "person");
  return units.map(({ pool }, unit) => {
    const members = units.flatMap((other, index) => (other.pool === pool ? [index] : []));
    const rank = members.indexOf(unit);
    if (pool === "name") return onCircle(nameRadius, rank / members.length);
    if (pool === "person") return onCircle(personRadius, rank / members.length);
    const [x, y] = onCircle(poolRadius, inner.indexOf(pool) / inner.length);
    return [x, y + (rank - (members.length - 1) / 2) * (pill.height + pill.gap)];
  });
}

export interface Asked {
  /** A unit was pressed. `cut` where the press was meant to cut it. */
  press(unit: number, cut: boolean): void;
}

export class Graph {
  private readonly nodes: SVGElement[];
  private readonly lines: SVGElement[];

  constructor(
    host: HTMLElement,
    private readonly layout: Layout,
    asked: Asked,
  ) {
    const at = places(layout);
    this.lines = layout.links.map(([a, b]) => {
      const [[x1, y1], [x2, y2]] = [at[a]!, at[b]!];
      return svg("line", { class: "sharks-link", x1, y1, x2, y2 });
    });
    this.nodes = layout.units.map(({ name, pool }, unit) => {
      const [x, y] = at[unit]!;
      const dot = pool === "person";
      const shape = (kind: string) =>
        dot
          ? svg("circle", { class: kind, r: 13 })
          : svg("rect", {
              class: kind,
              x: -pill.width / 2 + (pool === "name" ? 12 : 0),
              y: -pill.height / 2,
              width: pill.width - (pool === "name" ? 24 : 0),
              height: pill.height,
              rx: pill.height / 2,
            });
      const text = svg("text", { class: "sharks-name" });
      text.textContent = dot ? "" : name;
      return svg(
        "g",
        {
          class: "sharks-unit",
          transform: `translate(${x} ${y})`,
          role: "button",
          "data-unit": unit,
          "aria-pressed": "false",
        },
        shape("sharks-hull"),
        shape("sharks-heat"),
        text,
      );
    });
    const picture = svg(
      "svg",
      { viewBox: `0 0 ${size} ${size}`, role: "group", "aria-label": "Units of the network" },
      ...this.lines,
      ...this.nodes,
    );
    host.replaceChildren(picture);
    rove(host, ".sharks-unit", () => {});
    const unitOf = (event: Event) => {
      const node = (event.target as Element).closest(".sharks-unit");
      return node ? Number(node.getAttribute("data-unit")) : undefined;
    };
    host.addEventListener("click", (event) => {
      const unit = unitOf(event);
      if (unit !== undefined) asked.press(unit, event.shiftKey);
    });
    host.addEventListener("keydown", (event) => {
      const unit = unitOf(event);
      const cut = event.key === "Delete" || event.key === "Backspace";
      if (unit === undefined || !(cut || event.key === "Enter" || event.key === " ")) return;
      event.preventDefault();
      asked.press(unit, cut || event.shiftKey);
    });
  }

  /** @param activations by unit */
  show(activations: ArrayLike<number>, given: ReadonlySet<number>, cut: ReadonlySet<number>): void {
    const active = (unit: number) => Math.max(0, activations[unit]!);
    this.nodes.forEach((node, unit) => {
      const { name, pool } = this.layout.units[unit]!;
      node.style.setProperty("--active", active(unit).toFixed(3));
      node.classList.toggle("is-given", given.has(unit));
      node.classList.toggle("is-cut", cut.has(unit));
      node.setAttribute("aria-pressed", String(given.has(unit)));
      const state = cut.has(unit) ? "cut off" : `activation ${activations[unit]!.toFixed(2)}`;
      node.setAttribute(
        "aria-label",
        `${pool === "person" ? `person ${name.slice(1)}` : `${pool} ${name}`}, ${state}`,
      );
    });
    this.lines.forEach((line, index) => {
      const [a, b] = this.layout.links[index]!;
      const missing = cut.has(a) || cut.has(b);
      const strength = missing ? 0.02 : 0.06 + 1.2 * Math.min(active(a), active(b));
      line.style.setProperty("--active", Math.min(0.9, strength).toFixed(3));
    });
  }
}
