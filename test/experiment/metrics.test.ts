/** A rule's own metrics are for people to read: without them fewer kernels run, and the same is learned, to the last bit. */
import { expect, test } from "vitest";
import { Trainer } from "../../src/experiment/trainer";
import { unroll } from "../../src/gpu/schedule";
import { testDevice } from "../support/device";
import { choices, uniform } from "../support/random";

test.each(["predictive-coding", "equilibrium-propagation", "hebb"])("%s learns the same", async (rule) => {
  const device = await testDevice();
  const [layers, batch] = [[12, 9, 4], 6];
  const [inputs, labels] = [uniform(batch * 12, 5), choices(batch, 6, 4)];
  const learn = async (metrics: boolean) => {
    const trainer = await Trainer.create(device, { rule, layers, batch, optimizer: "sgd", metrics });
    for (let step = 0; step < 3; step++) await trainer.step(inputs, labels);
    const weights = await Promise.all(
      ["input-hidden/weight", "hidden-output/weight"].map((name) => trainer.read(name)),
    );
    const records = [...unroll(trainer.schedule)].map(({ record }) => record);
    trainer.destroy();
    return { weights, records };
  };
  const [watched, unwatched] = [await learn(true), await learn(false)];
  expect(unwatched.weights).toEqual(watched.weights);
  expect(unwatched.records.length).toBeLessThan(watched.records.length);
  const metrics = unwatched.records.flatMap(({ writes }) =>
    writes.filter(({ field }) => field.role === "metric"),
  );
  expect(metrics.map(({ field }) => field.name)).toEqual(["metrics/train"]); // the scores, which training itself reports
});
