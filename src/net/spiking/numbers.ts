/** Numbers: what the kernels are given of a population, its parameters as its model derives them, and its state at the start. */
import { drawValues } from "./draw";
import { backgroundNumbers, type NeuronForm, numberPlaces } from "./forms";
import type { Layout } from "./layout";
import type { PopulationSpec } from "./model";
import { filled, valuesAt } from "./spec";

/** Poisson parts with means small enough for inversion in f32. */
const meanAtOnce = 8;

/** A population's form and the block of numbers that it reads (`numberPlaces`). */
export function numbersOfPopulation(
  spec: PopulationSpec,
  dt: number,
): { form: NeuronForm; values: number[] } {
  const { model, size, params = {}, background = [], name } = spec;
  const each = Object.values(params).some((value) => typeof value !== "number") ? size : 1;
  const perNeuron = Array.from({ length: each }, (_, neuron) =>
    model.derive(filled(model.params, valuesAt(params, neuron), `Population "${name}"`), dt),
  );
  const derived = Object.keys(perNeuron[0]!);
  for (const key of derived) {
    const bad = perNeuron.findIndex((values) => !Number.isFinite(values[key]));
    if (bad >= 0)
      throw new Error(
        `Population "${name}" (${model.name}): its ${key} came out as ${perNeuron[bad]![key]} for neuron ${bad}; check its parameters.`,
      );
  }
  const varying = derived.filter((key) => perNeuron.some((values) => values[key] !== perNeuron[0]![key]));
  const fixed = Object.fromEntries(
    derived.filter((key) => !varying.includes(key)).map((key) => [key, perNeuron[0]![key]!]),
  );
  const form: NeuronForm = { model, derived, varying, fixed, background: background.map(({ port }) => port) };
  const values = [
    ...model.ports.map(() => 1), // unscaling factors, known once the fan-in is
    ...derived.map((key) => perNeuron[0]![key]!),
    ...background.flatMap(({ count, rate, weight }) => {
      const mean = (count * rate * dt) / 1000;
      const parts = Math.max(1, Math.ceil(mean / meanAtOnce));
      return [weight, mean / parts, Math.exp(-mean / parts), parts];
    }),
  ];
  const { varying: at } = numberPlaces(form);
  if (values.length !== at || backgroundNumbers !== 4) throw new Error("numberPlaces and its block differ.");
  for (const key of varying) for (const one of perNeuron) values.push(one[key]!);
  return { form, values };
}

/** Given spike times as steps: where each neuron's list starts, then the lists; all as positions from `timesAt`. */
export function timesOf({ times = [], name }: PopulationSpec, dt: number): number[] {
  const starts = [times.length + 1];
  const steps: number[] = [];
  times.forEach((list, neuron) => {
    let before = -1;
    for (let k = 0; k < list.length; k++) {
      const step = Math.round(list[k]! / dt);
      if (!(step > before && step < 2 ** 24))
        throw new Error(
          `Population "${name}": times of neuron ${neuron} must ascend from 0 by at least one step of ${dt} ms, up to 2²⁴ steps, but ${list[k]} ms comes at place ${k}.`,
        );
      steps.push(step);
      before = step;
    }
    starts.push(times.length + 1 + steps.length);
  });
  return [...starts, ...steps];
}

/** State at the start: drawn by the host, and kept on the GPU from where the model measures it. */
export function initialState(layout: Layout): Float32Array {
  const values = new Float32Array(layout.state);
  for (const { spec, row } of layout.populations)
    Object.entries(spec.model.state).forEach(([name, variable], index) => {
      const from = variable.from;
      const start =
        spec.initial?.[name] ?? (typeof variable.initial === "string" ? undefined : variable.initial);
      const drawn =
        start === undefined
          ? undefined
          : drawValues(start, spec.size, layout.network.seed, `${spec.name}/${name}`);
      for (let neuron = 0; neuron < spec.size; neuron++) {
        const own = (key: string) => parameterAt(spec, key, neuron);
        const value = drawn ? drawn[neuron]! : own(variable.initial as string);
        values[row.state + index * spec.size + neuron] = value - (from ? own(from) : 0);
      }
    });
  for (const { population, variable, from, rings } of layout.followed) {
    const { size, state } = layout.populations[population]!.row;
    for (let k = 0; k < layout.traceSlots * size; k++)
      values[rings + k] = values[state + variable * size + (k % size)]! + from;
  }
  return values;
}

/** A parameter of one neuron: its own, the population's, or the model's default. */
export function parameterAt(spec: PopulationSpec, name: string, neuron: number): number {
  const given = spec.params?.[name];
  if (given === undefined) return spec.model.params[name]!.default;
  return typeof given === "number" ? given : given[neuron]!;
}
