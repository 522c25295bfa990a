/**
 * e-prop on the GPU. Oracles: the float64 loops of test/reference/temporal/e-prop.ts, whose laws are tested there; and bits that
 * may not change with whether histories hold one step or all.
 */
import { describe, expect, it } from "vitest";
import { trialSteps } from "../../src/net/temporal/evidence";
import { feedbacks } from "../../src/rule/temporal/e-prop";
import { backpropagate, eligibility, onlineSignal, runLsnn } from "../reference/temporal/e-prop";
import { expectClose, expectSameBits } from "../support/close";
import { testDevice } from "../support/device";
import { runEProp, sizes, task, twin } from "../support/e-prop";

const steps = trialSteps(task);
const hidden = sizes.regular + sizes.adaptive;
const directions = ["input-hidden", "hidden-hidden", "hidden-output"].map(
  (name) => `${name}/weight/direction`,
);

/** The trials that were drawn, sample by sample: input spikes and label. */
function trialsOf(spikes: Float32Array, labels: Uint32Array) {
  return Array.from({ length: sizes.batch }, (_, b) => ({
    label: labels[b]!,
    spikes: Array.from({ length: steps }, (_, t) => {
      const row = (t * sizes.batch + b) * sizes.inputs;
      return spikes.slice(row, row + sizes.inputs);
    }),
  }));
}

const mean = (all: Float64Array[]) =>
  all[0]!.map((_, i) => all.reduce((sum, one) => sum + one[i]! / all.length, 0));

describe.each(feedbacks)("%s feedback", (feedback) => {
  it("has the traces and the changes of the float64 loops", async () => {
    const { memory } = await runEProp(await testDevice(), feedback, steps);
    const trials = trialsOf(await memory.read("input/spikes"), await memory.read("target"));
    const { model, weights } = twin(feedback);
    const runs = trials.map((trial) => runLsnn(model, weights, trial.spikes, trial.label));
    const spikes = await memory.read("hidden/spikes");
    const spiked = Array.from({ length: steps }, (_, t) => runs.map((run) => [...run.z[t]!])).flat(2);
    expect([...spikes]).toEqual(spiked);
    expect(spiked.filter((z) => z === 1).length).toBeGreaterThan(60);
    const found = runs.map((run, b) =>
      eligibility(model, weights, trials[b]!.spikes, run, onlineSignal(model, weights, run), true),
    );
    const expected = [
      found.map((one) => one.in),
      found.map((one) => one.around),
      found.map((one) => one.out),
    ];
    for (const [at, name] of directions.entries()) {
      const values = mean(expected[at]!);
      const largest = Math.max(...values.map(Math.abs));
      expect(largest, name).toBeGreaterThan(1e-3);
      expectClose(await memory.read(name), values, name, { relative: 1e-4, absolute: 1e-5 * largest });
    }
    const score = await memory.read("output/score");
    expectClose(
      score.filter((_, i) => i % 2 === 0),
      runs.map(({ loss }) => loss),
      "loss",
    );
    if (feedback === "adaptive")
      expectSameBits(
        await memory.read("hidden-output/feedback/direction"),
        await memory.read("hidden-output/weight/direction"),
        "feedback makes the change of the weight that it stands for",
      );
    memory.destroy();
  });
});

it("is backpropagation through time without recurrent synapses", async () => {
  const { memory } = await runEProp(await testDevice(), "symmetric", steps, { recurrent: false });
  const trials = trialsOf(await memory.read("input/spikes"), await memory.read("target"));
  const { model, weights } = twin("symmetric", false);
  const gradients = trials.map(({ spikes, label }) => {
    const run = runLsnn(model, weights, spikes, label);
    return backpropagate(model, weights, spikes, run).gradient.in;
  });
  const values = mean(gradients);
  const largest = Math.max(...values.map(Math.abs));
  expectClose(await memory.read(directions[0]!), values, "direction", {
    relative: 1e-4,
    absolute: 1e-5 * largest,
  });
  expect(memory.names()).not.toContain("hidden-hidden/weight");
  memory.destroy();
});

it("does the same as time goes by, bit for bit, remembering one step alone", async () => {
  const device = await testDevice();
  const batched = await runEProp(device, "symmetric", steps);
  const online = await runEProp(device, "symmetric", 1);
  for (const name of [...directions, "output/score"])
    expectSameBits(await online.memory.read(name), await batched.memory.read(name), name);
  for (const name of ["hidden/spikes", "hidden/slope", "hidden/trace", "input/spikes", "output/error"])
    expect(online.memory.field(name).shape[0], name).toBe(1);
  for (const { memory } of [batched, online]) memory.destroy();
});

it("draws trials whose label is the side of most cues", async () => {
  const { memory } = await runEProp(await testDevice(), "symmetric", steps);
  const trials = trialsOf(await memory.read("input/spikes"), await memory.read("target"));
  const population = (of: number) => (_: number, neuron: number) =>
    Math.floor((neuron * 4) / sizes.inputs) === of;
  for (const { spikes, label } of trials) {
    const count = (of: number, from: number, to: number) =>
      spikes
        .slice(from, to)
        .reduce((sum, row) => sum + row.filter((_, i) => population(of)(0, i)).reduce((a, b) => a + b, 0), 0);
    const right = [0, 1, 2].filter((cue) => count(1, cue * 8, cue * 8 + 8) > 0).length;
    expect(label).toBe(right > 1 ? 1 : 0);
    for (let cue = 0; cue < 3; cue++) {
      const sides = [0, 1].map((side) => count(side, cue * 8 + 2, cue * 8 + 8));
      expect(Math.min(...sides), "one side at a time").toBe(0);
      expect(Math.max(...sides)).toBeGreaterThan(0);
      expect(count(0, cue * 8, cue * 8 + 2) + count(1, cue * 8, cue * 8 + 2), "silence between").toBe(0);
    }
    expect(count(2, 0, steps - task.recall)).toBe(0);
    expect(count(2, steps - task.recall, steps)).toBeGreaterThan(0);
    expect(count(3, 0, steps)).toBeGreaterThan(0);
  }
  expect(trials[0]!.spikes[0]!.length).toBe(sizes.inputs);
  expect(hidden).toBe(11);
  memory.destroy();
});
