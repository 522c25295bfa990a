/**
 * Neurons run on the GPU from given trains of spikes: groups of one model each, all in one network, because a network is
 * compiled as one shader and that takes longer than the run; a dispatch a step, because that compiles sooner.
 */
import { Simulation } from "../../src/experiment/simulation";
import type {
  NeuronModel,
  PopulationSpec,
  ProjectionSpec,
  SpikingNetwork,
  Values,
} from "../../src/net/spiking/model";
import { spikeSource } from "../../src/neuron/spike-source";
import { testDevice } from "../support/device";
import { mulberry32 } from "../support/random";

/** Spikes of one weight that reach a port in these steps, from 1 on, ascending. */
export interface Train {
  readonly port: string;
  readonly weight: number;
  readonly steps: readonly number[];
}

export interface Copy {
  readonly params?: Values;
  readonly trains?: readonly Train[];
}

/** Neurons of one model, each with parameters and input of its own. */
export interface Group {
  readonly model: NeuronModel;
  readonly copies: readonly Copy[];
  readonly initial?: Values;
}

export interface Course {
  /** The steps in which each copy fired. */
  readonly spikes: readonly (readonly number[])[];
  /** Its first state variable (v) after each step, by copy. */
  readonly v: readonly Float64Array[];
  /** All state variables at the end, by name and copy. */
  readonly end: Readonly<Record<string, Float32Array>>;
}

/** A model's parameters: its defaults, changed as told. */
export function parametersOf(model: NeuronModel, told: Values = {}): Record<string, number> {
  const defaults = Object.entries(model.params).map(([name, { default: value }]) => [name, value]);
  return { ...Object.fromEntries(defaults), ...told };
}

/** Spikes at `rate` a step, of a weight rounded to f32. */
export function randomTrain(port: string, weight: number, rate: number, steps: number, seed: number): Train {
  const next = mulberry32(seed);
  const at = Array.from({ length: steps }, (_, step) => step).filter((step) => next() < rate && step > 0);
  return { port, weight: Math.fround(weight), steps: at };
}

function populationOf({ model, copies, initial = {} }: Group, index: number): PopulationSpec {
  const whole = copies.map(({ params }) => parametersOf(model, params));
  const told = [...new Set(copies.flatMap(({ params = {} }) => Object.keys(params)))];
  const params = Object.fromEntries(told.map((key) => [key, whole.map((one) => one[key]!)]));
  return { name: `group ${index}`, model, size: copies.length, params, initial };
}

/** The network that the groups make, with one population that fires all their trains. */
function networkOf(dt: number, groups: readonly Group[]): SpikingNetwork {
  const heard = groups.flatMap(({ copies }, group) =>
    copies.flatMap(({ trains = [] }, copy) => trains.map((train) => ({ ...train, group, copy }))),
  );
  const populations = groups.map(populationOf);
  if (heard.length > 0)
    populations.push({
      name: "sources",
      model: spikeSource,
      size: heard.length,
      times: heard.map(({ steps }) => steps.map((step) => (step - 1) * dt)), // heard in the step after
    });
  const projections = groups.flatMap(({ model }, group) =>
    model.ports.flatMap((port): ProjectionSpec[] => {
      const from = [...heard.keys()].filter((at) => heard[at]!.group === group && heard[at]!.port === port);
      if (from.length === 0) return [];
      const connect = { kind: "list", pre: from, post: from.map((at) => heard[at]!.copy) } as const;
      const weight = { values: from.map((at) => heard[at]!.weight) };
      return [{ pre: "sources", post: `group ${group}`, port, connect, weight }];
    }),
  );
  return { dt, seed: 1, populations, projections };
}

export async function coursesOf(dt: number, steps: number, groups: readonly Group[]): Promise<Course[]> {
  const network = networkOf(dt, groups);
  const watch = groups.flatMap(({ model, copies }, index) => {
    const [variable] = Object.keys(model.state);
    if (variable === undefined) return [];
    return copies.map((_, neuron) => ({ population: `group ${index}`, neuron, variable }));
  });
  const record = groups.map((_, index) => `group ${index}`);
  const simulation = await Simulation.create(await testDevice(), network, {
    record,
    watch,
    lowering: "steps",
  });
  await simulation.run(steps * dt);
  const all = simulation.watchedValues();
  let column = 0;
  const courses: Course[] = [];
  for (const [index, { model, copies }] of groups.entries()) {
    const first = column;
    const variables = Object.keys(model.state);
    if (variables.length > 0) column += copies.length;
    const { steps: when, neurons: who } = simulation.spikes(`group ${index}`);
    const end: Record<string, Float32Array> = {};
    for (const name of variables) end[name] = await simulation.read(`group ${index}`, name);
    courses.push({
      spikes: copies.map((_, copy) => Array.from(when).filter((_, k) => who[k] === copy)),
      v: copies.map((_, copy) =>
        Float64Array.from({ length: steps }, (_, step) => all[step * watch.length + first + copy]!),
      ),
      end,
    });
  }
  simulation.destroy();
  return courses;
}
