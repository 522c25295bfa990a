/** The same build, device and seed give the same bits; another seed gives others. */
import { expect, it } from "vitest";
import { uploadDataset } from "../../src/experiment/data";
import { Trainer } from "../../src/experiment/trainer";
import { findTask } from "../../src/task/task";
import { expectSameBits } from "../support/close";
import { testDevice } from "../support/device";

it.each(["backprop", "weight-mirror"])(
  "%s: twice the same bits, however the steps are parted",
  async (rule) => {
    const device = await testDevice();
    const data = await uploadDataset(device, await findTask("spirals").load({ train: 100, test: 10 }));
    const learn = async (seed: number, parts: number[]) => {
      const trainer = await Trainer.create(device, { rule, layers: [2, 9, 6, 2], batch: 7, seed }, data);
      const losses: number[] = [];
      for (const part of parts) losses.push(...(await trainer.advance(part)).map(({ loss }) => loss));
      const learned = await Promise.all(trainer.learned.map(({ name }) => trainer.read(name)));
      return { names: trainer.learned.map(({ name }) => name), learned, losses };
    };
    const [one, two, other] = [await learn(1, [40]), await learn(1, [1, 13, 26]), await learn(2, [40])];
    one.names.forEach((name, i) => {
      expectSameBits(two.learned[i]!, one.learned[i]!, name);
    });
    expect(two.losses).toEqual(one.losses);
    expect(other.losses).not.toEqual(one.losses);
  },
);
