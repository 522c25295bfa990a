/** Check: what is amiss with a network, said before anything is made of it. */
import { unknownName } from "../../gpu/name";
import { checkProjection } from "./check-projection";
import type { PopulationSpec, SpikingNetwork } from "./model";
import { filled, find, mostNeurons, nameOf, valuesAt } from "./spec";

/**
 * @throws in one sentence for a name twice or unknown, a number out of its range or not finite, a list of the wrong length,
 *   a delay that is no whole number of steps from 1 to 255 (or 0), or a connection that can't be made
 */
export function checkNetwork(network: SpikingNetwork): void {
  const { dt, seed, populations, projections, dopamine } = network;
  if (!(dt > 0 && Number.isFinite(dt)))
    throw new Error(`The network's dt must be a number of ms above 0, but is ${dt}.`);
  if (!(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32))
    throw new Error(`The network's seed must be a whole number from 0 to 2³² − 1, but is ${seed}.`);
  if (populations.length === 0) throw new Error("The network has no population; give it one at least.");
  unique(
    populations.map(({ name }) => name),
    "populations",
  );
  for (const population of populations) checkPopulation(population, dt);
  unique(
    projections.map((projection) => nameOf(projection)),
    "projections",
  );
  for (const projection of projections) checkProjection(projection, network);
  if (dopamine) {
    for (const place of [dopamine.reward?.pre, dopamine.reward?.post])
      if (place) {
        const { size } = find(populations, place.population);
        if (!(place.neuron >= 0 && place.neuron < size))
          throw new Error(
            `The reward names neuron ${place.neuron} of "${place.population}", which has ${size}; give a number from 0 to ${size - 1}.`,
          );
      }
    if (dopamine.released) find(populations, dopamine.released.population);
    if (!(dopamine.tau > 0 && Number.isFinite(dopamine.tau)))
      throw new Error(`The dopamine's tau must be above 0 ms, but is ${dopamine.tau}.`);
  }
}

function unique(names: readonly string[], what: string): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new Error(`Two ${what} are called "${twice}"; give one of them another name.`);
}

function checkPopulation(population: PopulationSpec, dt: number): void {
  const { name, model, size, params = {}, initial = {}, background = [], times, positions } = population;
  const where = `Population "${name}" (${model.name})`;
  if (!(Number.isInteger(size) && size > 0 && size <= mostNeurons))
    throw new Error(`${where} must have from 1 to ${mostNeurons} neurons, but has ${size}.`);
  for (const [key, value] of Object.entries(params))
    if (typeof value !== "number" && value.length !== size)
      throw new Error(
        `${where}: ${key} must be one number or ${size}, one a neuron, but ${value.length} were given.`,
      );
  const each = Object.values(params).some((value) => typeof value !== "number") ? size : 1;
  for (let neuron = 0; neuron < each; neuron++) {
    const at = each === 1 ? where : `${where}, neuron ${neuron}`;
    const all = filled(model.params, valuesAt(params, neuron), at);
    const amiss = model.check?.(all, dt);
    if (amiss) throw new Error(`${at}: ${amiss}`);
  }
  for (const key of Object.keys(initial))
    if (!Object.hasOwn(model.state, key))
      throw new Error(`${where}: ${unknownName("state variable", key, Object.keys(model.state))}`);
  for (const [key, draw] of Object.entries(initial))
    if (typeof draw !== "number" && "values" in draw && draw.values.length !== size)
      throw new Error(
        `${where}: ${key} must start from ${size} values, but ${draw.values.length} were given.`,
      );
  for (const { port, rate, count, weight } of background) {
    if (!model.ports.includes(port)) throw new Error(`${where}: ${unknownName("port", port, model.ports)}`);
    if (!(rate >= 0 && count >= 0 && Number.isFinite(rate * count * weight)))
      throw new Error(
        `${where}: a background needs a rate and a count from 0 on, but has ${count} trains at ${rate} spikes/s of weight ${weight}.`,
      );
  }
  if (model.timed && times?.length !== size)
    throw new Error(
      `${where} needs \`times\`, a list of ms for each of its ${size} neurons, but got ${times?.length ?? "none"}.`,
    );
  if (positions && positions.length !== 2 * size)
    throw new Error(
      `${where}: positions must be ${2 * size} numbers, two a neuron, but are ${positions.length}.`,
    );
}
