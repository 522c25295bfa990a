import type { Builder } from "../net/builder";
import { descent as descentOf, feedbackOption } from "../net/descent";
import { measure, settlingMetric } from "../net/energy";
import type { Population } from "../net/population";
import type { Projection } from "../net/projection";
import { defineRule, likeWeight, perSynapse } from "../net/rule";

/**
 * Predictive coding: every hidden neuron has a value x and an error ε = x − μ, where μ = W f(x below) + b is what the layer
 * below predicts. Input and label are clamped; the values start at the feed-forward pass and settle down the energy
 *
 *   E = Σ ½ |ε|² + loss(output) / v,   x ← x + γ (−ε + f′(x) Wᵀ ε above),
 *
 * and then each synapse makes its own error smaller: ΔW = ⟨ε ⊗ f(x below)⟩ (Whittington & Bogacz 2017, eq. 2.14–2.19, with values
 * before the activation, so that a settled −ε is the gradient by the drive). The output's ε is the readout's: t − p for
 * softmax, (t − y) f′ for an activation.
 *
 * Forms: `fixed-prediction` holds f, f′ and μ at the feed-forward pass (Millidge, Tschantz & Buckley 2022); in `z-il` a layer's
 * weights move at the very step in which the error reaches it, and there are as many steps as hidden layers (Song et al.
 * 2020); in `incremental` weights move at every step (Salvatori et al. 2024). What the error has not reached yet stands at its
 * feed-forward value, and neither settles nor learns.
 *
 * `feedback: learned` sends errors down synapses of their own that change as their forward partners do (Kolen & Pollack
 * 1994); give the optimiser some decay, so that the two forget where they began.
 *
 * Metrics, a column for each layer: `energy` [steps + 1, L] of the states 0 … steps, `distance` [steps, L], the mean of |∂E/∂x|.
 */
export const predictiveCoding = defineRule({
  name: "predictive-coding",
  title: "Predictive coding",
  summary:
    "Each layer predicts the next; values settle until errors are small, then synapses make them smaller.",
  source: "Rao & Ballard 1999; Whittington & Bogacz 2017, eq. 2.14–2.19",
  params: {
    gamma: { default: 0.1, min: 0.0001, max: 2, about: "size γ of an inference step" },
    outputVariance: { default: 1, min: 0.0001, max: 1e8, about: "variance of the output" },
  },
  options: {
    form: {
      default: "standard",
      choices: ["standard", "fixed-prediction", "z-il", "incremental"],
      about: "form",
    },
    steps: {
      default: 20,
      min: 1,
      max: 1000,
      about: "number of inference steps",
    },
    feedback: feedbackOption,
  },
  incremental: ({ form }) => form === "incremental",
  fields: { descent: perSynapse(likeWeight) },
  schedule(step, { descent }, { form, steps, feedback }) {
    const { populations, projections } = step.net;
    const last = projections.length; // the output's layer
    const hidden = last - 1;
    const turns = form === "z-il" ? hidden : steps;
    if (turns < hidden)
      throw new Error(
        `predictive-coding needs an inference step for each of its ${hidden} hidden layers, so that the error reaches the first, but steps is ${steps}; raise it.`,
      );
    const down = descentOf(step, descent, feedback);
    const network = inference(step, turns, down.through);
    const learn = (layer: number) => {
      const projection = projections[layer - 1]!;
      down.learn(projection, projection.pre.activity, projection.post.error);
    };
    const layersFrom = (layer: number) => populations.slice(layer).map((population) => population.layer);

    network.feedForward();
    /** One step of every hidden layer that hears an error; `fresh` is the one that hears it for the first time. */
    const infer = (turn: number, fresh?: number) => {
      const first = fresh ?? 1;
      step.inPhase("inference");
      network.descend(first, fresh, turn);
      if (form === "incremental" && turn > 0)
        for (const layer of layersFrom(fresh === undefined ? 1 : fresh + 1)) learn(layer);
      if (form === "z-il") learn(last - turn);
      network.settle(first, fresh);
      if (form !== "fixed-prediction") network.predict(first, form === "incremental" && fresh === undefined);
      network.err(first, turn + 1);
    };
    for (let turn = 0; turn < hidden; turn++) infer(turn, hidden - turn);
    if (hidden > 0) step.repeat(turns - hidden, "t", () => infer(hidden));
    step.inPhase("learning");
    for (const layer of form === "z-il" ? [1] : layersFrom(1)) learn(layer);
  },
});

/** The parts of inference on a step's network. Layers are counted from 1, the first hidden one, to the output. */
function inference(step: Builder, turns: number, through: (projection: Projection) => Projection["weight"]) {
  const { populations, projections, score } = step.net;
  const output = populations.at(-1)!;
  const last = projections.length;
  const hidden = populations.slice(1, -1);
  const from = (layer: number) => hidden.slice(layer - 1);
  const value = (population: Population) => step.neurons(population, "value");
  const prediction = (population: Population) => step.neurons(population, "prediction");
  const descending = (population: Population) => step.neurons(population, "descending");
  const around = (population: Population) => ({
    value: value(population),
    prediction: prediction(population),
    descending: descending(population),
  });
  const surprise = step.neurons(output, "surprise", { columns: 2 });
  const energy = settlingMetric(step, "energy", turns + 1);
  const distance = settlingMetric(step, "distance", Math.max(1, turns));
  const total = hidden.reduce((sum, { size }) => sum + size, 0);

  /** μ = W f(x below) + b, or at the output what the label is compared with. */
  const projectTo = (layer: number) => {
    const projection = projections[layer - 1]!;
    if (layer === last) step.project(projection);
    else step.project(projection, { to: prediction(projection.post), activation: "identity" });
  };
  const over = (to: Population["error"], what = to) =>
    step.local("neuron/precision", to, { error: what }, { layer: last });
  const say = (population: Population, drive: Population["activity"]) =>
    step.local(
      "neuron/activate",
      population.activity,
      { drive },
      { layer: population.layer, slots: { ACTIVATION: `lib/activation/${population.activation}` } },
    );
  const measureOutput = (row: number) =>
    measure(step, "neuron/surprise", energy, { score: surprise }, { row, layer: last });

  return {
    /** Values as the input alone would have them; no error yet but the output's. */
    feedForward(): void {
      step.inPhase("forward");
      for (const population of hidden) {
        projectTo(population.layer);
        say(population, prediction(population));
      }
      projectTo(last);
      over(step.inPhase("compare").readout());
      over(surprise, score);
      measureOutput(0);
    },
    /** What the errors above ask of each value; a layer that hears them for the first time still is as predicted. */
    descend(first: number, fresh: number | undefined, row: number): void {
      for (const population of from(first)) {
        const { layer } = population;
        const above = projections[layer]!;
        step.transport(through(above), above.post.error, population, { into: descending(population) });
      }
      for (const population of from(first)) {
        const cell = { row, layer: population.layer, scale: 1 / total };
        if (population.layer === fresh)
          measure(step, "neuron/magnitude", distance, { value: descending(population) }, cell);
        else measure(step, "neuron/inference-force", distance, around(population), cell);
      }
    },
    settle(first: number, fresh: number | undefined): void {
      for (const population of from(first))
        step.local(
          "neuron/infer",
          value(population),
          {
            ...around(population),
            ...(population.layer === fresh && { value: prediction(population) }),
          },
          population,
        );
    },
    /** @param firstToo whether the first hidden layer is predicted anew: its input is clamped, so only where its weights moved */
    predict(first: number, firstToo: boolean): void {
      for (const population of from(first)) say(population, value(population));
      if (firstToo) projectTo(1);
      for (const { layer } of from(first)) projectTo(layer + 1);
      step.readout(output, surprise);
      over(output.error);
      over(surprise);
    },
    err(first: number, row: number): void {
      for (const population of from(first)) {
        const { layer, error } = population;
        const fields = { prediction: prediction(population), value: value(population) };
        step.local("neuron/prediction-error", error, fields, { layer });
        measure(step, "neuron/half-square", energy, { error }, { row, layer });
      }
      measureOutput(row);
    },
  };
}
