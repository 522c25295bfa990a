/** Teaching signal: what an update is told by a target or another layer, from how far away and by what way. */
import type { Signal } from "./activity";
import { type Edge, reach, type Version } from "./graph";
import type { Origin } from "./locality";

export interface TeachingSignal {
  readonly kind: "one value per neuron" | "one scalar";
  /** Layers between the update and where the target entered. */
  readonly distance: number;
  /** Transports on the shortest path from there. */
  readonly transports: number;
  /** Bits that reach a synapse with each sample. */
  readonly bitsPerSample: number;
}

const bitsPerValue = 32;

/** What a delivered or broadcast read teaches, if a target or another layer is behind it. */
export function teach(
  read: Edge,
  origin: Origin,
  own: ReadonlySet<Version>,
  signal: Signal,
  layer: number,
): TeachingSignal | undefined {
  if (origin !== "delivered" && origin !== "broadcast") return undefined;
  const through = (version: Version) => signal(version) && !own.has(version);
  const behind = [...reach([read], { carried: true, through })];
  const entries = behind.filter(({ from }) => from.some(({ to }) => to.field.role === "target"));
  const others = behind.filter(({ record }) => record !== undefined && record.layer !== layer);
  if (entries.length === 0 && others.length === 0) return undefined;
  const sources = entries.length > 0 ? entries : others;
  return {
    kind: origin === "delivered" ? "one value per neuron" : "one scalar",
    distance: Math.max(...sources.map(({ record }) => Math.abs(record!.layer - layer))),
    transports: fewestTransports(read, sources, through),
    bitsPerSample: bitsPerValue,
  };
}

function fewestTransports(read: Edge, goals: readonly Version[], through: Signal): number {
  const cost = new Map<Version, number>();
  const open: (readonly [Version, number])[] = [[read.to, 0]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [version, before] = next;
    if (!through(version)) continue;
    const here = before + (version.record?.verb === "transport" ? 1 : 0);
    if (here >= (cost.get(version) ?? Number.POSITIVE_INFINITY)) continue;
    cost.set(version, here);
    for (const { to } of version.from) open.push([to, here]);
  }
  return Math.min(...goals.map((goal) => cost.get(goal) ?? Number.POSITIVE_INFINITY));
}

/** All that an update is taught, as one: the finest of its signals, with the bits of all. */
export function combine(signals: readonly TeachingSignal[]): TeachingSignal | null {
  const first = signals.find(({ kind }) => kind === "one value per neuron") ?? signals[0];
  return first ? { ...first, bitsPerSample: bitsPerValue * signals.length } : null;
}
