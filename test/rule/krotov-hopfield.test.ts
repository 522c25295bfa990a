/** Laws: the winner comes to lie on what it wins, at length R. The step and the gradient are those of float64. */
import { describe, expect, it } from "vitest";
import { writerOf } from "../../src/experiment/rules";
import { Memory } from "../../src/gpu/memory";
import { Runner } from "../../src/gpu/runner";
import { Builder } from "../../src/net/builder";
import { lowerings } from "../../src/net/dense";
import { network } from "../../src/net/network";
import { settingValues } from "../../src/net/optimiser";
import { krotovHopfield as krotovHopfieldRule } from "../../src/rule/krotov-hopfield";
import { softHebb } from "../../src/rule/soft-hebb";
import { krotovHopfield } from "../reference/hebbian";
import { testDevice } from "../support/device";
import { expectAtMeans, expectStep, layerOf, patterns, show, weights } from "../support/hebbian";
import { inputs, labels, small } from "../support/model";
import { uniform } from "../support/random";
import { livelyValues } from "../support/run";

describe.each([2, 4])("with the rival at place %s", (rank) => {
  it("one step is the float64 step, its largest change the rate", () =>
    expectStep(
      "krotov-hopfield",
      (layer) => krotovHopfield(layer, rank, 0.4, 0.5),
      { inhibition: 0.4, radius: 0.5 },
      { rank },
    ));
});

it("each neuron that wins comes to the mean of what it wins, with weights of length R", async () => {
  const radius = 0.5;
  const trainer = await layerOf("krotov-hopfield", patterns, {
    values: { rate: 0.04, anneal: 500, radius, inhibition: 0 },
    w: uniform(patterns.pre * patterns.post, 6, 2),
  });
  await show(trainer, patterns.x, 500);
  const won = (await trainer.read("hidden/place")).map((place) => Number(place === 1));
  expectAtMeans(await trainer.read(weights), won, patterns, radius);
});

it("a rival further down than there are neurons is refused", async () => {
  await expect(
    layerOf("krotov-hopfield", { pre: 4, post: 3, batch: 2 }, { values: {}, options: { rank: 5 } }),
  ).rejects.toThrow("The neuron at place 5 of a layer was asked for, but hidden has 3");
});

it.each([krotovHopfieldRule, softHebb])(
  "$name: the gradient through powers and lengths is the central difference",
  async (rule) => {
    const net = network(small);
    const way = net.projections.map(({ weight }, l) => uniform(weight.shape[0]! * weight.shape[1]!, 20 + l));
    const step = new Builder(net, "written", 1, writerOf(rule));
    rule.gradient(step);
    const memory = new Memory(await testDevice());
    const runner = await Runner.create(await testDevice(), memory, step.schedule, lowerings, 1);
    for (const [name, group] of step.settings) memory.write(name, settingValues(group, livelyValues));
    memory.write("input/activity", inputs);
    memory.write("target", labels);
    const meanLoss = async (by: number) => {
      net.projections.forEach(({ weight, post }, l) => {
        const columns = post.size;
        const w = uniform(way[l]!.length, l, 0.9);
        // Hidden neurons have no biases.
        const last = l === net.projections.length - 1;
        memory.write(
          weight.name,
          w.map((value, at) => (last || at < w.length - columns ? value + by * way[l]![at]! : 0)),
        );
      });
      runner.run();
      const score = Float32Array.from(await memory.read("output/score"));
      return score.reduce((sum, value, i) => sum + (i % 2 === 0 ? value : 0), 0) / small.batch;
    };
    const h = 1e-3;
    const difference = ((await meanLoss(h)) - (await meanLoss(-h))) / (2 * h);
    await meanLoss(0);
    let found = 0;
    for (const [l, { weight, post }] of net.projections.entries()) {
      const direction = await memory.read(`${weight.name}/direction`);
      const synapses = l === net.projections.length - 1 ? direction.length : direction.length - post.size;
      for (let at = 0; at < synapses; at++) found += direction[at]! * way[l]![at]!;
    }
    expect(Math.abs(found / difference - 1)).toBeLessThan(5e-3);
  },
);
