/** Law: at every step the feedback is the forward weight's sign, all of one size: half the bound of a fresh weight. */
import { it } from "vitest";
import { expectSameBits } from "../support/close";
import { inputs, labels, oneStepIsTheReferences, small, smallTrainer } from "../support/model";

/** Half of √(6 / fan-in) before ReLU and the output; before tanh, half of √(6 / (fan-in + fan-out)). */
const [, first, second, third] = small.layers;
const relu = [0, Math.sqrt(6 / first) / 2, Math.sqrt(6 / second) / 2];
const tanh = [0, Math.sqrt(6 / (first + second)) / 2, Math.sqrt(6 / second) / 2];

oneStepIsTheReferences("sign-symmetry", { activation: "tanh" }, tanh);

it("feedback is magnitude · sign(W), W being what the step began with", async () => {
  const trainer = await smallTrainer("sign-symmetry", "momentum");
  for (let step = 0; step < 3; step++) {
    const before = await Promise.all([1, 2].map((l) => trainer.read(trainer.net.projections[l]!.weight.name)));
    await trainer.step(inputs, labels);
    for (const l of [1, 2]) {
      const expected = Float32Array.from(before[l - 1]!, (w) => Math.fround(relu[l]!) * Math.sign(w));
      expectSameBits(await trainer.read(`${trainer.net.projections[l]!.name}/feedback`), expected, `layer ${l + 1} of ${third}`);
    }
  }
});
