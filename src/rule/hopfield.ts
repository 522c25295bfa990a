/**
 * Hopfield networks: patterns of ±1 are stored in the synapses between the neurons of one population, and recalled by
 * letting the network settle from a spoilt one (Hopfield 1982).
 *
 * Weights, fields and thresholds are held in units of 1/N: Hebbian storage then deals in whole numbers only, and recall
 * is exact, to the bit, on every adapter.
 */
import type { Field } from "../gpu/field";
import type { Builder } from "../net/builder";
import { asynchronous, attention, withoutSelf } from "../net/hopfield";

/** What a network is while it recalls: probes side by side, each [neurons]. */
export interface RecallFields {
  readonly state: Field;
  /** What each neuron hears: Σ w s − θ, or what the memories return. */
  readonly field: Field;
  /** E, one value a probe. */
  readonly energy: Field;
  /** How many neurons flipped in the last step, one value a probe. */
  readonly moved: Field;
}

/** The fields of a recall in a network whose batch is the probes. */
export function recallFields(step: Builder): RecallFields {
  const [neurons] = step.net.populations;
  return {
    state: neurons!.activity,
    field: step.neurons(neurons!, "field"),
    energy: step.global("energy"),
    moved: step.global("moved"),
  };
}

/** Rows that are stored at once. A power of two, so that a mean over them, times their number, is their exact sum. */
export const rowsAtOnce = 128;

export const hopfield = {
  name: "hopfield",
  title: "Hopfield network",
  summary:
    "Neurons that excite those they were active with fall back, from a spoilt pattern, into the nearest stored one.",
  source:
    "Hopfield 1982; Personnaz, Guyon & Dreyfus 1985; Storkey 1997; Krotov & Hopfield 2016; Ramsauer et al. 2021, eq. 3",

  store: {
    /** w = Σ ξξᵀ / N with no self-connection (Hopfield 1982, eq. 2). The activity holds patterns or, past the last, zeroes. */
    hebbian(step: Builder): void {
      const [synapses] = step.net.projections;
      const { activity } = synapses!.pre;
      step.correlate(activity, activity, synapses!.weight, synapses!.layer, {
        settings: ["storage", () => ({ rate: -step.net.batch })],
      });
      withoutSelf(step, synapses!);
    },

    /** Every pattern lessens what it adds by what the network says already (Storkey 1997). The activity holds one pattern. */
    storkey(step: Builder): void {
      const [synapses] = step.net.projections;
      const { pre, weight, layer } = synapses!;
      const field = step.project(synapses!, { to: step.neurons(pre, "field"), bias: false });
      const { activity } = pre;
      step.change(
        "rule/storkey",
        weight,
        layer,
        { pre: activity, post: activity, preField: field, field },
        { bias: false, settings: ["storage", () => ({ rate: 1 })] },
      );
      withoutSelf(step, synapses!);
    },

    /** The overlaps ξ·ξ′ of the patterns in the activity with those that the memory neurons' synapses hold. */
    overlaps(step: Builder): Field {
      const [synapses] = step.net.projections;
      const { pre: memories, post, weight } = synapses!;
      return step.transport(weight, post.activity, memories, { activation: "identity" });
    },

    /**
     * Mixes stored patterns so that none overlaps another: Hebbian storage of the mixtures is the projection rule,
     * w = ΞᵀQ⁻¹Ξ / N with Q = ΞΞᵀ / N (Personnaz, Guyon & Dreyfus 1985). The memories' activity holds how.
     */
    decorrelate(step: Builder): Field {
      return step.project(step.net.projections[0]!, { bias: false });
    },
  },

  /** Local fields from the states, and the energy E = −½ sᵀWs + θ·s. */
  hear(step: Builder): void {
    const { state, field, energy } = recallFields(step);
    const [synapses] = step.net.projections;
    const { pre, layer } = synapses!;
    const threshold = step.lasting(pre, "threshold");
    step.project(synapses!, { to: field, bias: false });
    step.local("neuron/difference", field, { value: field, prediction: threshold }, { layer });
    weigh(step, { state, field, energy }, threshold);
  },

  settle: {
    /** Neurons update one at a time, each seeing all earlier updates: the energy never rises. */
    asynchronous(step: Builder, turns: number, seed: number): void {
      const recall = recallFields(step);
      const [synapses] = step.net.projections;
      asynchronous(step, synapses!, recall, turns, seed);
      weigh(step, recall, step.lasting(synapses!.pre, "threshold"));
      step.tick();
    },

    /** All neurons update at once (Little 1974): the network may end in a cycle of two states. */
    parallel(step: Builder): void {
      const { state, field, moved } = recallFields(step);
      const columns = state.shape[1]!;
      step.sum("neuron/hopfield", moved, { state, field }, { layer: 0, columns });
      step.local("neuron/hopfield", state, { state, field }, { layer: 0 });
      hopfield.hear(step);
      step.tick();
    },
  },

  /** s ← Ξᵀ softmax(β Ξ s), in two halves: `attend` finds what the memories return and the energy, `retrieve` takes it. */
  modern: {
    attend(step: Builder, beta: number): void {
      const { state, field, energy } = recallFields(step);
      const [synapses] = step.net.projections;
      const { pre: memories, weight } = synapses!;
      const similarity = step.transport(weight, state, memories, { activation: "identity" });
      attention(step, similarity, state, { share: memories.activity, energy }, beta);
      step.project(synapses!, { to: field, bias: false });
    },

    retrieve(step: Builder, beta: number): void {
      const { state, field, moved } = recallFields(step);
      const columns = state.shape[1]!;
      step.sum("neuron/shift", moved, { state, retrieved: field }, { layer: 0, columns });
      step.local("neuron/retrieved", state, { retrieved: field }, { layer: 0 });
      hopfield.modern.attend(step, beta);
      step.tick();
    },
  },
};

function weigh(
  step: Builder,
  { state, field, energy }: Pick<RecallFields, "state" | "field" | "energy">,
  threshold: Field,
): void {
  const columns = state.shape[1]!;
  step.sum(
    "neuron/pairwise-energy",
    energy,
    { state, field, threshold },
    { layer: 0, columns, scale: 1 / columns },
  );
}
