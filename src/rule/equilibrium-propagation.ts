import type { Builder } from "../net/builder";
import { type Descent, descent as descentOf, feedbackOption } from "../net/descent";
import { measure, settlingMetric, squaredError } from "../net/energy";
import { keep, keptActivity, recall } from "../net/kept";
import { contrast, pairField, twice, yielding } from "../net/pair";
import type { Activation, Population } from "../net/population";
import { recurrentGradient } from "../net/recurrent";
import { defineRule, likeWeight, perSynapse } from "../net/rule";

/**
 * Equilibrium propagation: neurons with states u in [0, 1] (the hard sigmoid of their drive) settle down the energy of a
 * layered Hopfield network,
 *
 *   E = ½ Σ u² − Σ W u u − Σ b u,   u ← clamp(u − ε ∂E/∂u),
 *
 * first freely, then with the output drawn a little towards the target, E + β ½ |u_output − t|². What the nudge changes in the
 * correlations is the gradient of the loss: ΔW = (1/β) (⟨u uᵀ⟩ nudged − ⟨u uᵀ⟩ free) (Scellier & Bengio 2017, eq. 5–14; theorem 1).
 *
 * The input is clamped, so its drive is computed once. From the free equilibrium two copies of the network settle side by side
 * with different nudges: (0, β), (0, ±β) by a coin, or (−β, β), whose error falls as β² (Laborieux et al. 2021). Free states start
 * at a feed-forward pass, or (`persistent`) where the same sample left them in the last epoch: [samples, n] a layer, or the
 * slots of the batch where the host gives the batches. Layer l learns at rate · layerRatio^(l−1).
 *
 * `feedback: learned` sends what descends through synapses B of their own, u ← clamp(u + ε (W u below + b + B u above − u)), which
 * compare their two neurons as their forward partners do and make the same change (Kolen & Pollack 1994); give the optimiser
 * some decay, so that the two forget where they began. Such neurons descend no energy until B = Wᵀ: they follow a field of
 * forces, whose equilibrium the nudge moves as well (Scellier et al. 2018). `energy` is then E of the forward weights, which
 * may rise while they settle, and `distance` is the mean force.
 *
 * Its neurons are the same whatever activation and output the network names, and its loss is half the squared distance to the
 * one-hot target. Metrics, a column for each layer: `energy` and `distance` (the mean of |∂E/∂u|) [free + nudged, L], of the free
 * states and then of the nudged copy's.
 */
export const equilibriumPropagation = defineRule({
  name: "equilibrium-propagation",
  title: "Equilibrium propagation",
  summary:
    "The network settles freely, then with its output nudged to the target; synapses learn the difference.",
  source: "Scellier & Bengio 2017, eq. 5–14; Laborieux et al. 2021",
  defaults: { sgd: { rate: 0.1 }, momentum: { rate: 0.02 }, adam: { rate: 0.001 } },
  params: {
    beta: { default: 0.5, min: 0.001, max: 10, about: "strength β of the nudge" },
    pace: { default: 0.5, min: 0.001, max: 1, about: "size ε of a settling step" },
    layerRatio: {
      default: 0.5,
      min: 0.001,
      max: 1000,
      about: "rate of each layer as a share of the one below",
    },
  },
  options: {
    free: { default: 20, min: 1, max: 10_000, about: "number of free settling steps" },
    nudged: { default: 4, min: 3, max: 1000, about: "number of nudged settling steps" },
    nudging: {
      default: "random-sign",
      choices: ["random-sign", "symmetric", "positive"],
      about: "sign of the nudge",
    },
    persistent: { default: "no", choices: ["no", "yes"], about: "memory of each sample's free state" },
    feedback: feedbackOption,
  },
  fields: { descent: perSynapse(likeWeight) },
  schedule(step, { descent }, { free, nudged, nudging, persistent, feedback }) {
    const layers = step.net.projections.length;
    if (nudged < layers)
      throw new Error(
        `equilibrium-propagation needs a nudged step for each of its ${layers} layers of synapses, so that the nudge reaches the first, but nudged is ${nudged}; raise it.`,
      );
    const settling = settlingNetwork(step, descentOf(step, descent, feedback), free + nudged);
    settling.free(free, persistent === "yes");
    settling.nudged(nudged, nudging, free);
    settling.learn();
  },
  predict(step, { descent }, { free, feedback }) {
    settlingNetwork(step, descentOf(step, descent, feedback)).free(free);
  },
  /** Of the loss at the free equilibrium, reached in twenty times as many steps. */
  gradient(step, { descent }, { free, feedback }) {
    const down = descentOf(step, descent, feedback);
    settlingNetwork(step, down).free(20 * free, false, "hard-sigmoid");
    recurrentGradient(step.inPhase("gradient"), down.through, 10 * free);
  },
});

/** @param measured how many states the metrics have room for; none unless told */
function settlingNetwork(step: Builder, down: Descent, measured?: number) {
  const { populations, projections, score, batch } = step.net;
  const neurons = populations.slice(1);
  const output = populations.at(-1)!;
  const total = neurons.reduce((sum, { size }) => sum + size, 0);
  const metrics =
    measured === undefined
      ? undefined
      : {
          energy: settlingMetric(step, "energy", measured),
          distance: settlingMetric(step, "distance", measured),
        };
  const nudge = step.global("nudge", [2 * batch, 1]);
  const hardSigmoid = "hard-sigmoid";
  /** The fields of the free network, and of the two nudged copies. */
  const fields = {
    free: {
      state: ({ activity }: Population) => activity,
      drive: (population: Population) => step.drive(population),
      descending: (population: Population) => step.neurons(population, "descending"),
    },
    nudged: {
      state: (population: Population) => pairField(step, population, "pair"),
      drive: (population: Population) => pairField(step, population, "pair-drive"),
      descending: (population: Population) => pairField(step, population, "pair-descending"),
    },
  };
  const wanted = step.neurons(output, "wanted");
  const wantedTwice = pairField(step, output, "pair-wanted");

  /** All neurons take one step at once; or all of `moving`, where the others have no force on them yet. */
  const settle = (phase: keyof typeof fields, row: number, moving = neurons) => {
    const { state, drive, descending } = fields[phase];
    const nudging = phase === "nudged";
    for (const projection of projections.slice(1))
      step.project(projection, {
        from: state(projection.pre),
        to: drive(projection.post),
        activation: "identity",
      });
    for (const projection of projections.slice(1)) {
      const { pre, post } = projection;
      step.transport(down.through(projection), state(post), pre, {
        into: descending(pre),
        activation: "identity",
      });
    }
    if (nudging)
      step.local(
        "neuron/nudge",
        descending(output),
        { value: state(output), wanted: wantedTwice, nudge },
        output,
      );
    const heard = (population: Population) => ({
      value: state(population),
      drive: drive(population),
      ...((nudging || population !== output) && { descending: descending(population) }),
    });
    for (const population of metrics ? neurons : []) {
      const { layer } = population;
      const { value, drive: up, ...above } = heard(population);
      const cell = { row, layer, second: nudging };
      measure(step, "neuron/hopfield-energy", metrics!.energy, { value, drive: up }, cell);
      measure(
        step,
        `neuron/relax-force${"descending" in above ? "" : "-free"}`,
        metrics!.distance,
        { value, drive: up, ...above },
        { ...cell, scale: 1 / total },
      );
    }
    for (const population of moving) {
      const all = heard(population);
      step.local(`neuron/relax${"descending" in all ? "" : "-free"}`, state(population), all, population);
    }
  };

  return {
    /** To the free equilibrium, the score there, and the output's error times the slope of `errorBy`. */
    free(steps: number, persistent = false, errorBy: Activation = "identity"): void {
      step.inPhase("free");
      const [first, ...others] = projections;
      const { drive } = fields.free;
      step.project(first!, { to: drive(first!.post), activation: "identity" });
      if (persistent)
        for (const population of neurons)
          recall(step, keptActivity(step, population), population.activity, population.layer);
      else {
        step.local(
          "neuron/activate",
          first!.post.activity,
          { drive: drive(first!.post) },
          { layer: 1, slots: { ACTIVATION: `lib/activation/${hardSigmoid}` } },
        );
        for (const projection of others)
          step.project(projection, { to: projection.post.activity, activation: hardSigmoid });
      }
      // What descends from the output has not changed it yet: after a feed-forward pass it stands where its drive puts it.
      if (!persistent) settle("free", 0, neurons.slice(0, -1));
      const taken = persistent ? 0 : 1;
      step.repeat(steps - taken, "t", () => settle("free", taken));
      if (persistent)
        for (const population of neurons)
          keep(step, population.activity, keptActivity(step, population), population.layer);
      squaredError(step, output, score, errorBy);
    },
    /** From there, two copies with different nudges. `row`: how many states were measured before. */
    nudged(steps: number, nudging: string, row = 0): void {
      step.inPhase("nudged");
      const fields2 = fields.nudged;
      step.local(`neuron/nudging/${nudging}`, nudge, {}, output);
      for (const population of neurons)
        twice(step, population.activity, fields2.state(population), population.layer);
      const [{ post: first }] = projections as [(typeof projections)[number]];
      twice(step, fields.free.drive(first), fields2.drive(first), 1);
      // u − (u − t): the target, or where a sample has none the state itself, which draws nowhere.
      step.local("neuron/difference", wanted, { value: output.activity, prediction: output.error }, output);
      twice(step, wanted, wantedTwice, output.layer);
      step.repeat(steps, "t", () => settle("nudged", row));
    },
    /** Each synapse compares how its two neurons went together in the one copy and in the other. */
    learn(): void {
      step.inPhase("learning");
      for (const population of neurons)
        yielding(step, fields.nudged.state(population), nudge, population.error, population.layer);
      for (const projection of projections) {
        const { pre, post, layer } = projection;
        const settings = [
          layer === 1 ? "weight" : `weight ${layer}`,
          (values: Readonly<Record<string, number>>) => ({
            ...values,
            rate: values.rate! * values.layerRatio! ** (layer - 1),
          }),
        ] as const;
        // The clamped input is the same in both copies, so there the difference of the post neurons is enough.
        if (layer === 1) down.learn(projection, pre.activity, post.error, { settings });
        else {
          const contrasted = pairField(step, post, "contrast");
          contrast(step, fields.nudged.state(post), nudge, contrasted, layer);
          down.learn(projection, fields.nudged.state(pre), contrasted, { settings });
        }
      }
    },
  };
}
