/** Spec: what a network's data say by name, with what they leave out filled in. */
import { unknownName } from "../../gpu/name";
import type { Parameter, PopulationSpec, ProjectionSpec, Values } from "./model";

/** The most steps that a spike can be under way: a synapse keeps its delay in 8 bits. */
export const mostDelay = 255;
/** The most neurons of a population: a synapse keeps its post neuron in 24 bits. */
export const mostNeurons = 2 ** 24;

/** A projection's name: its own, or `pre-post/port`. */
export function nameOf({ name, pre, post, port }: ProjectionSpec): string {
  return name ?? `${pre}-${post}/${port}`;
}

/** @throws for an unknown name */
export function find(populations: readonly PopulationSpec[], name: string): PopulationSpec {
  const found = populations.find((population) => population.name === name);
  if (found) return found;
  throw new Error(
    unknownName(
      "population",
      name,
      populations.map((population) => population.name),
    ),
  );
}

/** Parameters with defaults filled in. @throws for unknown names, and numbers out of range */
export function filled(
  params: Readonly<Record<string, Parameter>>,
  given: Values,
  where: string,
): Record<string, number> {
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(params, name))
      throw new Error(`${where}: ${unknownName("parameter", name, Object.keys(params))}`);
    const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY, unit } = params[name]!;
    if (!(value >= min && value <= max && Number.isFinite(value)))
      throw new Error(
        `${where}: ${name} must be a number from ${min} to ${max}${unit ? ` ${unit}` : ""}, but is ${value}.`,
      );
  }
  return Object.fromEntries(
    Object.entries(params).map(([name, parameter]) => [name, given[name] ?? parameter.default]),
  );
}

/** The parameters of one neuron. */
export function valuesAt(params: NonNullable<PopulationSpec["params"]>, neuron: number): Values {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, typeof value === "number" ? value : value[neuron]!]),
  );
}
