/** Law: the direction is the gradient of the mean loss, by central differences. Backprop through float64 agrees in every step. */
import { describe, expect, it } from "vitest";
import { network } from "../../src/net/network";
import { backprop } from "../../src/rule/backprop";
import { directions, loss, type Model } from "../reference/step";
import { testDevice } from "../support/device";
import { inputs, labels, small } from "../support/model";
import { uniform } from "../support/random";
import { livelyValues, ready } from "../support/run";

const cases = (["relu", "tanh", "sigmoid"] as const).flatMap((activation) =>
  (["softmax", "sigmoid"] as const).map((output) => [activation, output] as const),
);
const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, v, i) => sum + v * b[i]!, 0);

/** Initial weights and a direction to move them in, by projection. */
const weights = small.layers.slice(1).map((post, l) => uniform((small.layers[l]! + 1) * post, l, 0.9));
const way = weights.map((w, l) => uniform(w.length, 20 + l));
const moved = (by: number) =>
  weights.map((w, l) => Float64Array.from(w, (value, i) => value + by * way[l]![i]!));

describe("the directional derivative is the central difference", () => {
  it.each(cases)("float64: %s, %s", (activation, output) => {
    const model = (weights: Float64Array[]) =>
      ({ rule: "backprop", ...small, activation, output, weights, feedback: [] }) as unknown as Model;
    const found = directions(model(moved(0)), inputs, labels).reduce((sum, g, l) => sum + dot(g, way[l]!), 0);
    const h = 1e-6;
    const difference =
      (loss(model(moved(h)), inputs, labels) - loss(model(moved(-h)), inputs, labels)) / (2 * h);
    expect(Math.abs(found / difference - 1)).toBeLessThan(1e-6);
  });

  it.each(cases)("GPU: %s, %s", async (activation, output) => {
    const net = network({ ...small, activation, output });
    const { memory, runner } = await ready(await testDevice(), net, (step) => backprop.write(step), {
      change: "written",
      values: livelyValues,
    });
    memory.write("input/activity", inputs);
    memory.write("target", labels);
    const meanLoss = async (by: number) => {
      moved(by).forEach((w, l) => {
        memory.write(net.projections[l]!.weight.name, Float32Array.from(w));
      });
      runner.run();
      const score = Float32Array.from(await memory.read("output/score"));
      return score.reduce((sum, value, i) => sum + (i % 2 === 0 ? value : 0), 0) / small.batch;
    };
    const h = 1e-3;
    const difference = ((await meanLoss(h)) - (await meanLoss(-h))) / (2 * h);
    await meanLoss(0);
    let found = 0;
    for (const [l, { weight }] of net.projections.entries())
      found += dot(await memory.read(`${weight.name}/direction`), way[l]!);
    expect(Math.abs(found / difference - 1)).toBeLessThan(2e-3);
  });
});
