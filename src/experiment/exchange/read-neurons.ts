/** Populations from the nodes of a network file. Structure has been checked; names, sizes and ranges are checked here. */
import { unknownName } from "../../gpu/name";
import type { Background, NeuronModel, PopulationSpec } from "../../net/spiking/model";
import { filled, mostNeurons, valuesAt } from "../../net/spiking/spec";
import type { Metadata, Node, NodeOf } from "./format";
import { nirForms } from "./nir";
import type { Column, Drawer, Told, Wrong } from "./numbers";

export interface Reading {
  readonly drawer: Drawer;
  readonly wrong: Wrong;
  /** ms. */
  readonly dt: number;
}

export interface ReadPopulation {
  readonly spec: PopulationSpec;
  /** What weights onto it are to be multiplied by. */
  readonly gain: Column;
}

type NeuronNode = NodeOf<"Input" | "LIF" | "CubaLIF" | "engram:Neurons">;

export const isNeurons = (node: Node): node is NeuronNode =>
  node.type === "Input" || node.type === "LIF" || node.type === "CubaLIF" || node.type === "engram:Neurons";

/** A sentence as the end of another. */
export const within = (sentence: string) =>
  sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, "");

export function lookUp<Found>(
  table: Readonly<Record<string, Found>>,
  kind: string,
  name: string,
  place: string,
  wrong: Wrong,
): Found {
  if (Object.hasOwn(table, name)) return table[name]!;
  throw wrong(place, within(unknownName(kind, name, Object.keys(table))));
}

/** @throws where the file counts in other units than the model, as a number would be taken for another */
export function checkUnits(
  told: Readonly<Record<string, string>> | undefined,
  declared: Readonly<Record<string, { readonly unit: string }>>,
  place: string,
  wrong: Wrong,
): void {
  for (const [name, unit] of Object.entries(told ?? {}))
    if (Object.hasOwn(declared, name) && declared[name]!.unit !== unit)
      throw wrong(
        `${place}.units.${name}`,
        `the unit is "${unit}", but "${declared[name]!.unit}" in the model`,
      );
}

function readTimes(
  times: NonNullable<Metadata["times"]>,
  size: number,
  place: string,
  { drawer, wrong }: Reading,
) {
  const offsets = drawer.take(`${place}.offsets`, times.offsets, Uint32Array, [size + 1]);
  const count = offsets[size]!;
  if (offsets[0] !== 0 || offsets.some((offset, i) => i > 0 && offset < offsets[i - 1]!))
    throw wrong(`${place}.offsets`, "the offsets don't ascend from 0");
  const ms = drawer.read(`${place}.ms`, times.ms, count, "spikes");
  if (typeof ms === "number") throw wrong(`${place}.ms`, "a list was expected");
  return Array.from({ length: size }, (_, i) => {
    const own = ms.slice(offsets[i], offsets[i + 1]);
    if (own.some((time, k) => time < 0 || (k > 0 && time < own[k - 1]!)))
      throw wrong(`${place}.ms`, `the times of neuron ${i} don't ascend from 0`);
    return own;
  });
}

/** What a node's metadata say of a population. */
function readMetadata(
  { initial, positions, times }: Metadata,
  size: number,
  place: string,
  reading: Reading,
) {
  const { drawer, wrong } = reading;
  const started = Object.entries(initial ?? {}).map(([name, told]) => {
    const column = drawer.read(`${place}.initial.${name}`, told, size);
    return [name, typeof column === "number" ? column : { values: column }] as const;
  });
  const places =
    positions === undefined
      ? undefined
      : drawer.read(`${place}.positions`, positions, 2 * size, "coordinates");
  if (typeof places === "number") throw wrong(`${place}.positions`, "a list was expected");
  return {
    ...(started.length > 0 && { initial: Object.fromEntries(started) }),
    ...(places && { positions: places }),
    ...(times && { times: readTimes(times, size, `${place}.times`, reading) }),
  };
}

/** @throws where a neuron's parameters are unknown, out of range or at odds with each other */
function checkParams(
  model: NeuronModel,
  params: NonNullable<PopulationSpec["params"]>,
  size: number,
  dt: number,
): void {
  const varies = Object.values(params).some((value) => typeof value !== "number");
  for (let i = 0; i < (varies ? size : 1); i++) {
    const where = varies ? `neuron ${i}` : "its parameters";
    const all = filled(model.params, valuesAt(params, i), where);
    const amiss = model.check?.(all, dt);
    if (amiss) throw new Error(`${where}: ${amiss}`);
  }
}

export function readPopulation(
  name: string,
  node: NeuronNode,
  background: readonly Background[],
  models: Readonly<Record<string, NeuronModel>>,
  reading: Reading,
): ReadPopulation {
  const { drawer, wrong, dt } = reading;
  const place = `nodes.${name}`;
  const form = nirForms.find(({ type }) => type === node.type);
  const modelName = node.type === "engram:Neurons" ? node.model : (form?.model ?? "spike-source");
  const model = lookUp(
    models,
    "neuron model",
    modelName,
    node.type === "engram:Neurons" ? `${place}.model` : place,
    wrong,
  );
  const { type: _, shape, metadata, ...fields } = node;
  const told: Record<string, Told> =
    node.type === "engram:Neurons" ? node.params : form ? (fields as Record<string, Told>) : {};
  const size =
    shape?.reduce((product, n) => product * n, 1) ??
    Math.max(...Object.values(told).map((each) => drawer.lengthOf(each)));
  if (size < 1) throw wrong(place, "neither a shape nor a list says how many neurons there are");
  if (size > mostNeurons) throw wrong(place, `it has ${size} neurons, and ${mostNeurons} are the most`);
  const columns = Object.fromEntries(
    Object.entries(told).map(([key, each]) => [key, drawer.read(`${place}.${key}`, each, size)]),
  );
  const { params, gain } = form ? form.from(columns) : { params: columns, gain: 1 };
  if (node.type === "engram:Neurons")
    checkUnits(node.units, { ...model.params, ...model.state }, place, wrong);
  try {
    checkParams(model, params, size, dt);
  } catch (error) {
    throw wrong(place, within((error as Error).message));
  }
  const spec: PopulationSpec = {
    name,
    model,
    size,
    ...(Object.keys(params).length > 0 && { params }),
    ...(model.timed && { times: new Array(size).fill(new Float64Array()) }),
    ...(background.length > 0 && { background }),
    ...readMetadata(metadata, size, `${place}.metadata`, reading),
  };
  return { spec, gain };
}
