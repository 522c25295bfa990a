/**
 * Recurrent networks of one population that speaks to itself, and of one that speaks to memory neurons and back: their
 * descriptions, and the operators that only they need.
 */
import { type Field, rowStride } from "../gpu/field";
import { type Lowering, lowerPlain } from "../gpu/lower";
import type { Builder } from "./builder";
import { lowerings } from "./dense";
import type { Network } from "./network";
import { neuronField, type Population } from "./population";
import { type Projection, projection } from "./projection";
import { own } from "./synapses";

function population(name: string, layer: number, size: number, batch: number, prefix: string): Population {
  return {
    name,
    layer,
    size,
    batch,
    activation: "identity",
    activity: neuronField(name, "activity", batch, size, prefix),
    error: neuronField(name, "error", batch, size, prefix),
  };
}

/**
 * A network whose neurons speak to one another, with no input and no output.
 * @param memories where it is given, neurons speak to so many memory neurons instead, through symmetric synapses: the
 *   field [memories + 1, neurons] is read forwards and backwards (Krotov & Hopfield 2021)
 * @param prefix keeps the neuron fields and the clock of several uses of the same weights apart
 */
export function recurrentNetwork(
  neurons: number,
  { batch, prefix, memories }: { batch: number; prefix: string; memories?: number },
): Network {
  const visible = population("neurons", 0, neurons, batch, prefix);
  const hidden = memories === undefined ? undefined : population("memories", 1, memories, batch, prefix);
  const weights = projection(hidden ?? visible, visible);
  const synapses: Projection = { ...weights, weight: { ...weights.weight, initial: { kind: "zero" } } };
  const global = { site: "global", home: "", role: "setting" } as const;
  return {
    batch,
    output: "identity",
    prefix,
    populations: hidden ? [visible, hidden] : [visible],
    projections: [synapses],
    target: { ...global, name: `${prefix}target`, shape: [batch], type: "u32" },
    score: neuronField("neurons", "score", batch, 2, prefix),
    clock: { ...global, name: `${prefix}clock`, shape: [1], type: "u32" },
  };
}

/** No neuron speaks to itself: clears the diagonal and the bias of a recurrent weight. */
export function withoutSelf(step: Builder, { weight, layer, pre }: Projection): void {
  step.add({
    verb: "local",
    kernel: "recurrent/without-self",
    bind: { weight },
    writes: [{ field: weight, from: own(weight) }],
    layer,
    constants: { COUNT: pre.size, STRIDE: rowStride(weight) },
    threads: pre.size,
  });
}

/** Neurons that one dispatch of `asynchronous` may have looked at its local field for, synapses counted. */
const synapsesAtOnce = 2 ** 28;

/**
 * Invocations that settle a probe together, and neurons that each of them looks at before they meet. A GPU wants many and
 * meets for nothing; in software each meeting costs every invocation a switch, and eight do the work of 256 in a quarter
 * of the time.
 */
const crew = { gpu: { LANES: 256, LOOKS: 1 }, software: { LANES: 8, LOOKS: 16 } } as const;

const lowerAsynchronous: Lowering = (record, { facts }) =>
  lowerPlain(record).map((dispatch) => ({
    ...dispatch,
    kernel: { ...dispatch.kernel, sizes: crew[facts.software ? "software" : "gpu"] },
  }));

/** The lowerings of networks that recall: those of dense projections, and one neuron after another. */
export const recurrentLowerings: Readonly<Record<string, Lowering>> = {
  ...lowerings,
  "recurrent/asynchronous": lowerAsynchronous,
};

/**
 * `turns` neurons, one after another in a seeded random order that takes every neuron once before any comes again, take
 * the sign of their local field as all earlier updates left it. Every row (probe) has the same order.
 * @param fields state ±1 and local field [probes, neurons], both kept up to date; moved [probes, 1] counts the flips
 */
export function asynchronous(
  step: Builder,
  { weight, layer, pre }: Projection,
  { state, field, moved }: Readonly<Record<"state" | "field" | "moved", Field>>,
  turns: number,
  seed: number,
): void {
  const [probes = 1, neurons = 1] = state.shape;
  const { clock } = step.net;
  const lanes = 256;
  const chunk = Math.min(
    Math.ceil(turns / lanes) * lanes,
    Math.max(lanes, Math.floor(synapsesAtOnce / (probes * neurons) / lanes) * lanes),
  );
  const from = [...own(state, weight, clock), { field, index: "layer" as const }];
  const chunks = Math.ceil(turns / chunk);
  const earlier = chunks > 1 ? own(moved) : []; // the first chunk begins to count anew
  step.repeat(chunks, "chunk", () =>
    step.add({
      verb: "project",
      kernel: "recurrent/asynchronous",
      bind: { weight, state, field, moved, clock },
      writes: [
        { field: state, from },
        { field, from: [...from, { field: state, index: "layer" }] },
        { field: moved, from: [...earlier, ...own(weight, clock), ...layerOf(state, field)] },
      ],
      layer,
      constants: {
        OUT4: Math.ceil(pre.size / 4),
        TURNS: turns,
        CHUNK: chunk,
        PROBES: probes,
        COUNT: pre.size,
        BATCH: probes,
        SEED: seed,
      },
      groups: probes,
    }),
  );
}

const layerOf = (...fields: readonly Field[]) => fields.map((field) => ({ field, index: "layer" }) as const);

/**
 * Memory neurons compete by softmax for the state; with their shares [probes, memories] comes the energy [probes, 1].
 * @param beta how sharply: the inverse temperature of the softmax over similarities
 */
export function attention(
  step: Builder,
  similarity: Field,
  state: Field,
  { share, energy }: Readonly<Record<"share" | "energy", Field>>,
  beta: number,
): void {
  const [probes = 1, memories = 1] = similarity.shape;
  step.add({
    verb: "pool",
    kernel: "recurrent/attention",
    bind: { similarity, state, share, energy },
    writes: [
      { field: share, from: layerOf(similarity) },
      { field: energy, from: layerOf(similarity, state) },
    ],
    layer: 1,
    constants: { PROBES: probes, MEMORIES: memories, NEURONS: state.shape[1]!, BETA: beta },
    groups: probes,
  });
}
