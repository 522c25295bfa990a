/** Law: at every step the feedback is the forward weight's sign, all of one size: half the bound of a fresh weight. */
import { it } from "vitest";
import { expectSameBits } from "../support/close";
import { inputs, labels, small, smallTrainer } from "../support/model";

/** √(6 / fan-in) / 2 of the projections into the second hidden layer and the output. */
const magnitude = [0, Math.sqrt(6 / small.layers[1]) / 2, Math.sqrt(6 / small.layers[2]) / 2];

it("feedback is magnitude · sign(W), W being what the step began with", async () => {
  const trainer = await smallTrainer("sign-symmetry", "momentum");
  for (let step = 0; step < 3; step++) {
    const before = await Promise.all(
      [1, 2].map((l) => trainer.read(trainer.net.projections[l]!.weight.name)),
    );
    await trainer.step(inputs, labels);
    for (const l of [1, 2]) {
      const expected = Float32Array.from(before[l - 1]!, (w) => Math.fround(magnitude[l]!) * Math.sign(w));
      expectSameBits(
        await trainer.read(`${trainer.net.projections[l]!.name}/feedback`),
        expected,
        `layer ${l + 1}`,
      );
    }
  }
});
