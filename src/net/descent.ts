/** Descent: what comes down from a layer goes through the forward weights turned round, or through synapses of its own that learn. */
import type { Field } from "../gpu/field";
import type { Projection } from "./projection";
import type { Choice } from "./rule";
import type { Learning, SynapseOperators } from "./synapses";

/** The option of a rule that comes in both forms. */
export const feedbackOption = {
  default: "transpose",
  choices: ["transpose", "learned"],
  about: "way down: the forward weights turned round, or synapses of its own that learn as they do",
} as const satisfies Choice;

/** How signals come down, and how the synapses on that way learn. */
export interface Descent {
  /** The synapses down from a projection's post to its pre population, in the layout of its weight. */
  through(projection: Projection): Field;
  /**
   * A projection's synapses learn from `pre` and `error`, and where the way down has synapses of its own, they make the
   * very same change from the same two neurons (Kolen & Pollack 1994). Nothing comes down to the input.
   */
  learn(projection: Projection, pre: Field, error: Field, learning?: Learning): void;
}

/** @param synapses those that a learned way down has, by projection */
export function descent(
  step: SynapseOperators,
  synapses: (projection: Projection) => Field,
  feedback: (typeof feedbackOption.choices)[number],
): Descent {
  const learned = feedback === "learned";
  return {
    through: (projection) => (learned ? synapses(projection) : projection.weight),
    learn(projection, pre, error, learning) {
      const { weight, layer } = projection;
      step.correlate(pre, error, weight, layer, learning);
      if (learned && layer > 1) step.correlate(pre, error, synapses(projection), layer, learning);
    },
  };
}
