/** Oracle: test/reference/local-error.ts, in float64; and backprop, which a layer under its own classifier does by itself. */
import { describe, expect, it } from "vitest";
import { findRule, resolveOptions } from "../../src/experiment/rules";
import { trainingStep } from "../../src/experiment/schedules";
import { Memory } from "../../src/gpu/memory";
import { Runner } from "../../src/gpu/runner";
import { network } from "../../src/net/network";
import { settingValues } from "../../src/net/optimiser";
import { localDirections } from "../reference/local-error";
import { directions, freshStates } from "../reference/step";
import { expectClose } from "../support/close";
import { testDevice } from "../support/device";
import { choices, uniform } from "../support/random";
import { livelyValues, lowerWith } from "../support/run";

const layers = [7, 9, 6, 3];
const batch = 5;
const rule = findRule("local-error");
const images = uniform(batch * 7, 11);
const labels = choices(batch, 12, 3);

async function small(feedback: string) {
  const net = network({ layers, batch });
  const options = resolveOptions(rule, { feedback });
  const step = trainingStep(rule, net, "sgd", 1, { options });
  const memory = new Memory(await testDevice());
  const runner = await Runner.create(await testDevice(), memory, step.schedule, lowerWith(), 1);
  const plain = { ...livelyValues, decay: 0, anneal: 0 };
  for (const [name, source] of step.settings) memory.write(name, settingValues(source, plain));
  const read = (names: readonly string[]) =>
    Promise.all(names.map(async (name) => Float64Array.from(await memory.read(name))));
  const hidden = ["hidden1-classes1", "hidden2-classes2"];
  const weights = net.projections.map(({ weight }) => weight.name);
  const classifiers = hidden.map((name) => `${name}/weight`);
  const through = feedback === "random" ? hidden.map((name) => `${name}/feedback`) : classifiers;
  memory.write("input/activity", images);
  memory.write("target", labels);
  return { runner, read, weights, classifiers, through };
}

describe.each(["transpose", "random"])("with %s feedback", (feedback) => {
  it("one step is the float64 step", async () => {
    const { runner, read, ...names } = await small(feedback);
    const [weights, classifiers, through] = await Promise.all([
      read(names.weights),
      read(names.classifiers),
      read(names.through),
    ]);
    const reference = localDirections(
      { layers, batch, weights, classifiers, feedback: through },
      images,
      labels,
    );
    runner.run();
    const rate = Math.fround(livelyValues.rate);
    const check = (after: Float64Array[], before: Float64Array[], found: Float64Array[], what: string) =>
      after.forEach((w, l) => {
        const moved = before[l]!.map((value, i) => value - rate * found[l]![i]!);
        expectClose(w, moved, `${what} ${l + 1}`, { absolute: 3e-7 });
      });
    check(await read(names.weights), weights, reference.found, "weights");
    check(await read(names.classifiers), classifiers, reference.own, "classifiers");
    if (feedback === "random") expect(await read(names.through)).toEqual(through); // fixed
  });
});

it("is backprop through one hidden layer and its classifier, for every hidden layer apart", async () => {
  const { read, weights: names, classifiers: own } = await small("transpose");
  const [weights, classifiers] = [await read(names), await read(own)];
  const local = localDirections(
    { layers, batch, weights, classifiers, feedback: classifiers },
    images,
    labels,
  );
  const two = [weights[0]!, classifiers[0]!];
  const shallow = directions(
    {
      rule: "backprop",
      layers: [7, 9, 3],
      batch,
      activation: "relu",
      output: "softmax",
      optimiser: "sgd",
      settings: { ...livelyValues },
      weights: two,
      feedback: [],
      states: freshStates("sgd", two),
      feedbackStates: [],
      mirror: 0,
      seed: 1,
      clock: 0,
    },
    images,
    labels,
  );
  expectClose(local.found[0]!, shallow[0]!, "hidden");
  expectClose(local.own[0]!, shallow[1]!, "classifier");
});
