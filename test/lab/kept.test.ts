/** What the lab keeps of a run comes back the same, and nothing broken or of another run is taken for it. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { identityOf, packed, unpacked } from "../../demos/lab/kept";
import { freshSpec } from "../../demos/lab/spec";
import type { Checkpoint } from "../../src/experiment/checkpoint";
import type { Dataset } from "../../src/task/task";

const split = (fill: number) => ({
  data: new Uint8Array(40).fill(fill),
  labels: Uint8Array.from([0, 1, 0, 1, 0, 1, 0, 1, 0, 1]),
  count: 10,
});
const dataset: Dataset = {
  ...{ name: "toy", title: "Toy", synthetic: true, shape: [4], inputs: 4, classes: 2 },
  train: split(7),
  test: split(8),
};
const spec = freshSpec("backprop", true);
const identity = identityOf(spec, dataset, 1);
const checkpoint: Checkpoint = {
  settings: {
    task: "toy",
    train: 10,
    test: 10,
    layers: [4, 2],
    activation: "tanh",
    output: "softmax",
    batch: 10,
    optimizer: "sgd",
    seed: 1,
  },
  snapshots: [
    {
      name: "backprop",
      values: { rate: 0.1 },
      options: {},
      steps: 12,
      partial: { steps: 2, loss: 1.5, accuracy: 0.5 },
      tensors: new Map([
        ["input-output/weight", { shape: [5, 2], data: Float32Array.from({ length: 10 }, (_, i) => i / 3) }],
      ]),
    },
  ],
};
const curve = {
  width: 512,
  buckets: [
    [3, 1.5, 0.25],
    [4, 1, 1, 0.5, 0.75],
  ],
};

const whole = async () =>
  new Uint8Array(await new Blob(packed({ identity, curve, checkpoint })).arrayBuffer());

it("comes back the same", async () => {
  expect(unpacked(await whole(), identity)).toEqual({ identity, curve, checkpoint });
});

it("is a run’s own: not another seed’s, network’s, rule’s or data set’s; but numbers that may change don’t part it", async () => {
  const others = [
    identityOf(spec, dataset, 2),
    identityOf({ ...spec, hidden: [3] }, dataset, 1),
    identityOf({ ...spec, rule: "oja" }, dataset, 1),
    identityOf({ ...spec, options: { form: "other" } }, dataset, 1),
    identityOf(spec, { ...dataset, train: split(9) }, 1),
  ];
  expect(new Set([identity, ...others]).size).toBe(6);
  const kept = await whole();
  for (const other of others) expect(() => unpacked(kept, other)).toThrow("it is of another run");
  expect(identityOf({ ...spec, values: { rate: 3 }, shown: false, seeds: 4 }, dataset, 1)).toBe(identity);
});

it("never fails otherwise than in a sentence, however it is cut or changed", async () => {
  const file = await whole();
  fc.assert(
    fc.property(
      fc.nat({ max: file.length - 1 }),
      fc.integer({ min: 0, max: 255 }),
      fc.boolean(),
      (at, byte, cut) => {
        const spoilt = cut ? file.slice(0, at) : file.with(at, byte);
        try {
          unpacked(spoilt, identity);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
          expect((error as Error).message).toMatch(
            /^(What this browser kept|what this browser kept) .*[.]$/s,
          );
        }
      },
    ),
    { numRuns: 500 },
  );
});
