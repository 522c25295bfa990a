/** A trainer's network in float64, to be stepped by the reference beside it. */
import { expect } from "vitest";
import { parametersOf, rules } from "../../src/experiment/rules";
import { Trainer } from "../../src/experiment/trainer";
import type { NetworkOptions } from "../../src/net/network";
import type { Values } from "../../src/net/optimiser";
import { asSingle, type OptimiserName } from "../reference/optimiser";
import { freshStates, type Model, type RuleName, trainingStep } from "../reference/step";
import { expectClose } from "./close";
import { testDevice } from "./device";
import { choices, uniform } from "./random";
import { livelyValues } from "./run";

/** A small network of odd sizes, and a batch for it. */
export const small = { layers: [7, 9, 6, 3], batch: 5 } as const;
export const inputs = uniform(5 * 7, 11);
export const labels = choices(5, 12, 3);

/** Those of `values` that the rule knows under the optimiser. */
export function known(rule: string, optimiser: OptimiserName, values: Values = livelyValues): Values {
  const names = Object.keys(parametersOf(rules.find(({ name }) => name === rule)!, optimiser));
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));
}

export async function smallTrainer(
  rule: RuleName,
  optimizer: OptimiserName,
  values?: Values,
  options: Partial<NetworkOptions> = {},
) {
  const device = await testDevice();
  return Trainer.create(device, {
    ...small,
    ...options,
    rule,
    optimizer,
    values: known(rule, optimizer, values),
    seed: 3,
  });
}

/** Where each projection's (or, directly fed, each hidden population's) feedback lies. */
function feedbackName(rule: RuleName, trainer: Trainer, l: number): string {
  const { pre, name } = trainer.net.projections[l]!;
  return rule === "direct-feedback-alignment" ? `${pre.name}-output/feedback` : `${name}/feedback`;
}

/** Everything that the trainer has learned so far, in float64. */
async function readModel(rule: RuleName, trainer: Trainer): Promise<Model> {
  const { net, values, optimiser } = trainer;
  const read = async (name: string) =>
    trainer.memory.names().includes(name) ? Float64Array.from(await trainer.read(name)) : undefined;
  const all = <T>(of: (l: number) => Promise<T>) => Promise.all(net.projections.map((_, l) => of(l)));
  const weights = (await all((l) => read(net.projections[l]!.weight.name))) as Float64Array[];
  const states = await all((l) => read(`${net.projections[l]!.weight.name}.state`));
  const { rate = 0, decay = 0, momentum = 0, variance = 0, epsilon = 0, anneal = 0, mirror = 0 } = values;
  return {
    rule,
    layers: net.populations.map(({ size }) => size),
    batch: net.batch,
    activation: net.populations[1]!.activation,
    output: net.output,
    optimiser,
    settings: asSingle({ rate, decay, momentum, variance, epsilon, anneal }),
    weights,
    feedback: await all(async (l) => (l > 0 ? read(feedbackName(rule, trainer, l)) : undefined)),
    states: freshStates(optimiser, weights).map((fresh, l) => states[l] ?? fresh),
    feedbackStates: await all((l) => read(`${feedbackName(rule, trainer, l)}.state`)),
    mirror: Math.fround(mirror),
    seed: 3,
    clock: trainer.steps,
  };
}

/** One step from a generic state is the reference's, in every weight and memory. */
export async function expectTheReferencesStep(
  rule: RuleName,
  optimiser: OptimiserName,
  options: Partial<NetworkOptions>,
  magnitude: readonly number[],
): Promise<void> {
  const trainer = await smallTrainer(rule, optimiser, livelyValues, options);
  trainer.learned.forEach(({ name, shape }, i) => {
    const values = uniform(
      shape.reduce((a, b) => a * b, 1),
      i,
      0.6,
    );
    trainer.write(name, name.endsWith(".state") ? values.map(Math.abs) : values);
  });
  trainer.rewind(4);
  const model = await readModel(rule, trainer);
  trainingStep(model, inputs, labels, magnitude);
  await trainer.step(inputs, labels);
  const after = await readModel(rule, trainer);
  expect(after.clock).toBe(model.clock);
  for (const part of ["weights", "states", "feedback", "feedbackStates"] as const)
    model[part].forEach((expected, l) => {
      if (expected) expectClose(after[part][l]!, expected, `${part} of layer ${l + 1}`, { absolute: 3e-7 });
    });
  trainer.destroy();
}
