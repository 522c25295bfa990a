/** Engram as any program would use it: a Trainer, many steps to one submit, one read of their losses. */
import { openDevice, Trainer } from "../../src/index";
import type { Contestant } from "./contestant";
import { batch, rate } from "./problem";

/** A submit that keeps a software adapter busy for longer may be taken for a hang. */
const stepsPerSubmit = 64;

export const engram: Contestant = {
  name: "Engram",
  driven: `Trainer.advance, up to ${stepsPerSubmit} steps to a submit, every step's loss and accuracy kept`,
  async open({ layers }, { weights, inputs, labels }) {
    const device = await openDevice(navigator.gpu);
    const options = { rule: "backprop", optimizer: "sgd", values: { rate }, layers: [...layers], batch };
    const trainer = await Trainer.create(device, options);
    trainer.net.projections.forEach(({ weight, post }, layer) => {
      const withBias = new Float32Array(weights[layer]!.length + post.size); // the last row is the bias
      withBias.set(weights[layer]!);
      trainer.write(weight.name, withBias);
    });
    trainer.write(trainer.net.populations[0]!.activity.name, inputs);
    trainer.write(trainer.net.target.name, labels);
    return {
      async train(steps) {
        let loss = Number.NaN;
        for (let left = steps; left > 0; left -= stepsPerSubmit)
          loss = (await trainer.advance(Math.min(left, stepsPerSubmit))).at(-1)!.loss;
        return loss;
      },
      close() {
        trainer.destroy();
        device.destroy();
      },
    };
  },
};
