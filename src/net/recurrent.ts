/** Recurrent backprop: the gradient of a loss at the equilibrium of a network whose layers also hear the one above. */
import type { Field } from "../gpu/field";
import type { Builder } from "./builder";
import { pairField, sides } from "./pair";
import type { Population } from "./population";
import type { Projection } from "./projection";

/**
 * At the equilibrium u = f(W u below + b + B u above) of neurons with the hard sigmoid f, what each neuron's drive does to the
 * loss settles by itself,
 *
 *   λ ← λ + ε (f′ (Wᵀ λ above + B λ below) − λ),   at the output f′ ∂C/∂u for what is above,
 *
 * and each synapse's gradient is λ ⊗ u below (Almeida 1987; Pineda 1987), or where it carries activity both ways, B = Wᵀ, that and
 * u ⊗ λ below. Signals go against activity: down through the
 * weights and up through the way down. It starts from backprop's own answer, and writes λ into the populations' errors.
 * @param through the synapses through which activity came down
 * @param steps how often λ settles: as often as it takes u to come to rest
 */
export function recurrentGradient(
  step: Builder,
  through: (projection: Projection) => Field,
  steps: number,
): void {
  const { populations, projections } = step.net;
  const output = populations.at(-1)!;
  const above = (population: Population) => step.neurons(population, "loss above");
  const below = (population: Population) => step.neurons(population, "loss below");
  // f′ ∂C/∂u stands for what is above the output, whose λ it is at first.
  step.local("neuron/copy", above(output), { value: output.error }, output);
  for (const { pre, post, weight } of projections.slice(1).reverse())
    step.transport(weight, post.error, pre, { activation: "hard-sigmoid" });
  step.repeat(steps, "t", () => {
    for (const projection of projections.slice(1)) {
      const { pre, post, weight } = projection;
      step.transport(weight, post.error, pre, { into: above(pre), activation: "identity" });
      const up = { ...projection, weight: through(projection) };
      step.project(up, { from: pre.error, to: below(post), activation: "identity", bias: false });
    }
    for (const population of populations.slice(1)) {
      const { activity, error, layer } = population;
      const heard = { value: error, activity, above: above(population) };
      if (layer === 1) step.local("neuron/loss-flow-first", error, heard, population);
      else step.local("neuron/loss-flow", error, { ...heard, below: below(population) }, population);
    }
  });
  for (const projection of projections) {
    const { pre, post, weight, layer } = projection;
    if (layer === 1 || through(projection).name !== weight.name) {
      step.correlate(pre.activity, post.error, weight, layer);
      continue;
    }
    const from = pairField(step, pre, "loss sides as pre");
    const to = pairField(step, post, "loss sides as post");
    sides(step, pre.activity, pre.error, from, layer);
    sides(step, post.error, post.activity, to, layer);
    step.correlate(from, to, weight, layer);
  }
}
