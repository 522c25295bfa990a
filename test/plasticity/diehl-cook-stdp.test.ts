/** Diehl & Cook's rule on spikes that are counted by hand: traces set to 1, and the post neuron's own before its spike. */
import { describe, expect, it } from "vitest";
import { diehlCookStdp } from "../../src/plasticity/diehl-cook-stdp";
import { expectClose } from "../support/close";
import { runPairing } from "./pairing";

const dt = 0.5;
/** What is left of a trace of 1 after so many steps, at a time constant in ms. */
const left = (steps: number, tau: number) => Math.exp((-steps * dt) / tau);

describe("diehl-cook-stdp", () => {
  it("depresses by post₁ at an arrival and potentiates by pre · post₂ at the second post spike, within bounds", async () => {
    const cases = [
      { pre: [10], post: [20] }, // a first post spike finds no post₂
      { pre: [20], post: [10] },
      { pre: [20], post: [10, 30] },
      { pre: [12, 20], post: [10, 30, 34] },
      { pre: [20], post: [10, 30], delay: 6 },
      { pre: [30], post: [10, 30] }, // the arrival comes first
      { pre: [20], post: [10, 30], weight: 0.9999 },
      { pre: [20], post: [10], weight: 1e-5 },
    ];
    const expected = [
      0,
      -1e-4 * left(10, 20),
      -1e-4 * left(10, 20) + 0.01 * left(10, 20) * left(20, 40),
      -1e-4 * (left(2, 20) + left(10, 20)) +
        0.01 * (left(10, 20) * left(20, 40) + left(14, 20) * left(4, 40)),
      -1e-4 * left(16, 20) + 0.01 * left(4, 20) * left(20, 40),
      -1e-4 * left(20, 20) + 0.01 * left(20, 40),
    ].map((change) => 0.5 + change);
    const groups = [{ plasticity: { model: diehlCookStdp, min: 0, max: 1 }, cases }];
    const [found] = await runPairing({ groups, dt, steps: 60 });
    expectClose(found!.weight!, [...expected, 1, 0], "weights", { relative: 3e-7 });
    expect(found!.weight![0]).toBe(0.5);
  });
});
