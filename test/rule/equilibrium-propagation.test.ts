/**
 * Laws of equilibrium propagation: its estimate comes to the gradient of the loss as β falls, as β one-sided and as β²
 * symmetric; K faintly nudged steps are K steps of backprop through time. Oracle: test/reference/equilibrium-propagation.ts.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { findRule, resolveOptions, resolveValues } from "../../src/experiment/rules";
import { trainingStep } from "../../src/experiment/schedules";
import { Trainer } from "../../src/experiment/trainer";
import { network } from "../../src/net/network";
import type { Values } from "../../src/net/optimiser";
import type { Chosen } from "../../src/net/rule";
import {
  byDifferences,
  contrast,
  distance,
  energy,
  feedForward,
  type Hopfield,
  lossAt,
  type Nudging,
  nudges,
  oneHot,
  type States,
  settle,
  throughTime,
} from "../reference/equilibrium-propagation";
import { expectClose, expectSameBits } from "../support/close";
import { testDevice } from "../support/device";
import { choices, uniform } from "../support/random";

const layers = [7, 9, 6, 3];
const batch = 5;
const inputs = uniform(batch * layers[0]!, 11).map(Math.abs);
const labels = choices(batch, 12, layers.at(-1)!);
const target = oneHot(labels, layers.at(-1)!);
const none = new Float64Array(batch);
const pace = 0.5;

/** Weights and biases with which most neurons stay between 0 and 1. */
const drawn = () =>
  layers.slice(1).map((post, l) => {
    const size = layers[l]! * post;
    const w = uniform(size + post, 70 + l, 0.25);
    return Float64Array.from(w, (value, at) => (at < size ? value : 0.4 + value / 2));
  });
const net: Hopfield = { layers, batch, weights: drawn() };
/** A way down of its own, unlike the weights. */
const descents = drawn().map((w, l) => {
  const other = uniform(w.length, 90 + l, 0.2);
  return w.map((value, at) => 0.5 * value + other[at]!);
});
const vectorField: Hopfield = { ...net, descents };
const equilibrium = () => settle(net, inputs, feedForward(net, inputs), target, none, pace, 3000);

const norm = (a: ArrayLike<number>) => Math.hypot(...Array.from(a));
const off = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  norm(Array.from(a, (value, i) => value - b[i]!)) / norm(b);

describe("in float64", () => {
  let rest: States;
  let gradient: Float64Array[];
  beforeAll(() => {
    rest = equilibrium();
    gradient = byDifferences(net.weights, () =>
      lossAt(net, settle(net, inputs, rest, target, none, pace, 400), target),
    );
  });

  it.each([
    ["positive", 1],
    ["symmetric", 2],
  ] as const)(
    "with %s nudging the error against the gradient of the loss falls as β^%i",
    (nudging, power) => {
      const errors = [0.02, 0.01, 0.005].map((beta) =>
        contrast(net, inputs, rest, target, nudges(nudging, beta, batch), pace, 400).map((found, l) =>
          off(found, gradient[l]!),
        ),
      );
      gradient.forEach((_, l) => {
        const slope = Math.log2(errors[0]![l]! / errors[2]![l]!) / 2;
        expect(Math.abs(slope - power), `layer ${l + 1}: ${slope}`).toBeLessThan(0.1);
      });
      expect(Math.max(...errors[2]!)).toBeLessThan(0.02);
    },
  );

  it.each([1, 2, 3, 5, 12])("%i faintly nudged steps are as many steps of backprop through time", (steps) => {
    const found = contrast(net, inputs, rest, target, nudges("symmetric", 1e-4, batch), pace, steps);
    const expected = throughTime(net, inputs, rest, target, pace, steps);
    found.forEach((direction, l) => {
      expectClose(direction, expected[l]!, `layer ${l + 1}`, { relative: 1e-5, absolute: 1e-7 });
    });
  });

  it("the free phase never raises the energy, and rests where nothing pushes", () => {
    let states = feedForward(net, inputs);
    let last = energy(net, inputs, states);
    for (let t = 0; t < 50; t++) {
      states = settle(net, inputs, states, target, none, 0.1, 1);
      const now = energy(net, inputs, states);
      expect(now, `step ${t + 1}`).toBeLessThanOrEqual(last + 1e-15);
      last = now;
    }
    expect(distance(net, inputs, rest, target, none)).toBeLessThan(1e-12);
  });
});

async function trainer(
  values: Values,
  options: Chosen,
  host: Partial<{ output: "softmax" | "hard-sigmoid" }> = {},
) {
  const made = await Trainer.create(await testDevice(), {
    layers,
    batch,
    output: "hard-sigmoid",
    ...host,
    rule: "equilibrium-propagation",
    optimizer: "sgd",
    values: { rate: 1, layerRatio: 1, pace, ...values },
    options,
  });
  const start = drawn();
  for (const [l, { weight }] of made.net.projections.entries())
    made.write(weight.name, Float32Array.from(start[l]!));
  if (options.feedback === "learned") wayDown(made, descents);
  return made;
}

const downName = ({ name }: { name: string }) => `${name}/descent`;

/** Gives the synapses of a learned way down their values. */
function wayDown(made: Trainer, values: readonly Float64Array[]): void {
  for (const [l, projection] of made.net.projections.entries())
    if (l > 0) made.write(downName(projection), Float32Array.from(values[l]!));
}

async function readDown(made: Trainer): Promise<Float64Array[]> {
  const above = made.net.projections.slice(1);
  return Promise.all(above.map(async (one) => Float64Array.from(await made.read(downName(one)))));
}

/** What a step took from each weight; from the drawn ones unless told. */
async function changes(made: Trainer): Promise<Float64Array[]> {
  const read = () =>
    Promise.all(
      made.net.projections.map(async ({ weight }) => Float64Array.from(await made.read(weight.name))),
    );
  const before = await read();
  await made.step(inputs, labels);
  const after = await read();
  return before.map((w, l) => w.map((value, i) => value - after[l]![i]!));
}

const single = { relative: 1e-4, absolute: 3e-6 };

describe("on the GPU", () => {
  it.each([
    ["positive", "transpose", net],
    ["symmetric", "transpose", net],
    ["random-sign", "transpose", net],
    ["symmetric", "learned", vectorField],
  ] as const)(
    "%s nudging settles and learns as the float64 loops do, with a %s way down",
    async (nudging: Nudging, feedback: string, net: Hopfield) => {
      const [beta, free, nudged] = [0.4, 12, 5];
      const made = await trainer({ beta }, { free, nudged, nudging, feedback });
      const found = await changes(made);
      const start = feedForward(net, inputs);
      const rest = settle(net, inputs, start, target, none, pace, free);
      const both = nudges(nudging, beta, batch);
      const expected = contrast(net, inputs, rest, target, both, pace, nudged);
      found.forEach((direction, l) => {
        expectClose(direction, expected[l]!, `layer ${l + 1}`, single);
      });
      // The two numbers of every state: the free ones, then the nudged copy's.
      const at = (t: number): readonly [States, ArrayLike<number>] =>
        t < free
          ? [settle(net, inputs, start, target, none, pace, t), none]
          : [settle(net, inputs, rest, target, both[1], pace, t - free), both[1]];
      const states = Array.from({ length: free + nudged }, (_, t) => at(t));
      const sums = async (name: string) => {
        const values = await made.read(name);
        return states.map((_, t) => values.slice(3 * t, 3 * t + 3).reduce((a, b) => a + b, 0));
      };
      expectClose(
        await sums("energy"),
        states.map(([u]) => energy(net, inputs, u)),
        "energy",
        single,
      );
      expectClose(
        await sums("distance"),
        states.map(([u, pull]) => distance(net, inputs, u, target, pull)),
        "distance",
        single,
      );
      made.destroy();
    },
  );

  it("one-sided error falls about as β, symmetric about as β²", async () => {
    const rest = equilibrium();
    const gradient = byDifferences(net.weights, () =>
      lossAt(net, settle(net, inputs, rest, target, none, pace, 400), target),
    );
    for (const [nudging, power] of [
      ["positive", 1],
      ["symmetric", 2],
    ] as const) {
      const errors: number[] = [];
      for (const beta of [0.2, 0.05]) {
        const made = await trainer({ beta }, { free: 60, nudged: 50, nudging });
        errors.push(off((await changes(made))[1]!, gradient[1]!));
        made.destroy();
      }
      const slope = Math.log2(errors[0]! / errors[1]!) / 2;
      expect(Math.abs(slope - power), `${nudging}: ${errors}`).toBeLessThan(0.35);
    }
  });

  it.each([3, 8])("%i faintly nudged steps are about as many of backprop through time", async (steps) => {
    const beta = 0.05;
    const made = await trainer({ beta }, { free: 60, nudged: steps, nudging: "symmetric" });
    const found = await changes(made);
    made.destroy();
    const expected = throughTime(net, inputs, equilibrium(), target, pace, steps);
    const other = throughTime(net, inputs, equilibrium(), target, pace, steps + 6);
    found.forEach((direction, l) => {
      expect(off(direction, expected[l]!), `layer ${l + 1}`).toBeLessThan(0.01);
      // So many steps and no other number of them: the layers below the output would tell.
      if (steps === 3 && l === 0) expect(off(direction, other[l]!)).toBeGreaterThan(0.1);
    });
  });

  it.each([
    ["transpose", net],
    ["learned", vectorField],
  ] as const)(
    "with a %s way down its own gradient is that of the loss at the free equilibrium",
    async (feedback, net) => {
      const made = await trainer(
        { beta: 0.01 },
        { free: 30, nudged: 30, nudging: "symmetric", feedback },
        { output: "softmax" },
      );
      const angles = await made.alignment(inputs, labels);
      // A true estimate stands at no angle to it; one whose signals come down another way stands apart.
      for (const { updateAngle, layer } of angles) {
        if (feedback === "transpose") expect(updateAngle).toBeLessThan(0.3);
        else if (layer < 3) expect(updateAngle).toBeGreaterThan(3);
      }
      const rest = settle(net, inputs, feedForward(net, inputs), target, none, pace, 3000);
      const gradient = byDifferences(net.weights, () =>
        lossAt(net, settle(net, inputs, rest, target, none, pace, 400), target),
      );
      for (const [l, { weight }] of made.net.projections.entries())
        expect(off(await made.read(`gradient:${weight.name}/direction`), gradient[l]!)).toBeLessThan(2e-5);
      made.destroy();
    },
  );

  it("where the way down is a copy of the weights, a step is the classic form's bit for bit, and it stays a copy", async () => {
    const settings = { rate: 0.5, layerRatio: 0.5, decay: 0.01 };
    const options = { free: 12, nudged: 5, nudging: "symmetric" };
    const classic = await trainer(settings, options);
    const learned = await trainer(settings, { ...options, feedback: "learned" });
    wayDown(learned, drawn());
    for (let t = 0; t < 2; t++) for (const made of [classic, learned]) await made.step(inputs, labels);
    for (const [l, projection] of classic.net.projections.entries()) {
      const expected = await classic.read(projection.weight.name);
      expectSameBits(await learned.read(projection.weight.name), expected, `layer ${l + 1}`);
      if (l > 0) expectSameBits(await learned.read(downName(projection)), expected, `down from ${l + 1}`);
    }
    classic.destroy();
    learned.destroy();
  });

  it("decay makes W − B shrink by 1 − ηλ a step, each layer at its own rate (Kolen & Pollack 1994)", async () => {
    const [rate, layerRatio, decay, steps] = [0.5, 0.5, 0.2, 6];
    const made = await trainer(
      { rate, layerRatio, decay },
      { free: 12, nudged: 5, nudging: "symmetric", feedback: "learned" },
    );
    const apart = async () => {
      const down = await readDown(made);
      return Promise.all(
        made.net.projections.slice(1).map(async ({ weight }, l) => {
          const w = await made.read(weight.name);
          return Float64Array.from(w, (value, at) => value - down[l]![at]!);
        }),
      );
    };
    const before = await apart();
    const start = await readDown(made);
    for (let t = 0; t < steps; t++) await made.step(inputs, labels);
    const [after, end] = [await apart(), await readDown(made)];
    before.forEach((difference, l) => {
      const shrunk = (1 - rate * layerRatio ** (l + 1) * decay) ** steps;
      expectClose(
        after[l]!,
        difference.map((value) => value * shrunk),
        `layer ${l + 2}`,
        { relative: 1e-5, absolute: 1e-6 },
      );
      // Not by decay alone: the way down learned something.
      expect(
        off(
          end[l]!,
          start[l]!.map((value) => value * shrunk),
        ),
      ).toBeGreaterThan(0.01);
    });
    made.destroy();
  });

  it("each layer learns at its own rate", async () => {
    const options = { free: 5, nudged: 4, nudging: "symmetric" };
    const [all, graded] = [await trainer({}, options), await trainer({ layerRatio: 0.5 }, options)];
    const [one, other] = [await changes(all), await changes(graded)];
    one.forEach((direction, l) => {
      expectClose(
        other[l]!,
        direction.map((d) => d * 0.5 ** l),
        `layer ${l + 1}`,
        { relative: 1e-3, absolute: 1e-6 },
      );
    });
    all.destroy();
    graded.destroy();
  });

  it("persistent states begin where the same sample left them", async () => {
    const made = await trainer({ rate: 0 }, { free: 3, nudged: 4, persistent: "yes" });
    const start = layers.slice(1).map((size) => new Float64Array(batch * size));
    for (let t = 1; t <= 3; t++) {
      await made.step(inputs, labels);
      const expected = settle(net, inputs, start, target, none, pace, 3 * t);
      for (const { name, layer } of made.net.populations.slice(1))
        expectClose(
          await made.read(`${name}/kept`),
          expected[layer - 1]!,
          `${name} after ${t} steps`,
          single,
        );
    }
    expect(made.learned.map(({ name }) => name)).toContain("hidden1/kept");
    made.destroy();
  });
});

describe("what it refuses", () => {
  const rule = findRule("equilibrium-propagation");

  it.each([0, -0.5])("a nudge of %f", (beta) => {
    expect(() => resolveValues(rule, "sgd", { beta })).toThrow(
      `The strength β of the nudge "beta" of equilibrium-propagation must be a number from 0.001 to 10, but got ${beta}.`,
    );
  });

  it("a negative rate", () => {
    expect(() => resolveValues(rule, "sgd", { rate: -1 })).toThrow(
      "must be a number from 0 to 100, but got -1",
    );
  });

  it("fewer nudged steps than the nudge needs to reach the first layer", () => {
    expect(() =>
      trainingStep(rule, network({ layers: [4, 5, 5, 5, 2] }), "sgd", 1, {
        options: resolveOptions(rule, { nudged: 3 }),
      }),
    ).toThrow("needs a nudged step for each of its 4 layers of synapses");
  });
});
