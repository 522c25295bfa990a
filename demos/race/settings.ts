/** What the race starts with, and what choices come to: small on a software adapter, larger on a GPU. */
import type { ExperimentOptions } from "../../src/experiment/experiment";
import { rules } from "../../src/experiment/rules";
import { type OptimiserName, optimiserNames } from "../../src/net/optimiser";
import { type Activation, activations } from "../../src/net/population";
import { type Dataset, type TaskOptions, tasks } from "../../src/task/task";
import type { ChoiceLists, Choices } from "../../src/view/controls";
import { count } from "../../src/view/format";
import { lookOf } from "../../src/view/palette";

/** Steps a second that each rule is held to; Infinity: as many as the adapter can. */
export const speeds: Readonly<Record<string, number>> = {
  "1 step a second": 1,
  "10 steps a second": 10,
  "100 steps a second": 100,
  "as fast as it goes": Number.POSITIVE_INFINITY,
};

/** They learn layers of their own kind, which the race's network has not. */
const needsOwnNetwork = [
  "equilibrium-propagation",
  "hebb",
  "oja",
  "sanger",
  "bcm",
  "krotov-hopfield",
  "soft-hebb",
];

const racing = new Set(["backprop", "feedback-alignment"]);

/** Rules that run on the race's one network and optimiser; the others have demos of their own. */
const racers = rules.filter(
  ({ name }) => lookOf(name).colour !== "--muted" && !needsOwnNetwork.includes(name),
);

/** Tasks that need nothing fetched. */
const atHand = ["digits", "spirals", "xor"];

export const lists: ChoiceLists = {
  rules: Object.fromEntries(racers.map(({ name, title }) => [name, title])),
  tasks: Object.fromEntries(
    tasks.filter(({ name }) => atHand.includes(name)).map(({ name, title }) => [name, title]),
  ),
  activations: activations.filter((name) => name !== "identity"),
  optimizers: optimiserNames,
  speeds: Object.keys(speeds),
};

/** The choices that a visitor finds. */
export function firstChoices(software: boolean): Choices {
  return {
    rules: Object.fromEntries(racers.map(({ name }) => [name, racing.has(name)])),
    task: "digits",
    hidden: software ? "64, 32" : "256, 128",
    activation: "tanh",
    optimizer: "momentum",
    rate: 0.03,
    batch: software ? 64 : 128,
    seed: "1",
    speed: software ? "as fast as it goes" : "100 steps a second",
  };
}

/** How many synthetic samples suit the adapter. */
export function samplesFor(task: string, software: boolean): TaskOptions {
  if (task !== "digits") return {};
  return software ? { train: 4000, test: 500 } : { train: 12_000, test: 2000 };
}

export const chosenRules = ({ rules: chosen }: Choices): string[] =>
  rules.map(({ name }) => name).filter((name) => chosen[name]);

/**
 * @param train of the dataset, once it is here: no batch is larger
 * @throws one sentence when the hidden layers are no list of sizes, a number can't be used, or no rule is chosen
 */
export function optionsOf(
  choices: Choices,
  { inputs, classes, train }: Pick<Dataset, "inputs" | "classes"> & { train?: { count: number } },
): ExperimentOptions {
  const names = chosenRules(choices);
  if (names.length === 0) throw new Error("A race needs at least one rule; leave one switched on.");
  return {
    rules: names,
    layers: [inputs, ...hiddenSizes(choices.hidden), classes],
    activation: choices.activation as Activation,
    optimizer: choices.optimizer as OptimiserName,
    batch: Math.min(whole("The batch", String(choices.batch), 1, 65_536), train?.count ?? 65_536),
    seed: whole("The seed", choices.seed, 0, 2 ** 32 - 1),
    values: choices.rate > 0 ? { rate: choices.rate } : {},
  };
}

/** @throws one sentence where that is no whole number in the range */
function whole(what: string, typed: string, least: number, most: number): number {
  const text = typed.trim();
  if (/^\d+$/.test(text) && Number(text) >= least && Number(text) <= most) return Number(text);
  throw new Error(`${what} is a whole number from ${count(least)} to ${count(most)}, but “${text}” is none.`);
}

/** @throws one sentence where a size is no whole number above 0, or there are more than six */
function hiddenSizes(typed: string): number[] {
  const sizes = typed
    .split(/[\s,;]+/)
    .filter((part) => part !== "")
    .map(Number);
  const wrong = typed
    .split(/[\s,;]+/)
    .find((part) => part !== "" && !(Number.isInteger(Number(part)) && Number(part) >= 1));
  if (wrong !== undefined)
    throw new Error(
      `Hidden layers are whole numbers above 0 with commas between, such as “64, 32”, but “${wrong}” is none.`,
    );
  if (sizes.length > 6) throw new Error(`This page draws at most 6 hidden layers, but got ${sizes.length}.`);
  return sizes;
}
