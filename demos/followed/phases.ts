/** The phases in which a sample is told: it enters, activity travels up, is compared, the error travels down, weights change. */
import { percent } from "../../src/view/format";
import { type LearnedStep, layers, rate } from "./learner";
import { brief } from "./marks";
import { classes } from "./signs";

export type Phase =
  | { readonly kind: "enter" | "compare" | "change" }
  /** Activity reaches this layer, or the error does. */
  | { readonly kind: "up" | "down"; readonly layer: number };

export type Kind = Phase["kind"];

const top = layers.length - 1;
const above = Array.from({ length: top }, (_, index) => index + 1);

export const phases: readonly Phase[] = [
  { kind: "enter" },
  ...above.map((layer): Phase => ({ kind: "up", layer })),
  { kind: "compare" },
  ...above
    .slice(0, -1)
    .reverse()
    .map((layer): Phase => ({ kind: "down", layer })),
  { kind: "change" },
];

/** Index of the phase in which a layer gets its activity or its error. */
export function reaches(what: "activity" | "error", layer: number): number {
  const kind = what === "activity" ? (layer === 0 ? "enter" : "up") : layer === top ? "compare" : "down";
  return phases.findIndex((one) => one.kind === kind && (!("layer" in one) || one.layer === layer));
}

/** How long each lasts at the first telling, in ms: the way down is the story. */
export const usualMs: Readonly<Record<Kind, number>> = {
  enter: 1200,
  up: 1100,
  compare: 2200,
  down: 2600,
  change: 2400,
};

/** What happens in a phase, with this step's numbers. */
export function sentence({ kind }: Phase, { activity, error, label }: LearnedStep): string {
  const output = activity[top]!;
  const said = output[0]! >= output[1]! ? 0 : 1;
  switch (kind) {
    case "enter":
      return `A point enters: ${[...activity[0]!].map(brief).join(" and ")}, whose signs ${label === 0 ? "are the same" : "differ"}.`;
    case "up":
      return "Activity goes up. Each neuron adds up what arrives, times the weights on the way, and says tanh of the sum; the outputs share out 100\u202f%.";
    case "compare":
      return `It says “${classes[said]!}” with ${percent(output[said]!)}; the label is “${classes[label]!}”. What it said less what it should have said is the outputs’ error δ: ${[...error[top]!].map(brief).join(" and ")}.`;
    case "down":
      return "The error comes down the very same synapses, times the very same weights. Those that the followed synapse’s own error came through are written beside them.";
    case "change":
      return `Every weight changes by −η times the activity below it times the error above it, with η = ${rate}.`;
  }
}
