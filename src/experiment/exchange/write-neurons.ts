/** A population as a node of a network file: NIR's own where it says the same, else `engram:Neurons`. */
import { drawValues } from "../../net/spiking/draw";
import type { PopulationSpec } from "../../net/spiking/model";
import { isInput, toNir } from "./nir";
import type { Column, Shelf } from "./numbers";

/** State variables by name: [size], in the model's units. */
export type State = Readonly<Record<string, ArrayLike<number>>>;

export const unitsOf = (declared: Readonly<Record<string, { readonly unit: string }>>) =>
  Object.fromEntries(Object.entries(declared).map(([name, { unit }]) => [name, unit]));

/** Where each variable starts: what was read, else what the network says, drawn as the engine draws it, else the model. */
function initialOf(
  spec: PopulationSpec,
  params: Readonly<Record<string, Column>>,
  state: State,
  seed: number,
  shelf: Shelf,
) {
  const { name, model, size } = spec;
  const start = (variable: string, byModel: number | string): Column => {
    const own = spec.initial?.[variable];
    if (state[variable]) return state[variable];
    if (own === undefined) return typeof byModel === "string" ? params[byModel]! : byModel;
    return typeof own === "number" ? own : drawValues(own, size, seed, `${name}/${variable}`);
  };
  return Object.entries(model.state).map(([variable, { initial }]) => {
    const column = start(variable, initial);
    if (typeof column !== "number" && column.length !== size)
      throw new Error(`${variable} of "${name}" has ${column.length} values for ${size} neurons.`);
    return [variable, shelf.tell(`${name}/initial/${variable}`, column)] as const;
  });
}

function timesOf({ name, size, times = [] }: PopulationSpec, shelf: Shelf) {
  const offsets = new Uint32Array(size + 1);
  for (const [i, own] of times.entries()) offsets[i + 1] = offsets[i]! + own.length;
  return {
    offsets: shelf.put(`${name}/times/offsets`, [size + 1], offsets),
    ms: shelf.tell(
      `${name}/times/ms`,
      times.flatMap((own) => Array.from(own)),
    ),
  };
}

export function neuronNode(
  spec: PopulationSpec,
  state: State,
  seed: number,
  shelf: Shelf,
): Record<string, unknown> {
  const { name, model, size, times, positions } = spec;
  const params: Record<string, Column> = Object.fromEntries(
    Object.entries(model.params).map(([key, parameter]) => [key, spec.params?.[key] ?? parameter.default]),
  );
  const tell = (columns: Readonly<Record<string, Column>>) =>
    Object.fromEntries(
      Object.entries(columns).map(([key, value]) => [key, shelf.tell(`${name}/${key}`, value)]),
    );
  const initial = initialOf(spec, params, state, seed, shelf);
  const metadata = {
    ...(initial.length > 0 && { initial: Object.fromEntries(initial) }),
    ...(positions && { positions: shelf.tell(`${name}/positions`, positions) }),
    ...(times && { times: timesOf(spec, shelf) }),
  };
  const shape = [size];
  if (isInput(spec)) return { type: "Input", shape, metadata };
  const nir = toNir(model.name, params);
  if (nir) return { type: nir.form.type, shape, ...tell(nir.node), metadata };
  return {
    type: "engram:Neurons",
    shape,
    model: model.name,
    about: model.about,
    source: model.source,
    units: unitsOf({ ...model.params, ...model.state }),
    params: tell(params),
    metadata,
  };
}
