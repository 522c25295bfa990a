/** Oracle: the float64 loops of test/reference; and, for forms and tiles, each other's bits. */
import { describe, expect, it } from "vitest";
import type { Form, Tile } from "../../src/net/dense";
import { network } from "../../src/net/network";
import type { ActivationName } from "../reference/activation";
import * as reference from "../reference/dense";
import { asSingle, learn, type OptimiserName, stateCount } from "../reference/optimiser";
import { expectClose, expectSameBits } from "../support/close";
import { testDevice } from "../support/device";
import { uniform } from "../support/random";
import { dirtyPads, livelyValues, lowerWith, type Ready, ready } from "../support/run";

const weight = "hidden-output/weight";

/** One projection between two populations of the same activation, and the three products over it. */
function products(pre: number, post: number, batch: number, activation: ActivationName) {
  const net = network({ layers: [1, pre, post], batch, activation, output: activation });
  const projection = net.projections[1]!;
  const { pre: below, post: above } = projection;
  return {
    net,
    write: (step: Ready["step"]) => {
      step.project(projection);
      step.transport(projection.weight, above.error, below);
      step.correlate(below.activity, above.error, projection.weight, 2);
      step.tick();
    },
  };
}

function fill(memory: Ready["memory"], pre: number, post: number, batch: number) {
  const values = {
    x: uniform(batch * pre, 1),
    e: uniform(batch * post, 2),
    w: uniform((pre + 1) * post, 3, 1 / Math.sqrt(pre)),
  };
  memory.write("hidden/activity", values.x);
  memory.write("output/error", values.e);
  memory.write(weight, values.w);
  return values;
}

const cases: [pre: number, post: number, batch: number, ActivationName, OptimiserName][] = [
  [1, 1, 1, "identity", "sgd"],
  [7, 37, 7, "relu", "momentum"],
  [37, 257, 128, "tanh", "adam"],
  [257, 7, 1, "sigmoid", "sgd"],
  [783, 37, 7, "hard-sigmoid", "momentum"],
  [257, 1, 128, "tanh", "adam"],
  [1, 257, 7, "sigmoid", "momentum"],
  [37, 7, 128, "hard-sigmoid", "sgd"],
  [783, 257, 128, "relu", "adam"],
];

describe("dense products match float64", () => {
  it.each(cases)(
    "%i to %i neurons, batch %i, %s, %s",
    { timeout: 240_000 },
    async (pre, post, batch, activation, optimiser) => {
      const device = await testDevice();
      const { net, write } = products(pre, post, batch, activation);
      const { memory, runner } = await ready(device, net, write, { change: optimiser });
      const { x, e, w } = fill(memory, pre, post, batch);
      const shape = { pre, post, batch };
      const direction = reference.correlate(x, e, shape);
      const state = new Float64Array(w.length * stateCount[optimiser]);
      let expected: Float64Array = Float64Array.from(w);
      for (let t = 1; t <= 3; t++) {
        runner.run();
        if (t === 1) {
          const y = reference.project(x, w, shape, activation);
          expectClose(await memory.read("output/activity"), y, "project", {
            absolute: 1e-7 * Math.sqrt(pre),
          });
          const d = reference.transport(e, w, x, shape, activation);
          expectClose(await memory.read("hidden/error"), d, "transport", {
            absolute: 1e-7 * Math.sqrt(post),
          });
        }
        expected = learn(optimiser, expected, direction, state, asSingle(livelyValues), t);
        expectClose(await memory.read(weight), expected, `weight after step ${t}`);
        if (state.length > 0)
          expectClose(await memory.read(`${weight}.state`), state, `state after step ${t}`);
      }
      for (const name of ["output/activity", "hidden/error", weight])
        expect(await dirtyPads(device, memory, name), `pads of ${name}`).toBe(0);
    },
  );

  it("Adam's first steps are exact with the usual numbers, though 1 − β₂ is small", async () => {
    const usual = { rate: 0.001, decay: 0, momentum: 0.9, variance: 0.999, epsilon: 1e-8 };
    const { net, write } = products(7, 37, 1, "identity"); // one sample: the direction is a single product
    const { memory, runner } = await ready(await testDevice(), net, write, { change: "adam", values: usual });
    const { x, e } = fill(memory, 7, 37, 1);
    memory.write(weight, new Float32Array(8 * 37));
    const direction = Float64Array.from(reference.correlate(x, e, { pre: 7, post: 37, batch: 1 }));
    const state = new Float64Array(2 * direction.length);
    let expected: Float64Array = new Float64Array(direction.length);
    for (let t = 1; t <= 3; t++) {
      runner.run();
      expected = learn("adam", expected, direction, state, asSingle(usual), t);
      expectClose(await memory.read(weight), expected, `weight after step ${t}`, { absolute: 0 });
    }
  });

  it("writes the direction out instead of taking a step", async () => {
    const { net, write } = products(37, 7, 7, "relu");
    const { memory, runner } = await ready(await testDevice(), net, write, { change: "written" });
    const { x, e, w } = fill(memory, 37, 7, 7);
    runner.run();
    expectClose(
      await memory.read(`${weight}/direction`),
      reference.correlate(x, e, { pre: 37, post: 7, batch: 7 }),
      "direction",
    );
    expectSameBits(await memory.read(weight), w, "weight");
  });

  it("leaves bias and activation out where told", async () => {
    const { net } = products(37, 7, 7, "sigmoid");
    const { projections, populations } = net;
    const { memory, runner } = await ready(await testDevice(), net, (step) => {
      step.project(projections[1]!, {
        to: step.neurons(populations[2]!, "evoked"),
        activation: "identity",
        bias: false,
      });
    });
    const x = uniform(7 * 37, 1);
    const w = uniform(38 * 7, 3, 0.2);
    memory.write("hidden/activity", x);
    memory.write(weight, w);
    runner.run();
    const expected = reference.project(x, w, { pre: 37, post: 7, batch: 7 }, "identity", false);
    expectClose(await memory.read("output/evoked"), expected, "evoked");
  });
});

describe("forms and tiles", () => {
  it("reach every synapse where the tiles are more than one dimension of workgroups holds", async () => {
    const pre = 4 * 65_535 + 9; // rows of tiles: four to each
    const { net, write } = products(pre, 1, 1, "identity");
    const { memory, runner } = await ready(await testDevice(), net, write, {
      change: "written",
      lowerings: lowerWith("plain"),
    });
    const x = uniform(pre, 1);
    memory.write("hidden/activity", x);
    memory.write("output/error", Float32Array.of(2));
    memory.write(
      weight,
      Float32Array.from({ length: pre + 1 }, (_, i) => (i % 7) - 3),
    );
    runner.run();
    const direction = await memory.read(`${weight}/direction`);
    expectSameBits(
      direction.subarray(0, pre),
      x.map((value) => 2 * value),
      "direction",
    );
    expect(direction[pre]).toBe(2); // the bias
    const back = await memory.read("hidden/error");
    expect(back.every((value, i) => value === 2 * ((i % 7) - 3))).toBe(true);
  });

  const variants: [Form, Tile | undefined][] = [
    ["plain", { rows: 4, columns4: 1, threads: 4 }],
    ["plain", { rows: 4, columns4: 2, threads: 8 }],
    ["quad", { rows: 4, columns4: 1, threads: 4 }],
    ["quad", { rows: 8, columns4: 1, threads: 8 }],
    ["block", undefined],
  ];

  it.each([
    [300, 29, 7], // long sums of few outputs, which are split
    [70, 133, 65],
  ])("give equal bits: %i to %i neurons, batch %i", { timeout: 240_000 }, async (pre, post, batch) => {
    const device = await testDevice();
    const { net, write } = products(pre, post, batch, "tanh");
    // Terms from 1e-6 to 1e6: any other order of summation shows.
    const wild = (length: number, seed: number) => {
      const size = uniform(length, seed + 10, 6);
      return uniform(length, seed).map((value, i) => value * 10 ** size[i]!);
    };
    let first: Map<string, ArrayLike<number>> | undefined;
    for (const [form, tile] of variants) {
      if (form === "quad" && !device.subgroups) continue;
      const { memory, runner } = await ready(device, net, write, {
        change: "momentum",
        lowerings: lowerWith(form, tile),
      });
      memory.write("hidden/activity", wild(batch * pre, 1));
      memory.write("output/error", wild(batch * post, 2));
      memory.write(weight, wild((pre + 1) * post, 3));
      memory.write("hidden/error", uniform(batch * pre, 4));
      runner.run();
      const found = new Map<string, ArrayLike<number>>();
      for (const name of ["output/activity", "hidden/error", weight, `${weight}.state`])
        found.set(name, await memory.read(name));
      first ??= found;
      for (const [name, values] of found) {
        expect(Array.from(values).some((value) => value !== 0)).toBe(true);
        expectSameBits(values, first.get(name)!, `${form} ${JSON.stringify(tile)}: ${name}`);
      }
    }
  });
});
