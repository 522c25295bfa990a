/** What `engram train` is to do, from what was typed and from the checkpoint it goes on from; all of it checked without a GPU. */
import { realpathSync } from "node:fs";
import {
  type Checkpoint,
  checkSameOptions,
  checkSameRun,
  checkTensors,
  type RunSettings,
  snapshotOf,
} from "../experiment/checkpoint";
import type { ExperimentOptions } from "../experiment/experiment";
import { checkShapes } from "../experiment/plan";
import { findPreset, type Preset, presetValues } from "../experiment/presets";
import {
  checkDepth,
  checkOptimiser,
  findRule,
  resolveOptions,
  resolveValues,
  rules,
  shareOptions,
  shareValues,
} from "../experiment/rules";
import { learnedFields, trainingStep } from "../experiment/schedules";
import { checkNetwork, network, type Output } from "../net/network";
import type { Activation } from "../net/population";
import type { Rule } from "../net/rule";
import { type Dataset, findTask, type Task } from "../task/task";
import { type Context, type OptionValues, UsageError } from "./command";
import { loadTask } from "./data";
import { asUsage, layerSizes, names, parseNumber, settings, text, whole } from "./options";
import { isOwn, ownTask } from "./own";
import { checkSavable, loadCheckpoint } from "./save";

export interface Plan {
  readonly dataset: Dataset;
  readonly options: ExperimentOptions;
  readonly epochs: number;
  readonly save: string | undefined;
  readonly resume: { readonly file: string; readonly checkpoint: Checkpoint } | undefined;
  readonly align: boolean;
}

const defaultEpochs = 10;
const defaultBatch = 128;
const mostEpochs = 1_000_000;
const u32 = 0xffffffff;

/** @param command whose flags they are. @throws UsageError for what was typed, Error for what the files hold */
export async function planTraining(values: OptionValues, context: Context, command = "train"): Promise<Plan> {
  const presetName = text(values, "preset");
  const preset = presetName === undefined ? undefined : asUsage(() => findPreset(presetName));
  const epochs = whole(values, "epochs", 1, mostEpochs) ?? preset?.epochs ?? defaultEpochs;
  const typed = typedSettings(values);
  const typedRules = names(values, "rule") ?? (preset && [preset.rule]);
  asUsage(() => typedRules?.forEach(findRule));
  if (preset && typedRules?.join() !== preset.rule)
    throw new UsageError(
      `The preset ${preset.name} is for ${preset.rule}, but --rule names ${typedRules?.join(", ")}; leave one of the two out.`,
    );
  const resumeFile = text(values, "resume");
  const checkpoint = resumeFile === undefined ? undefined : loadCheckpoint(resumeFile);
  const before = checkpoint?.settings;

  const ruleNames = typedRules ?? checkpoint?.snapshots.map(({ name }) => name);
  if (!ruleNames)
    throw new UsageError(
      `engram ${command} needs --rule, one or more of ${rules.map(({ name }) => name).join(", ")}, or --preset.`,
    );
  const data = text(values, "data");
  const named = typed.task ?? (before && isOwn(before.task) ? undefined : before?.task) ?? preset?.tasks[0];
  const own = named === undefined && data !== undefined ? await ownTask(data, context) : undefined;
  const taskName = named ?? own?.name;
  if (!taskName)
    throw new UsageError(
      before
        ? `${resumeFile} goes on with data of someone's own ("${before.task}"); name them by --data.`
        : `engram ${command} needs --task, such as xor, digits or mnist, or --data with your own; see engram ${command} --help.`,
    );

  const set = asUsage(() => toldOf(settings(values), ruleNames.map(findRule)));

  // What was typed and what the file says are each checked by themselves before they are compared.
  const taskOf = (name: string) => own ?? findTask(name);
  asUsage(() => checkSettings(typed, taskOf(before ? (typed.task ?? "xor") : taskName)));
  if (before) {
    ofFile(resumeFile!, () => checkSettings(before, taskOf(before.task), true));
    checkSameRun(before, { ...before, ...typed, ...(own && { task: own.name }) }, resumeFile);
  }
  const task = taskOf(taskName);
  // A file holds what its preset came to; a preset's own word counts where there is none.
  const fresh = before ? undefined : preset;
  const common = { ...(fresh && presetSettings(fresh)), ...before, ...typed };
  const {
    layers = usualLayers(task, ruleNames),
    optimizer = "momentum",
    seed = 1,
    activation = "relu",
    output = "softmax",
  } = common;
  const told = { ...(fresh && presetValues(fresh, optimizer)), ...set.told };
  const described = { layers, activation: activation as Activation, output: output as Output };
  asUsage(() => {
    checkShapes(layers, task, described.output);
    for (const name of ruleNames) checkDepth(findRule(name), layers);
    shareValues(ruleNames.map(findRule), checkOptimiser(optimizer), told);
  });
  const save = text(values, "save");
  if (save !== undefined) checkSavable(save);
  if (checkpoint && save !== undefined && isSameFile(save, resumeFile!))
    refuseLoss(save, checkpoint, ruleNames);

  const counts = { train: typed.train ?? before?.train, test: typed.test ?? before?.test };
  const loaded = own
    ? own.load({ train: typed.train, test: typed.test })
    : loadTask(task, { seed, ...counts }, data, context);
  const dataset = await loaded.catch((error: unknown) => {
    const typedCounts = typed.train !== undefined || typed.test !== undefined;
    throw error instanceof RangeError && (!before || typedCounts)
      ? new UsageError(error.message, { cause: error })
      : error;
  });
  const chosen = Object.fromEntries(
    [...set.options].map(([name, typedOptions]) => {
      const kept =
        checkpoint?.snapshots.find((snapshot) => snapshot.name === name)?.options ?? fresh?.options;
      return [name, { ...kept, ...typedOptions }];
    }),
  );
  const batch = common.batch ?? Math.min(defaultBatch, dataset.train.count);
  const options: ExperimentOptions = {
    rules: ruleNames,
    ...described,
    batch,
    optimizer,
    seed,
    values: told,
    options: chosen,
  };
  if (checkpoint) checkFits(checkpoint, options, resumeFile!);
  else asUsage(() => checkSteps(options));
  return {
    dataset,
    options,
    epochs,
    save,
    resume: checkpoint && { file: resumeFile!, checkpoint },
    align: values.align === true,
  };
}

/** The task's own layers; where no rule can teach hidden ones, without them. */
function usualLayers({ defaultLayers, inputs, classes }: Task, ruleNames: readonly string[]): number[] {
  return ruleNames.every((name) => findRule(name).shallow) ? [inputs, classes] : [...defaultLayers];
}

/** What a preset says of the network and the way it learns, in a checkpoint's words. */
function presetSettings({ layers, activation, output, batch, optimizer }: Preset): Partial<RunSettings> {
  return { layers: [...layers], activation, output, batch, optimizer };
}

/** What was set, told apart: numbers that may change while a rule runs, and options that shape its schedule. */
export function toldOf(set: Readonly<Record<string, string>>, sharers: readonly Rule[]) {
  const shapes = (name: string) =>
    name === "readout" || sharers.some(({ options = {} }) => Object.hasOwn(options, name));
  const isNumber = (typed: string) => Number.isFinite(Number(typed)) && typed.trim() !== "";
  const all = Object.entries(set);
  const told = all
    .filter(([name]) => !shapes(name))
    .map(([name, typed]) => [name, parseNumber(`--set ${name}`, typed)]);
  const shaping = all
    .filter(([name]) => shapes(name))
    .map(([name, typed]) => [name, isNumber(typed) ? Number(typed) : typed]);
  return {
    told: Object.fromEntries(told) as Record<string, number>,
    options: shareOptions(sharers, Object.fromEntries(shaping)),
  };
}

/** Checks settings as far as they go without the others. @throws one sentence */
function checkSettings(some: Partial<RunSettings>, task: Task, shapes = false): void {
  const { layers = task.defaultLayers, batch = defaultBatch, activation = "relu", output = "softmax" } = some;
  checkNetwork({ layers, batch, activation: activation as Activation, output: output as Output });
  checkOptimiser(some.optimizer ?? "momentum");
  if (shapes) checkShapes(layers, task, output as Output);
  if (some.seed !== undefined && some.seed > u32)
    throw new Error(`The seed must be at most ${u32}, but is ${some.seed}.`);
}

/** Runs a check of what a checkpoint says of itself, whose errors are therefore the file's. */
function ofFile(file: string, check: () => unknown): void {
  try {
    check();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${file} can't be resumed, as it is broken or from another version: ${why}`, { cause });
  }
}

/** The settings that flags give; what was not given is absent. */
function typedSettings(values: OptionValues): { -readonly [Key in keyof RunSettings]?: RunSettings[Key] } {
  const given = {
    task: text(values, "task"),
    train: whole(values, "train", 1, u32),
    test: whole(values, "test", 1, u32),
    layers: layerSizes(values),
    activation: text(values, "activation"),
    output: text(values, "output"),
    batch: whole(values, "batch", 1, 65_535),
    optimizer: text(values, "optimizer"),
    seed: whole(values, "seed", 0, u32),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function isSameFile(a: string, b: string): boolean {
  try {
    return realpathSync(a) === realpathSync(b);
  } catch {
    return false; // one of them is not there yet
  }
}

/** Going on with some rules of a file and saving over it would lose the others. */
function refuseLoss(file: string, { snapshots }: Checkpoint, going: readonly string[]): void {
  const lost = snapshots.map(({ name }) => name).filter((name) => !going.includes(name));
  if (lost.length === 0) return;
  throw new UsageError(
    `Saving over ${file} would lose ${lost.join(", ")}, which --rule leaves out: save to another file, or leave --rule out.`,
  );
}

/** @throws one sentence when a rule can't work with such layers or such an activation, as shows when its step is written */
function checkSteps(options: ExperimentOptions): void {
  const net = network(options);
  for (const name of options.rules)
    trainingStep(findRule(name), net, checkOptimiser(options.optimizer ?? "momentum"), options.seed ?? 1, {
      options: resolveOptions(findRule(name), options.options?.[name]),
    });
}

/** @throws one sentence when the checkpoint lacks a rule, or its tensors or numbers are not the rule's */
function checkFits(checkpoint: Checkpoint, options: ExperimentOptions, file: string): void {
  const optimiser = checkOptimiser(options.optimizer ?? "momentum");
  const net = network(options);
  for (const name of options.rules) {
    const rule = findRule(name);
    const { tensors, values, options: shaped, steps } = snapshotOf(checkpoint, name, file);
    ofFile(file, () => resolveOptions(rule, shaped));
    checkSameOptions(name, resolveOptions(rule, shaped), resolveOptions(rule, options.options?.[name]), file);
    checkTensors(
      name,
      learnedFields(
        trainingStep(rule, net, optimiser, options.seed ?? 1, { options: options.options?.[name] }).schedule,
      ),
      tensors,
      file,
    );
    ofFile(file, () => resolveValues(rule, optimiser, values));
    if (steps > u32)
      throw new Error(`${file} claims ${steps} steps of ${name}, more than can be counted; it is broken.`);
  }
}
