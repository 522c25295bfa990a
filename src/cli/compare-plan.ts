/** What `engram compare` runs: which set-up each rule has on a task, and which cells are done. */
import { annealed } from "../experiment/bench";
import type { Cell, Column, Setup } from "../experiment/cell";
import { checkShapes } from "../experiment/plan";
import { type Preset, presetFor, presets } from "../experiment/presets";
import { findRule, rules } from "../experiment/rules";
import { unknownName } from "../gpu/name";
import { type Dataset, findTask } from "../task/task";

/** What was asked for instead of the presets' own. */
export interface Limits {
  /** In place of each preset's epochs. */
  readonly epochs: number | undefined;
  readonly mostEpochs: number | undefined;
  readonly train: number | undefined;
  readonly test: number | undefined;
  /** Samples of the online stream. */
  readonly online: number;
  /** Steps of the column `few`, at the most. */
  readonly fewSteps: number | undefined;
}

export const defaultOnlineSamples = 10_000;
const defaultFewSteps = 1000;
export const quickLimits = { train: 10_000, test: 2000, epochs: 2, online: 1000, fewSteps: 200 } as const;

/** Rules that have a standard preset for the task. */
export const standardNames = (task: string): string[] =>
  rules.map(({ name }) => name).filter((name) => presetFor(name, task) !== undefined);

/**
 * The set-up that a name stands for on a dataset: a preset's, also one made for another task of the same shape, or else, for a
 * rule, Engram's defaults on the task's own layers.
 * @throws one sentence for an unknown name, or a preset whose layers don't fit
 */
export function setupOf(name: string, dataset: Dataset, column: Column, limits: Limits): Setup {
  const preset = presets.find((one) => one.name === name);
  const isRule = rules.some((rule) => rule.name === name);
  if (!preset && !isRule)
    throw new Error(
      unknownName("rule or preset", name, [...new Set([...rules, ...presets].map((one) => one.name))]),
    );
  const chosen = preset && (fits(preset, dataset) || !isRule) ? preset : plainPreset(name, dataset);
  checkShapes(chosen.layers, dataset, chosen.output);
  const { rule, layers, activation, output, optimizer, options = {} } = chosen;
  const own = Math.min(chosen.epochs, limits.mostEpochs ?? chosen.epochs);
  const epochs = limits.epochs ?? own;
  const values = annealed(chosen.values ?? {}, epochs / chosen.epochs);
  const limit =
    column === "few" ? (limits.fewSteps ?? defaultFewSteps) : column === "online" ? limits.online : undefined;
  return {
    name,
    rule,
    task: dataset.name,
    train: dataset.train.count,
    test: dataset.test.count,
    layers,
    batch: Math.min(chosen.batch, dataset.train.count),
    activation,
    output,
    optimizer,
    values,
    options,
    epochs,
    ...(limit !== undefined && { limit }),
  };
}

const fits = ({ layers }: Preset, { inputs, classes }: Dataset) =>
  layers[0] === inputs && layers.at(-1) === classes;

/** Engram's defaults, for a task that no preset was made for. */
function plainPreset(
  name: string,
  { name: task, inputs, classes }: Dataset,
): Omit<Preset, "aim" | "about" | "name" | "tasks"> {
  const { shallow } = findRule(name);
  return {
    rule: name,
    layers: shallow ? [inputs, classes] : findTask(task).defaultLayers,
    batch: 128,
    activation: "relu",
    output: "softmax",
    optimizer: "momentum",
    epochs: 10,
  };
}

/** Whether a kept cell is the one wanted. What failed for another reason than the rule's own is tried again. */
export function isDone(cell: Cell, name: string, seed: number, column: Column, setup: Setup): boolean {
  return (
    cell.name === name &&
    cell.seed === seed &&
    cell.column === column &&
    (cell.failed === undefined || cell.diverged === true) &&
    JSON.stringify(cell.setup) === JSON.stringify(setup)
  );
}
