/** Oracle: each rule's step, written out in float64 in test/reference/step.ts. */
import { describe, it } from "vitest";
import { optimiserNames } from "../../src/net/optimiser";
import { ruleNames } from "../reference/step";
import { expectTheReferencesStep, small } from "../support/model";

const [, first, second] = small.layers;
/** Sign-symmetry's feedback: half of √(6 / (fan-in + fan-out)) before tanh, half of √(6 / fan-in) before the output. */
const magnitude = [0, Math.sqrt(6 / (first + second)) / 2, Math.sqrt(6 / second) / 2];

describe.each(ruleNames)("one step of %s is the float64 step", (rule) => {
  it.each(optimiserNames)("with %s", (optimiser) =>
    expectTheReferencesStep(rule, optimiser, { activation: "tanh" }, magnitude),
  );
});

it("and so it is with squared error and sigmoids", () =>
  expectTheReferencesStep("backprop", "momentum", { activation: "sigmoid", output: "sigmoid" }, magnitude));
