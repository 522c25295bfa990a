/** The schedules that an experiment runs: a training step, a pass over the test set, a look at the weights' health. */
import type { Field } from "../gpu/field";
import { fieldsOf, type Schedule } from "../gpu/schedule";
import { forward } from "../net/backward";
import { Builder, type Change, type SplitFields } from "../net/builder";
import type { Network } from "../net/network";
import type { Rule } from "../net/rule";

/** Rows of training metrics that wait on the GPU to be read; a submit holds no more steps than this. */
export const metricsRows = 512;

/** Training scores by step: row = step mod rows; summed loss, number correct. */
export const trainMetrics: Field = {
  name: "metrics/train",
  site: "global",
  home: "",
  shape: [metricsRows, 2],
  type: "f32",
};

/** One training step of a rule. Without a split the batch is what the host wrote into the input and the target. */
export function trainingStep(
  rule: Rule,
  net: Network,
  change: Change,
  seed: number,
  split?: SplitFields,
): Builder {
  const step = new Builder(net, change, seed);
  if (split) step.inPhase("sample").sample(split, "shuffled");
  rule.write(step);
  step.inPhase("score").tally(trainMetrics, "shuffled");
  step.tick();
  return step;
}

/** The fields that a step's learning changes or depends on: every synapse's. */
export function learnedFields(step: Schedule): Field[] {
  return fieldsOf(step).filter(({ site }) => site === "synapse");
}

/** Scores by batch of the test set: [batches, 2]. */
export function testMetrics(net: Network, split: SplitFields): Field {
  return { ...trainMetrics, name: "metrics/test", shape: [Math.ceil(split.count / net.batch), 2] };
}

/** One pass over a split in order, forward only. */
export function evaluation(net: Network, split: SplitFields): Schedule {
  const step = new Builder(net, "written", 0);
  const metrics = testMetrics(net, split);
  step.repeat(metrics.shape[0]!, "batch", () => {
    step.inPhase("test").sample(split, "in-order");
    forward(step);
    step.readout();
    step.tally(metrics, "in-order");
  });
  return step.schedule;
}
