/** The run that a checkpoint is of, so that it can go on in the lab. */
import type { Checkpoint } from "../../src/experiment/checkpoint";
import { findRule } from "../../src/experiment/rules";
import type { Dataset } from "../../src/task/task";
import { limits, type RunSpec } from "./spec";

/**
 * @param checkpoint of one rule
 * @throws one sentence where it is of another task, or not of a run that the lab could have
 */
export function specOf({ settings, snapshots }: Checkpoint, dataset: Dataset, file: string): RunSpec {
  const { task, train, test, layers, activation, output, batch, optimizer, seed } = settings;
  if (task !== dataset.name || train !== dataset.train.count || test !== dataset.test.count)
    throw new Error(
      `${file} comes from ${task} with ${train} samples to learn from and ${test} to test on, but the lab has ${dataset.name} with ${dataset.train.count} and ${dataset.test.count}; choose the same first.`,
    );
  if (seed > limits.seed || layers.length - 2 > limits.hiddenLayers)
    throw new Error(
      `${file} is of a run that the lab can’t hold: use engram train --resume in the terminal.`,
    );
  const { name, values, options } = snapshots[0]!;
  findRule(name);
  return {
    rule: name,
    hidden: layers.slice(1, -1),
    // The engine checks these names itself, before anything is made.
    activation: activation as RunSpec["activation"],
    output: output as RunSpec["output"],
    optimizer: optimizer as RunSpec["optimizer"],
    batch,
    values,
    options,
    seed,
    seeds: 1,
    shown: true,
  };
}
