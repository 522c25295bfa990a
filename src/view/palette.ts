/**
 * A colour means a family of rules everywhere; within a family lines differ by dash. The colours themselves are CSS
 * custom properties (style/base.css), so that light, dark and print each have their own.
 */

interface Family {
  readonly colour: string;
  /** In the order in which they take the dashes. */
  readonly rules: readonly string[];
}

const families: readonly Family[] = [
  // The delta rule is backprop on a single layer, and the perceptron its ancestor with a threshold.
  { colour: "--ink", rules: ["backprop", "delta-rule", "perceptron"] },
  {
    colour: "--family-feedback",
    rules: [
      "feedback-alignment",
      "direct-feedback-alignment",
      "kolen-pollack",
      "weight-mirror",
      "sign-symmetry",
    ],
  },
  { colour: "--family-predictive", rules: ["predictive-coding"] },
  { colour: "--family-equilibrium", rules: ["equilibrium-propagation"] },
  { colour: "--family-forward", rules: ["forward-forward"] },
  {
    colour: "--family-hebbian",
    rules: ["hebb", "oja", "sanger", "bcm", "krotov-hopfield", "soft-hebb"],
  },
  { colour: "--family-reward", rules: ["reward-modulated", "attention-gated"] },
  { colour: "--family-local", rules: ["local-error"] },
  // What somebody writes in the workbench.
  { colour: "--accent", rules: ["yours"] },
];

const dashes: readonly (readonly number[])[] = [
  [],
  [9, 4],
  [2, 3],
  [14, 4, 2, 4],
  [5, 5],
  [14, 4, 2, 4, 2, 4],
];

export interface Look {
  /** A CSS custom property's name. */
  readonly colour: string;
  /** Lengths of line and gap in CSS pixels; empty for a solid line. */
  readonly dash: readonly number[];
}

/** How a rule is drawn, wherever it is drawn. */
export function lookOf(rule: string): Look {
  const family = families.find(({ rules }) => rules.includes(rule));
  const index = family?.rules.indexOf(rule) ?? 0;
  return { colour: family?.colour ?? "--muted", dash: dashes[index % dashes.length]! };
}

/** How lines are drawn of which several may be of one rule: each has its family's colour, and no two the same dash. */
export function looksOf(rules: readonly string[]): Look[] {
  const taken = new Set<string>();
  return rules.map((rule) => {
    const own = lookOf(rule);
    const choices = [own, ...dashes.map((dash) => ({ ...own, dash }))];
    const free = choices.find(({ colour, dash }) => !taken.has(`${colour} ${dash}`)) ?? own;
    taken.add(`${free.colour} ${free.dash}`);
    return free;
  });
}

/** The present value of a CSS custom property. */
export function colour(property: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(property).trim();
}

/** Calls back when the page turns light or dark, or goes to print. */
export function onColoursChange(redraw: () => void): void {
  for (const query of ["(prefers-color-scheme: dark)", "print"])
    matchMedia(query).addEventListener("change", redraw);
}
