/** The schedules that an experiment runs: a training step, a pass over the test set, a look at the weights' health. */
import type { Field } from "../gpu/field";
import { fieldsOf, recordsOf, type Schedule } from "../gpu/schedule";
import { Builder, type SplitFields } from "../net/builder";
import type { Network } from "../net/network";
import type { Chosen, Rule } from "../net/rule";
import type { Change } from "../net/synapses";
import { writerOf } from "./rules";

/** Rows of training metrics that wait on the GPU to be read; a submit holds no more steps than this. */
export const metricsRows = 512;

/** Training scores by step: row = step mod rows; summed loss, number correct. */
export const trainMetrics: Field = {
  name: "metrics/train",
  site: "global",
  home: "",
  shape: [metricsRows, 2],
  type: "f32",
  role: "metric",
};

/**
 * One training step of a rule. Without a split the batch is what the host wrote into the input and the target.
 * @param options.metrics whether the rule's own metrics are written as well, such as the energy of each settling step; what is
 * learned is the same. Default true
 */
export function trainingStep(
  rule: Rule,
  net: Network,
  change: Change,
  seed: number,
  {
    split,
    options,
    metrics = true,
  }: { split?: SplitFields | undefined; options?: Chosen | undefined; metrics?: boolean | undefined } = {},
): Builder {
  const step = new Builder(net, change, seed, writerOf(rule, options));
  if (split) step.inPhase("sample").sample(split, "shuffled");
  if (metrics) rule.write(step);
  else step.unwatched(() => rule.write(step));
  step.inPhase("score").tally(trainMetrics, "shuffled");
  step.tick();
  return step;
}

/**
 * The fields that the next step finds as this one left them: whatever a step reads before it writes it, such as a weight,
 * an optimiser's memory, a threshold, a trace, a reward baseline. What each step writes anew before it reads it is no memory.
 */
export function learnedFields(step: Schedule): Field[] {
  const written = new Set<string>();
  const carried = new Set<string>();
  for (const { writes } of recordsOf(step)) {
    for (const { field } of writes.flatMap(({ from }) => from))
      if (field.role === undefined && !written.has(field.name)) carried.add(field.name);
    for (const { field } of writes) written.add(field.name);
  }
  return fieldsOf(step).filter(({ name }) => carried.has(name));
}

/** Scores by batch of the test set: [batches, 2]. */
export function testMetrics(net: Network, split: SplitFields): Field {
  return { ...trainMetrics, name: "metrics/test", shape: [Math.ceil(split.count / net.batch), 2] };
}

/** One pass over a split in order, as the rule predicts. */
export function evaluation(
  rule: Rule,
  net: Network,
  split: SplitFields,
  seed: number,
  options?: Chosen,
): Schedule {
  const step = new Builder(net, "written", seed, writerOf(rule, options));
  const metrics = testMetrics(net, split);
  step.repeat(metrics.shape[0]!, "batch", () => {
    step.inPhase("test").sample(split, "in-order");
    rule.predict(step);
    step.tally(metrics, "in-order");
  });
  return step.schedule;
}
