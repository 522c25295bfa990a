/** Oracle: a trainer's own step on the same sample, the equations of the rules, and the audit. */
import { describe, expect, it, vi } from "vitest";
import { auditRule } from "../../src/experiment/audit";
import { checkPlace, Inspector, inspectSynapse, learnedBy } from "../../src/experiment/inspect";
import { rules } from "../../src/experiment/rules";
import { Trainer } from "../../src/experiment/trainer";
import { brief, layersFor } from "../support/brief";
import { testDevice } from "../support/device";
import { choices, uniform } from "../support/random";

/** Where two cores serve many: the tests take seconds on a machine of their own. */
vi.setConfig({ testTimeout: 240_000 });

const layers = [7, 9, 6, 3];
const sample = { input: uniform(7, 21).map(Math.abs), label: 2 };
const place = { layer: 2, pre: 4, post: 3 };

describe("backprop with plain descent", () => {
  const options = {
    rule: "backprop",
    layers,
    optimizer: "sgd",
    activation: "tanh",
    values: { rate: 0.03 },
    seed: 3,
  } as const;

  it("hears its own activity and a delivered error, and makes of them what the gradient asks", async () => {
    const seen = await inspectSynapse(await testDevice(), options, place, sample);
    const [update] = seen.updates;
    expect(seen.updates).toHaveLength(1);
    expect(update!.heard).toMatchObject([
      { field: "hidden1/activity", at: "pre", origin: "own", values: [expect.any(Number)] },
      { field: "hidden2/error", at: "post", origin: "delivered", values: [expect.any(Number)] },
    ]);
    const [pre, error] = update!.heard.map(({ values }) => values[0]!);
    expect(update!.direction).toBeCloseTo(pre! * error!, 7);
    expect(seen.change).toBeCloseTo(-0.03 * pre! * error!, 7);
    expect(seen.backprop).toMatchObject({ gradient: update!.direction, agrees: "yes" });
    expect(seen.backprop.asks).toBe(seen.alone);
    expect(update!.memory).toBeNull();
  });

  it("hears 1 at a bias", async () => {
    const seen = await inspectSynapse(await testDevice(), options, { layer: 3, pre: 6, post: 1 }, sample);
    expect(seen).toMatchObject({
      bias: true,
      updates: [{ heard: [{ values: [1] }, { field: "output/error" }] }],
    });
  });
});

it("changes a learned network's synapse by the very bits that a trainer's step does, memory and clock included", async () => {
  const device = await testDevice();
  const options = {
    rule: "weight-mirror",
    layers,
    optimizer: "adam",
    values: { anneal: 50 },
    batch: 1,
    seed: 5,
  } as const;
  const trainer = await Trainer.create(device, options);
  const labels = choices(4, 8, 3);
  for (let step = 0; step < 4; step++) await trainer.step(uniform(7, step), [labels[step]!]);
  const seen = await inspectSynapse(device, options, place, sample, await learnedBy(trainer, 1));
  await trainer.step(sample.input, [sample.label]);
  const at = place.pre * 6 + place.post;
  const after = await trainer.read("hidden1-hidden2/weight");
  const memory = await trainer.read("hidden1-hidden2/weight.state");
  expect(seen.steps).toBe(4);
  expect(seen.updates[0]!.after).toBe(after[at]);
  expect(seen.updates[0]!.memory!.after).toEqual([memory[at], memory[10 * 6 + at]]);
  expect(seen.updates[0]!.memory!.before[0]).not.toBe(0);
  trainer.destroy();
});

it.each(rules.map(({ name }) => name))(
  "%s: tells every update, with each value and origin of the audit",
  async (name) => {
    const rule = rules.find((one) => one.name === name)!;
    const described = {
      layers: layersFor(rule, [7, 6, 3]),
      batch: 1,
      optimizer: "sgd",
      options: brief(rule),
    } as const;
    const seen = await inspectSynapse(
      await testDevice(),
      { ...described, rule: name, seed: 3, values: { decay: 0 } },
      { layer: 1, pre: 4, post: 1 },
      sample,
    );
    const { updates } = auditRule(name, described);
    const audits = updates.filter(({ weight }) => weight === seen.weight);
    expect(seen.updates).toHaveLength(audits.length);
    seen.updates.forEach((update, index) => {
      const told = audits[index]!.heard.map(({ field, index: at, origin }) => ({ field, index: at, origin }));
      expect(update.heard.map(({ field, index: at, origin }) => ({ field, index: at, origin }))).toEqual(
        told,
      );
      for (const { values } of update.heard)
        expect(values.length > 0 && values.every(Number.isFinite)).toBe(true);
      expect(update.change).toBe(update.after - update.before);
      // Without decay, plain descent moves a weight against its direction, at the rate that the rule gives this layer.
      if (update.direction !== null) {
        const step = -update.rate * update.direction;
        expect(Math.abs(update.change - step)).toBeLessThanOrEqual(
          1e-6 * (1 + Math.abs(update.before) + Math.abs(update.after)),
        );
      }
    });
  },
);

it("leaves a network that learns on as it was, and looks again to the same effect as for the first time", async () => {
  const device = await testDevice();
  const options = { rule: "feedback-alignment", layers, optimizer: "momentum", batch: 2, seed: 4 } as const;
  const inspector = await Inspector.create(device, options);
  const learn = async (look: (trainer: Trainer) => Promise<void>) => {
    const trainer = await Trainer.create(device, options);
    for (let step = 0; step < 3; step++) {
      await trainer.step(uniform(14, step), choices(2, 3, step));
      await look(trainer);
    }
    const fields = await Promise.all(trainer.learned.map(({ name }) => trainer.read(name)));
    trainer.destroy();
    return fields;
  };
  const watched = await learn(async (trainer) => {
    const learned = await learnedBy(trainer, 1);
    await inspector.look({ layer: 1, pre: 0, post: 0 }, sample, learned);
    const again = await inspector.look(place, sample, learned);
    expect(again).toEqual(await inspectSynapse(device, options, place, sample, learned));
  });
  inspector.destroy();
  expect(watched).toEqual(await learn(async () => {}));
});

it("reads at the neuron of a population that has one only", async () => {
  const options = { rule: "backprop", layers: [7, 4, 1], output: "sigmoid", optimizer: "sgd" } as const;
  const { updates } = await inspectSynapse(
    await testDevice(),
    options,
    { layer: 2, pre: 1, post: 0 },
    { ...sample, label: 1 },
  );
  expect(updates[0]!.heard.map(({ at }) => at)).toEqual(["pre", "post"]);
});

it("refuses a synapse that is not there with its range", () => {
  const wrong = (changes: object) => () => checkPlace(layers, { ...place, ...changes });
  expect(wrong({ layer: 0 })).toThrow("The layer must be a whole number from 1 to 3, but got 0.");
  expect(wrong({ layer: 4 })).toThrow("from 1 to 3, but got 4.");
  expect(wrong({ pre: 10 })).toThrow(
    "The pre neuron of layer 2 must be a whole number from 0 to 8, or 9 for the bias, but got 10.",
  );
  expect(wrong({ post: 6 })).toThrow(
    "The post neuron of layer 2 must be a whole number from 0 to 5, but got 6.",
  );
  expect(wrong({ post: 1.5 })).toThrow("but got 1.5.");
  expect(wrong({ pre: 9, post: 5 })).not.toThrow();
});
