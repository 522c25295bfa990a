/**
 * Audit: what a rule asks of biology, derived from its schedule. Nothing here knows any rule by name: it follows reads
 * and writes backwards from each weight update, as the design's section "The audit, exactly" defines.
 */
import { type Field, rowCount } from "../gpu/field";
import type { ReadIndex, Schedule } from "../gpu/schedule";
import { type Edge, reach, type Version, type VersionGraph, versionGraph } from "./graph";

/** Where a value that an update reads comes from. */
export type Origin = "own" | "lateral" | "broadcast" | "delivered";

/** `own` values only; with a broadcast scalar; with what the population's other neurons do; with values sent from elsewhere. */
export type Locality = "local" | "three-factor" | "lateral" | "delivered";

export interface HeardValue {
  readonly field: string;
  readonly site: Field["site"];
  readonly index: ReadIndex;
  readonly origin: Origin;
  /** For a delivered value: the neurons' own activity carries it, or fields that exist to carry errors. */
  readonly carrier: "activity" | "error" | null;
}

export interface TransportedWeight {
  /** The weight that another synapse had to know. */
  readonly weight: string;
  /** What was read in the transport: the weight itself, or a field derived from it. */
  readonly through: string;
}

export interface TeachingSignal {
  readonly kind: "one value per neuron" | "one scalar";
  /** Layers between the update and where the target entered. */
  readonly distance: number;
  /** Transports on the shortest path from there. */
  readonly transports: number;
  /** Bits that reach a synapse with each sample. */
  readonly bitsPerSample: number;
}

export interface UpdateAudit {
  readonly weight: string;
  readonly projection: string;
  readonly layer: number;
  /** True for weights that carry activity; false for those that only carry signals back. */
  readonly forward: boolean;
  readonly weightTransport: readonly TransportedWeight[];
  readonly locking: {
    /** Records that must have run, beyond those that gave the neuron its own activity. */
    readonly steps: number;
    /** Other layers among them. */
    readonly layers: readonly number[];
    readonly phases: readonly string[];
    /** Versions read although newer ones exist: what the past must be kept or replayed for. */
    readonly superseded: number;
  };
  readonly locality: Locality;
  readonly heard: readonly HeardValue[];
  readonly teaching: TeachingSignal | null;
}

const bitsPerValue = 32;

const isSetting = ({ field }: Version) => field.role === "setting";

/** Audits every weight update of one training step, in the order in which the step makes them. */
export function audit(schedule: Schedule): UpdateAudit[] {
  const graph = versionGraph(schedule);
  return graph.written
    .filter((version) => isUpdate(graph, version))
    .map((update) => auditUpdate(graph, update));
}

/** Plasticity: a weight that `correlate` moves, or that some other record moves on from its own last value. */
function isUpdate(graph: VersionGraph, { field, record, from }: Version): boolean {
  return (
    graph.weights.has(field.name) &&
    (record?.verb === "correlate" ||
      from.some(({ to, index }) => to.field.name === field.name && index === "own"))
  );
}

function auditUpdate(graph: VersionGraph, update: Version): UpdateAudit {
  const record = update.record!;
  const itself = new Set(record.writes.map(({ field }) => field.name)); // the weight and the optimiser's memory of it
  const reads = update.from.filter(
    ({ to, index }) => !(index === "own" && itself.has(to.field.name)) && !isSetting(to),
  );
  const signal = (version: Version) => !graph.weights.has(version.field.name) && !isSetting(version);
  const ancestors = reach(reads, { through: signal, carried: true });
  const within = reach(reads, { through: signal });
  const own = ownActivity(graph, update, signal);
  const waits = [...within].filter((version) => version.at >= 0 && !own.all.has(version));
  const spoken = spokenFields(graph);
  const heard = reads.map((read) => ({ ...hear(read, own, spoken, signal), read }));
  const teaching = heard.flatMap(
    ({ read, origin }) => teach(read, origin, own.all, signal, record.layer) ?? [],
  );
  return {
    weight: update.field.name,
    projection: update.field.home,
    layer: record.layer,
    forward: graph.projected.has(update.field.name),
    weightTransport: transportedWeights(graph, ancestors),
    locking: {
      steps: new Set(waits.map(({ at }) => at)).size,
      layers: [...new Set(waits.map((version) => version.record!.layer))]
        .filter((l) => l !== record.layer)
        .sort((a, b) => a - b),
      phases: [...new Set(waits.map((version) => version.record!.phase))],
      superseded: superseded(graph, update, reads, within, own, spoken),
    },
    locality: localityOf(heard.map(({ origin }) => origin)),
    heard: heard.map(({ read: _, ...value }) => value),
    teaching: combine(teaching),
  };
}

interface Own {
  readonly first: Version | undefined;
  /** The first activity and its ancestors. */
  readonly all: ReadonlySet<Version>;
}

/** The earliest version of the post population's activity in this step that has the input among its ancestors. */
function ownActivity(graph: VersionGraph, update: Version, signal: (v: Version) => boolean): Own {
  const post = graph.records.find(
    ({ verb, writes }) =>
      verb === "project" && writes[0]!.from.some(({ field }) => field.home === update.field.home),
  )?.writes[0]?.field.home;
  for (const version of graph.written) {
    if (version.field.site !== "neuron" || version.field.home !== post) continue;
    const behind = reach(version.from, { through: signal });
    if ([...behind].some(({ field }) => field.role === "input"))
      return { first: version, all: behind.add(version) };
  }
  return { first: undefined, all: new Set() };
}

/** Transports among the ancestors that read a weight some project reads, or a field derived from one by synapses alone. */
function transportedWeights(graph: VersionGraph, ancestors: ReadonlySet<Version>): TransportedWeight[] {
  const found = new Map<string, TransportedWeight>();
  for (const { record, from } of ancestors) {
    if (record?.verb !== "transport") continue;
    for (const read of from.filter(({ to }) => to.field.site === "synapse"))
      for (const { field } of reach([read], {
        carried: true,
        through: ({ field: f }) => f.site === "synapse",
      }))
        if (graph.projected.has(field.name))
          found.set(`${field.name} ${read.to.field.name}`, {
            weight: field.name,
            through: read.to.field.name,
          });
  }
  return [...found.values()];
}

/**
 * What neurons must remember of what they said before: versions of their activity that were overwritten by then and reached
 * the update through their own memory alone (a history, a free phase's copy); or, where a field holds several rows for each
 * sample side by side, all of them but one.
 */
function superseded(
  graph: VersionGraph,
  update: Version,
  reads: readonly Edge[],
  within: ReadonlySet<Version>,
  own: Own,
  spoken: ReadonlySet<string>,
): number {
  const last = new Map<string, number>();
  for (const { field, at } of graph.written) if (at < update.at) last.set(field.name, at);
  const says = ({ field }: Version) => field.site === "neuron" && spoken.has(whatOf(field));
  const remembered = reach(reads, {
    through: (version) => version.record?.verb === "local" && within.has(version) && !says(version),
  });
  const old = [...reads, ...[...remembered].flatMap(({ from }) => from)].filter(
    ({ to, carried }) => !carried && says(to) && to.at >= 0 && last.get(to.field.name)! > to.at,
  );
  const samples = own.first ? rowCount(own.first.field) : 1;
  const rows = [...within].filter(says).map(({ field }) => rowCount(field));
  return Math.max(new Set(old.map(({ to }) => to)).size, Math.max(samples, ...rows) / samples - 1);
}

const sideways = (edges: readonly Edge[]) =>
  edges.some(({ index }) => index === "layer" || index === "dendrite");

const whatOf = ({ name }: Field): string => name.slice(name.lastIndexOf("/") + 1);

/** What neurons say, by the names that their fields have in every population: what some project sends on. */
function spokenFields(graph: VersionGraph): ReadonlySet<string> {
  const sent = graph.records
    .filter(({ verb }) => verb === "project")
    .flatMap(({ writes }) => writes.flatMap(({ from }) => from.map(({ field }) => field)));
  return new Set(sent.filter(({ site }) => site === "neuron").map(whatOf));
}

/**
 * What carries a delivered value. If it came down through transports: activity, where each of them sends what neurons also
 * say upwards. If the target entered at the neuron itself: activity, where it reached the synapse in what the neuron says.
 */
function carrierOf(
  read: Edge,
  behind: readonly Version[],
  own: Own,
  spoken: ReadonlySet<string>,
): "activity" | "error" {
  if (own.first !== undefined && read.to.field.name === own.first.field.name) return "activity";
  const sent = behind.flatMap(({ record }) =>
    record?.verb === "transport" ? (record.bind.error ?? []) : [],
  );
  const carried = sent.length > 0 ? sent : [read.to.field];
  return carried.every((field) => spoken.has(whatOf(field))) ? "activity" : "error";
}

function hear(
  read: Edge,
  own: Own,
  spoken: ReadonlySet<string>,
  signal: (v: Version) => boolean,
): HeardValue {
  const { to, index } = read;
  const outside = (version: Version) => signal(version) && !own.all.has(version);
  const behind = [...reach([read], { carried: true, through: (v) => outside(v) })].filter(isNeuronPath(read));
  const delivered = behind.some(
    ({ record, field }) => record?.verb === "transport" || field.role === "target",
  );
  const lateral =
    sideways([read]) ||
    behind.some(({ record, from }) => record?.verb === "pool" || sideways(from.filter(within)));
  const broadcast = to.field.site === "global" || behind.some(({ field }) => field.site === "global");
  const origin: Origin =
    to.field.site === "global"
      ? "broadcast"
      : delivered
        ? "delivered"
        : lateral
          ? "lateral"
          : broadcast
            ? "broadcast"
            : "own";
  return {
    field: to.field.name,
    site: to.field.site,
    index,
    origin,
    carrier: origin === "delivered" ? carrierOf(read, behind, own, spoken) : null,
  };
}

const within = ({ to }: Edge) => !isSetting(to);

/** Leaves out what is heard only through a global: a scalar's history is the broadcaster's, not the synapse's. */
function isNeuronPath(read: Edge): (version: Version) => boolean {
  const near = reach([read], {
    carried: true,
    through: ({ field, record }) => field.site !== "global" || record === undefined,
  });
  return (version) => near.has(version) || version.field.site === "global";
}

/** What a delivered or broadcast read teaches, if a target or another layer is behind it. */
function teach(
  read: Edge,
  origin: Origin,
  own: ReadonlySet<Version>,
  signal: (v: Version) => boolean,
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

function fewestTransports(read: Edge, goals: readonly Version[], through: (v: Version) => boolean): number {
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

function combine(signals: readonly TeachingSignal[]): TeachingSignal | null {
  const first = signals.find(({ kind }) => kind === "one value per neuron") ?? signals[0];
  return first ? { ...first, bitsPerSample: bitsPerValue * signals.length } : null;
}

function localityOf(origins: readonly Origin[]): Locality {
  if (origins.includes("delivered")) return "delivered";
  if (origins.includes("lateral")) return "lateral";
  return origins.includes("broadcast") ? "three-factor" : "local";
}
