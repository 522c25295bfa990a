/** Law: with one hidden layer it is feedback alignment, bit for bit. */
import { it } from "vitest";
import { expectSameBits } from "../support/close";
import { inputs, labels, smallTrainer } from "../support/model";

it("is feedback alignment with one hidden layer", async () => {
  const options = { layers: [7, 9, 3] };
  const direct = await smallTrainer("direct-feedback-alignment", "momentum", undefined, options);
  const layered = await smallTrainer("feedback-alignment", "momentum", undefined, options);
  for (let step = 0; step < 5; step++) {
    for (const trainer of [direct, layered]) await trainer.step(inputs, labels);
    for (const name of ["input-hidden/weight", "hidden-output/weight", "hidden-output/feedback"])
      expectSameBits(await direct.read(name), await layered.read(name), `${name}, step ${step}`);
  }
});
