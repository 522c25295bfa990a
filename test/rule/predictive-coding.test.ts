/**
 * Laws of predictive coding: Z-IL and fixed prediction are backprop, a wide output brings any form near it as 1/v, and
 * settling lowers the energy. Oracle: test/reference/predictive-coding.ts in float64, and backprop's own reference.
 */
import { describe, expect, it } from "vitest";
import { findRule, resolveOptions, resolveValues } from "../../src/experiment/rules";
import { trainingStep } from "../../src/experiment/schedules";
import { Trainer } from "../../src/experiment/trainer";
import { network, type Output } from "../../src/net/network";
import type { Values } from "../../src/net/optimiser";
import type { Chosen } from "../../src/net/rule";
import { asSingle, learn } from "../reference/optimiser";
import { energyOf, type Settling, settle } from "../reference/predictive-coding";
import { directions, freshStates, type Model } from "../reference/step";
import { expectClose } from "../support/close";
import { testDevice } from "../support/device";
import { choices, uniform } from "../support/random";

const layers = [7, 9, 6, 3];
const batch = 5;
const hidden = layers.length - 2;
const inputs = uniform(batch * layers[0]!, 11);
const labels = choices(batch, 12, layers.at(-1)!);

type Shape = { readonly output: Output; readonly activation: "tanh" | "sigmoid" | "relu" };
const softmax: Shape = { output: "softmax", activation: "tanh" };
const shapes: Shape[] = [softmax, { output: "sigmoid", activation: "sigmoid" }];

/** Random weights, in the range where neurons of all kinds are lively. */
const drawn = () =>
  layers.slice(1).map((post, l) => Float64Array.from(uniform((layers[l]! + 1) * post, 20 + l, 0.6)));

function model({ output, activation }: Shape, weights = drawn()): Model {
  return {
    rule: "backprop",
    layers,
    batch,
    activation,
    output,
    optimiser: "sgd",
    settings: asSingle({ rate: 0.1, decay: 0, momentum: 0, variance: 0, epsilon: 0, anneal: 0 }),
    weights,
    feedback: [],
    states: [],
    feedbackStates: [],
    mirror: 0,
    seed: 1,
    clock: 0,
  };
}

const usual: Settling = { gamma: 0.1, outputVariance: 1, steps: 20, form: "standard" };
const norm = (a: ArrayLike<number>) => Math.hypot(...Array.from(a));
const apart = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  norm(Array.from(a, (value, i) => value - b[i]!));
const off = (a: ArrayLike<number>, b: ArrayLike<number>) => apart(a, b) / norm(b);

describe.each(shapes)("in float64, with hidden $activation and output $output", (shape) => {
  const net = model(shape);
  const gradient = directions(net, inputs, labels);

  it.each([1, 0.3])("Z-IL at γ = %f is backprop, times γ for every layer below the output", (gamma) => {
    const found = settle(net, inputs, labels, { ...usual, form: "z-il", gamma, steps: hidden }).directions;
    found.forEach((direction, l) => {
      const scaled = gradient[l]!.map((g) => g * gamma ** (gradient.length - 1 - l));
      // Errors are differences of values near 1, so they are known to an ulp of 1.
      expectClose(direction, scaled, `layer ${l + 1}`, { relative: 1e-15, absolute: 2 ** -52 });
    });
  });

  it.each([hidden, hidden + 5])("fixed prediction at γ = 1 is backprop after %i steps", (steps) => {
    const found = settle(net, inputs, labels, {
      ...usual,
      form: "fixed-prediction",
      gamma: 1,
      steps,
    }).directions;
    found.forEach((direction, l) => {
      expectClose(direction, gradient[l]!, `layer ${l + 1}`, { relative: 1e-12, absolute: 1e-15 });
    });
  });

  it("at equilibrium the error against backprop falls as 1/v", () => {
    const errors = [1, 100, 10_000].map((outputVariance) => {
      const { directions: found } = settle(net, inputs, labels, { ...usual, outputVariance, steps: 600 });
      return found.map((direction, l) =>
        off(
          direction.map((g) => g * outputVariance),
          gradient[l]!,
        ),
      );
    });
    for (let l = 0; l < gradient.length - 1; l++) {
      expect(errors[0]![l]!).toBeGreaterThan(1e-3);
      const slope = Math.log10(errors[1]![l]! / errors[2]![l]!) / 2;
      expect(slope, `layer ${l + 1}`).toBeGreaterThan(0.95);
      expect(slope, `layer ${l + 1}`).toBeLessThan(1.05);
    }
  });

  it("small steps never raise the energy, and lead to an equilibrium", () => {
    const { energy, distance } = settle(net, inputs, labels, { ...usual, steps: 400 });
    energy.slice(1).forEach((e, t) => {
      expect(e, `step ${t + 1}`).toBeLessThanOrEqual(energy[t]! + 1e-15);
    });
    expect(energy.at(-1)!).toBeLessThan(0.999 * energy[0]!);
    expect(distance.at(-1)! / distance[0]!).toBeLessThan(1e-6);
  });

  it("a settling value goes down the energy's own slope", () => {
    // From the feed-forward pass only the last hidden layer is pushed: by minus the difference quotient of the energy.
    const start = layers.slice(1, -1).map((size) => new Float64Array(batch * size));
    let below: Float64Array | Float32Array = inputs;
    const f = shape.activation === "tanh" ? Math.tanh : (z: number) => 1 / (1 + Math.exp(-z));
    start.forEach((value, l) => {
      const [pre, post] = [layers[l]!, layers[l + 1]!];
      for (let s = 0; s < batch; s++)
        for (let j = 0; j < post; j++) {
          let z = net.weights[l]![pre * post + j]!;
          for (let i = 0; i < pre; i++) z += below[s * pre + i]! * net.weights[l]![i * post + j]!;
          value[s * post + j] = z;
        }
      below = value.map(f);
    });
    const top = start.length - 1;
    const { errors } = settle(net, inputs, labels, { ...usual, gamma: 1, steps: 1 });
    const h = 1e-5;
    for (const at of [0, 4, 11]) {
      const moved = (by: number) =>
        start.map((value, l) => (l === top ? value.map((x, i) => (i === at ? x + by : x)) : value));
      const quotient =
        (energyOf(net, inputs, labels, moved(h), 1) - energyOf(net, inputs, labels, moved(-h), 1)) / (2 * h);
      expect(errors[top]![at]! / batch).toBeCloseTo(quotient, 8);
    }
  });
});

/** One step on the GPU from the drawn weights; rate 1 without decay, so that the change of a weight is its direction. */
async function trained(shape: Shape, values: Values, options: Chosen, rate = 1) {
  const trainer = await Trainer.create(await testDevice(), {
    ...shape,
    layers,
    batch,
    rule: "predictive-coding",
    optimizer: "sgd",
    values: { rate, ...values },
    options,
  });
  const start = drawn();
  for (const [l, { weight }] of trainer.net.projections.entries())
    trainer.write(weight.name, Float32Array.from(start[l]!));
  return trainer;
}

async function changes(trainer: Trainer): Promise<Float64Array[]> {
  const read = () =>
    Promise.all(
      trainer.net.projections.map(async ({ weight }) => Float64Array.from(await trainer.read(weight.name))),
    );
  const before = await read();
  await trainer.step(inputs, labels);
  const after = await read();
  return before.map((w, l) => w.map((value, i) => value - after[l]![i]!));
}

const single = { relative: 1e-4, absolute: 2e-6 }; // the directions come from differences of weights near 1

describe.each(shapes)("on the GPU, with hidden $activation and output $output", (shape) => {
  const gradient = directions(model(shape), inputs, labels);

  it("Z-IL at γ = 1 takes backprop's step", async () => {
    const trainer = await trained(shape, { gamma: 1 }, { form: "z-il" });
    const found = await changes(trainer);
    found.forEach((direction, l) => {
      expectClose(direction, gradient[l]!, `layer ${l + 1}`, single);
    });
    trainer.destroy();
  });

  it("Z-IL at γ < 1 takes γ times backprop's for every layer below the output", async () => {
    const gamma = 0.3;
    const trainer = await trained(shape, { gamma }, { form: "z-il" });
    const found = await changes(trainer);
    found.forEach((direction, l) => {
      const scaled = gradient[l]!.map((g) => g * gamma ** (gradient.length - 1 - l));
      expectClose(direction, scaled, `layer ${l + 1}`, single);
    });
    trainer.destroy();
  });

  it("fixed prediction at γ = 1 takes backprop's step, though it goes on settling", async () => {
    const trainer = await trained(shape, { gamma: 1 }, { form: "fixed-prediction", steps: hidden + 3 });
    const found = await changes(trainer);
    found.forEach((direction, l) => {
      expectClose(direction, gradient[l]!, `layer ${l + 1}`, single);
    });
    trainer.destroy();
  });

  it("settles as the float64 loops do: directions, errors, energy and distance of every step", async () => {
    const how: Settling = { ...usual, gamma: 0.2, outputVariance: 0.5, steps: 12 };
    const expected = settle(model(shape), inputs, labels, how);
    const trainer = await trained(shape, { gamma: 0.2, outputVariance: 0.5 }, { steps: 12 });
    const found = await changes(trainer);
    found.forEach((direction, l) => {
      expectClose(direction, expected.directions[l]!, `layer ${l + 1}`, single);
    });
    const { populations } = trainer.net;
    for (const { error, layer } of populations.slice(1))
      expectClose(await trainer.read(error.name), expected.errors[layer - 1]!, error.name, single);
    const sums = async (name: string, rows: number) => {
      const values = await trainer.read(name);
      return Array.from({ length: rows }, (_, t) => {
        let sum = 0;
        for (let l = 0; l < layers.length - 1; l++) sum += values[t * (layers.length - 1) + l]!;
        return sum;
      });
    };
    expectClose(await sums("energy", 13), expected.energy, "energy", single);
    expectClose(await sums("distance", 12), expected.distance, "distance", single);
    trainer.destroy();
  });
});

it("with a wide output its error against backprop falls as 1/v", async () => {
  const gradient = directions(model(softmax), inputs, labels);
  const errors: number[][] = [];
  for (const outputVariance of [3, 30]) {
    const trainer = await trained(softmax, { gamma: 0.3, outputVariance }, { steps: 60 }, outputVariance);
    const found = await changes(trainer);
    errors.push(found.map((direction, l) => off(direction, gradient[l]!)));
    trainer.destroy();
  }
  for (let l = 0; l < hidden; l++) {
    const slope = Math.log10(errors[0]![l]! / errors[1]![l]!);
    expect(slope, `layer ${l + 1}`).toBeGreaterThan(0.8);
    expect(slope, `layer ${l + 1}`).toBeLessThan(1.2);
  }
});

it("incremental: weights move at every step as the float64 loops move them", async () => {
  const net = model(softmax);
  const rate = 0.2;
  const settings = asSingle({ rate, decay: 0, momentum: 0, variance: 0, epsilon: 0, anneal: 0 });
  const move = (found: (Float64Array | undefined)[]) =>
    found.forEach((direction, l) => {
      if (direction)
        net.weights[l] = learn(
          "sgd",
          net.weights[l]!,
          direction,
          freshStates("sgd", [direction])[0]!,
          settings,
          1,
        );
    });
  const { directions: ultimate } = settle(net, inputs, labels, {
    ...usual,
    form: "incremental",
    steps: 6,
    move,
  });
  move(ultimate);
  const trainer = await trained(softmax, {}, { form: "incremental", steps: 6 }, rate);
  await trainer.step(inputs, labels);
  for (const [l, { weight }] of trainer.net.projections.entries())
    expectClose(await trainer.read(weight.name), net.weights[l]!, weight.name, single);
  trainer.destroy();
});

it("learned feedback comes to equal the weights: W − B shrinks by 1 − ηλ a step", async () => {
  const [rate, decay] = [0.1, 0.5];
  const trainer = await trained(softmax, { decay }, { feedback: "learned", steps: 5 }, rate);
  const gap = async () => {
    const gaps: number[] = [];
    for (const { weight, name, layer } of trainer.net.projections)
      if (layer > 1) gaps.push(apart(await trainer.read(weight.name), await trainer.read(`${name}/descent`)));
    return gaps;
  };
  const before = await gap();
  for (let t = 0; t < 10; t++) await trainer.step(inputs, labels);
  const after = await gap();
  after.forEach((g, i) => {
    expect(g / before[i]!).toBeCloseTo((1 - rate * decay) ** 10, 4);
  });
  trainer.destroy();
});

describe("what it refuses", () => {
  const rule = findRule("predictive-coding");

  it("no inference steps", () =>
    expect(() => resolveOptions(rule, { steps: 0 })).toThrow(
      'The number of inference steps "steps" of predictive-coding must be a whole number from 1 to 1000, but got 0.',
    ));

  it.each([-0.1, 0])("a step of size %f", (gamma) =>
    expect(() => resolveValues(rule, "sgd", { gamma })).toThrow(
      `The size γ of an inference step "gamma" of predictive-coding must be a number from 0.0001 to 2, but got ${gamma}.`,
    ),
  );

  it("fewer steps than the error needs to reach the first layer", () =>
    expect(() =>
      trainingStep(rule, network({ layers: [4, 5, 5, 5, 2] }), "sgd", 1, {
        options: resolveOptions(rule, { steps: 2 }),
      }),
    ).toThrow(
      "needs an inference step for each of its 3 hidden layers, so that the error reaches the first, but steps is 2",
    ));
});
