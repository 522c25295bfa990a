/**
 * What Hebb and his heirs share: hidden layers that learn by themselves from what reaches them, their neurons without
 * biases, and on top of them a linear readout, which alone is told the labels. It learns by the delta rule, with Adam and
 * a rate of its own, and its error is never sent back.
 */
import type { Field } from "../gpu/field";
import type { Builder } from "./builder";
import type { Parameter } from "./optimiser";
import type { Population } from "./population";
import { type Projection, synapseField } from "./projection";

/** Parameters of the readout. */
export const readoutParams = {
  readoutRate: { default: 0.001, min: 0, max: 100, about: "rate of the readout" },
  readoutAnneal: {
    default: 0,
    min: 0,
    max: 1e6,
    about: "epochs over which the readout's rate falls in a straight line to zero; 0 keeps it",
  },
} as const satisfies Record<string, Parameter>;

/** Rows in which the mean length of a layer's weights is kept, by step. */
export const normRows = 512;

/** The projections that learn without being told anything. */
export const unsupervised = (step: Builder): readonly Projection[] => step.net.projections.slice(0, -1);

/** A neuron's drive z = W x, without a bias, before any activation. */
export function linear(step: Builder, projection: Projection, from = projection.pre.activity): Field {
  const to = step.drive(projection.post);
  step.inPhase("forward").project(projection, { from, to, activation: "identity", bias: false });
  return to;
}

/** A layer of linear neurons: they learn from their drive, and pass its activation on. @returns the drive */
export function linearLayer(step: Builder, projection: Projection): Field {
  const { post, layer } = projection;
  const drive = linear(step, projection);
  const slots = { ACTIVATION: `lib/activation/${post.activation}` };
  step.local("neuron/activate", post.activity, { drive }, { layer, slots });
  return drive;
}

/** The readout says which class it takes the features for. @returns its error */
export function readOut(step: Builder): Field {
  step.inPhase("readout").project(step.net.projections.at(-1)!);
  return step.readout();
}

/** The readout answers, and learns by the delta rule (Widrow & Hoff 1960) from its own error, which goes no further. */
export function deltaRule(step: Builder): void {
  teachReadout(step, readOut(step));
}

/** The readout learns from an error of its own that it has already. */
export function teachReadout(step: Builder, error: Field): void {
  const { pre, weight, layer } = step.net.projections.at(-1)!;
  step.correlate(pre.activity, error, weight, layer, {
    change: "adam",
    settings: [
      "readout",
      ({ readoutRate = readoutParams.readoutRate.default, readoutAnneal = 0 }) => ({
        rate: readoutRate,
        anneal: readoutAnneal,
        momentum: 0.9,
        variance: 0.999,
        epsilon: 1e-8,
      }),
    ],
  });
}

/**
 * Lets people read what the rules are about: the length |w| of each neuron's weights, `hidden/norm` [1, size], and its mean
 * over the layer at each of the last steps, `norm/input-hidden` [512, 1], row = step mod 512.
 */
export function watchNorm(step: Builder, { name, post, weight, layer }: Projection): void {
  const norm = step.neurons(post, "norm", { rows: 1 });
  step.inPhase("watch").add({
    verb: "pool",
    kernel: "pool/weight-norm",
    bind: { weight, norm },
    writes: [{ field: norm, from: [{ field: weight, index: "dendrite" }] }],
    layer,
    constants: { LINES: weight.shape[0]! - 1, SIZE: post.size },
    threads: Math.ceil(post.size / 4),
  });
  const history = step.global(`norm/${name}`, [normRows, 1], "metric");
  const { clock } = step.net;
  step.add({
    verb: "pool",
    kernel: "pool/history",
    bind: { value: norm, history, clock },
    writes: [
      {
        field: history,
        from: [
          { field: norm, index: "layer" },
          { field: history, index: "own" },
          { field: clock, index: "own" },
        ],
      },
    ],
    layer,
    constants: { SIZE: post.size, ROWS: normRows },
    groups: 1,
  });
}

/** A value that slides towards the batch's mean square of each neuron's activity, lasting from step to step: [1, size]. */
export function slidingSquare(step: Builder, post: Population, name: string): Field {
  const { layer } = post;
  const recent = step.neurons(post, "mean square", { rows: 1 });
  step.average("neuron/square", recent, { value: post.activity }, { layer });
  const value = step.lasting(post, name);
  return step.local("neuron/slide", value, { value, recent }, { layer });
}

/**
 * A low-pass trace of what each neuron of a population says, lasting from step to step: [1, size]. The rule must have a parameter
 * `tauTrace`, in steps.
 * @param value of each sample: [batch, size]
 * @param options.square takes the square of it
 */
export function slidingMean(
  step: Builder,
  population: Population,
  value: Field,
  name: string,
  { layer, square = false }: { layer: number; square?: boolean },
): Field {
  const recent = step.neurons(population, `recent ${name}`, { rows: 1 });
  step.average(square ? "neuron/square" : "neuron/total", recent, { value }, { layer });
  const trace = step.lasting(population, name);
  return step.local("neuron/low-pass", trace, { value: trace, recent }, { layer });
}

/**
 * What each synapse's pre activity owes, as far as its post neuron j and those before it can tell: Σ_{k ≤ j} w_ik ⟨y_k y_j⟩,
 * in the layout of the weight. Two products over neurons instead of one over samples: the same sum in another order.
 */
export function explained(step: Builder, projection: Projection, drive: Field): Field {
  const { pre, post, weight, layer } = projection;
  const coincidence = step.neurons(post, "coincidence", { rows: post.size + 1 }); // the last row is a bias's, as in weights
  step.add({
    verb: "correlate",
    kernel: "dense/correlate",
    bind: { pre: drive, error: drive, direction: coincidence },
    writes: [{ field: coincidence, from: [{ field: drive, index: "layer" }] }],
    layer,
    slots: { OPTIMISER: "optimiser/written" },
  });
  step.local("neuron/earlier", coincidence, { value: coincidence }, { layer });
  const result = synapseField(pre, post, "explained");
  step.add({
    verb: "pool",
    kernel: "dense/project",
    bind: { pre: weight, weight: coincidence, post: result },
    writes: [
      {
        field: result,
        from: [
          { field: weight, index: "layer" },
          { field: coincidence, index: "layer" },
        ],
      },
    ],
    layer,
    slots: { ACTIVATION: "lib/activation/identity" },
    constants: { BIAS: 0 },
  });
  return result;
}
