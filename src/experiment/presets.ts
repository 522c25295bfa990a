/** Presets: set-ups under which a rule was published or does well, each with the figure that it aims at. Found by glob. */
import { unknownName } from "../gpu/name";
import type { Output } from "../net/network";
import type { OptimiserName, Values } from "../net/optimiser";
import type { Activation } from "../net/population";
import type { Chosen } from "../net/rule";
import type { ExperimentOptions } from "./experiment";
import { type Measured, measured } from "./measured";
import { findRule } from "./rules";

export interface Preset {
  /** The rule's own name, or `rule/variant`. */
  readonly name: string;
  readonly rule: string;
  /** What sets it apart, in one phrase. */
  readonly about: string;
  /** Tasks that it suits: the first is the one that it was made for. */
  readonly tasks: readonly string[];
  readonly layers: readonly number[];
  readonly batch: number;
  readonly activation: Activation;
  readonly output: Output;
  readonly optimizer: OptimiserName;
  readonly epochs: number;
  readonly values?: Values;
  readonly options?: Chosen;
  /** The published figure, in per cent of test samples, and where it stands. */
  readonly aim: { readonly accuracy: number; readonly source: string };
  /** What came of it here, by task; from `measured.ts`. */
  readonly measured?: Readonly<Record<string, Measured>>;
}

const modules = import.meta.glob<{ presets: readonly Omit<Preset, "measured">[] }>("./preset/*.ts", {
  eager: true,
});

/** Every preset, by name. */
export const presets: readonly Preset[] = Object.values(modules)
  .flatMap((module) => module.presets)
  .map((preset) => ({ ...preset, measured: measured[preset.name] ?? {} }))
  .sort((a, b) => a.name.localeCompare(b.name));

/** @throws when there is none of that name, with the nearest that there is */
export function findPreset(name: string): Preset {
  const found = presets.find((preset) => preset.name === name);
  if (found) return found;
  throw new Error(
    unknownName(
      "preset",
      name,
      presets.map((preset) => preset.name),
    ),
  );
}

/** The preset that stands for a rule on a task: the one that bears the rule's own name. */
export function presetFor(rule: string, task: string): Preset | undefined {
  return presets.find(({ name, tasks }) => name === rule && tasks.includes(task));
}

/** What an experiment needs to run a preset. */
export function presetOptions(preset: Preset): ExperimentOptions {
  const { rule, layers, batch, activation, output, optimizer, values, options } = preset;
  return {
    rules: [rule],
    layers,
    batch,
    activation,
    output,
    optimizer,
    ...(values && { values }),
    ...(options && { options: { [rule]: options } }),
  };
}

/**
 * A preset's numbers under an optimiser. Those of the preset's optimiser were chosen for it: under another one only the
 * rule's own are kept.
 */
export function presetValues({ rule, optimizer, values = {} }: Preset, under: string): Values {
  const own = findRule(rule).params;
  const kept = Object.entries(values).filter(([name]) => under === optimizer || Object.hasOwn(own, name));
  return Object.fromEntries(kept);
}
