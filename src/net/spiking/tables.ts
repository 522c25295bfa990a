/**
 * Tables: what the kernels look up of each population and projection, packed into one array of words. The lists here are
 * the only place where a word has a position: the WGSL that reads it and the host that writes it are both made from them.
 */

/** `u32`, or `f32` kept as its bits. */
type Words = Readonly<Record<string, "u32" | "f32">>;

export const populationWords = {
  size: "u32",
  /** Its first neuron's number among all neurons. */
  neurons: "u32",
  /** Which generated form of a model it runs. */
  form: "u32",
  /** Where its state variables, its cells of arriving spikes and its numbers start. */
  state: "u32",
  cells: "u32",
  numbers: "u32",
  /** Of its random numbers. */
  key: "u32",
  /** Its projections that are delivered when a neuron fires: a run of the plan's list. */
  outgoing: "u32",
  outgoingCount: "u32",
  /** Where its list of firing neurons stands in each slot of the ring, or `none`. */
  fired: "u32",
  /** Lists of the same length behind it: neurons that meet the condition of a plasticity rule. */
  conditions: "u32",
  /** Traces of its neurons: numbers (`trace.ts`) and the rings that hold them. */
  traces: "u32",
  traceCount: "u32",
  traceRings: "u32",
  /** Its spikes are kept for the host. */
  recorded: "u32",
  timesAt: "u32",
} as const satisfies Words;

export const projectionWords = {
  preSize: "u32",
  postSize: "u32",
  pre: "u32",
  post: "u32",
  /** The first cell of the port that it reaches, in each slot of the ring. */
  cells: "u32",
  /** Units of the fixed-point sum for a weight of 1. */
  scale: "f32",
  /** Where its row starts, its synapses and its weights begin, or `none`. */
  rows: "u32",
  synapses: "u32",
  weights: "u32",
  count: "u32",
  storage: "u32",
  connect: "u32",
  /** Of its random numbers. */
  key: "u32",
  /** Post neurons (or pairs, or draws) in a row, cut into chunks that are walked side by side. */
  chunks: "u32",
  autapses: "u32",
  repeats: "u32",
  degree: "u32",
  /** 1 / log(1 − p), or a distance's peak, width and whether the square wraps. */
  c0: "f32",
  c1: "f32",
  c2: "f32",
  /** Where a row's own count, or the neurons' places, stand among the numbers. */
  data: "u32",
  postData: "u32",
  weightKind: "u32",
  weight0: "f32",
  weight1: "f32",
  weightLow: "f32",
  weightHigh: "f32",
  delayKind: "u32",
  delay0: "f32",
  delay1: "f32",
  delayLow: "f32",
  delayHigh: "f32",
  /** Where counts of the build stand: one a row, one a post neuron. */
  rowCounts: "u32",
  fanIn: "u32",
  /** Plastic: the generated form, its numbers, its bounds. */
  form: "u32",
  numbers: "u32",
  least: "f32",
  most: "f32",
  /** Distinct delays: a run of the plan, and in `rows` where each starts in each row. */
  delays: "u32",
  delayCount: "u32",
  /** Synapses by post neuron: starts in `rows`, (synapse, pre) in `synapses`. */
  columns: "u32",
  columnEntries: "u32",
  /** Which list of its post population's its rule's `fire` goes by. */
  heard: "u32",
  /** Where its pre and post neurons' traces stand among those of their populations. */
  preTraces: "u32",
  postTraces: "u32",
  /** Short-term plasticity: its state (u, x, last spike), or `none`. */
  release: "u32",
  utilisation: "f32",
  recovery: "f32",
  facilitation: "f32",
  /** Steps between sweeps. */
  every: "u32",
} as const satisfies Words;

export type TableRow<All extends Words> = Record<keyof All, number>;
export type PopulationRow = TableRow<typeof populationWords>;
export type ProjectionRow = TableRow<typeof projectionWords>;

/** Stands for "there is none" in a word. */
export const none = 0xffffffff;

/** Writes rows into a table of words. */
export function packRows<All extends Words>(words: All, rows: readonly TableRow<All>[]): Uint32Array {
  const names = Object.keys(words) as (keyof All & string)[];
  const packed = new Uint32Array(rows.length * names.length);
  const floats = new Float32Array(packed.buffer);
  rows.forEach((row, index) => {
    names.forEach((name, word) => {
      const at = index * names.length + word;
      if (words[name] === "f32") floats[at] = row[name];
      else packed[at] = row[name];
    });
  });
  return packed;
}

/** WGSL: the struct of a table, and the function that reads row `index` of it from `plan`. */
export function tableText(struct: string, read: string, words: Words, base: string): string {
  const names = Object.entries(words);
  const fields = names.map(([name, type]) => `  ${name}: ${type},`).join("\n");
  const loads = names
    .map(([, type], word) =>
      type === "f32" ? `    bitcast<f32>(plan[at + ${word}u]),` : `    plan[at + ${word}u],`,
    )
    .join("\n");
  return `struct ${struct} {
${fields}
}
fn ${read}(index: u32) -> ${struct} {
  let at = ${base} + index * ${names.length}u;
  return ${struct}(
${loads}
  );
}`;
}
