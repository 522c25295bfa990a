/**
 * A projection as nodes of a network file: NIR's `Linear`, after a `Delay` where there is one, for a whole matrix of static
 * weights; else the list of its synapses, which NIR has no node for.
 */

import type { Draw, PopulationSpec, ProjectionSpec } from "../../net/spiking/model";
import { mostDelay } from "../../net/spiking/spec";
import { shift } from "./nir";
import { type Column, map, type Shelf } from "./numbers";
import { unitsOf } from "./write-neurons";

/** The synapses of one projection, in any order: synapse k runs from neuron `pre[k]` to neuron `post[k]`. */
export interface SynapseList {
  readonly pre: ArrayLike<number>;
  readonly post: ArrayLike<number>;
  /** Rounded to f32, which is what the engine computes with. */
  readonly weight: ArrayLike<number>;
  /** In steps of dt, 0 to 255. */
  readonly delay: ArrayLike<number>;
}

/** A node by its name, and the edges that it adds. */
export type Add = (
  key: string,
  node: Record<string, unknown>,
  ...edges: (readonly [from: string, to: string])[]
) => void;

/** @throws when the values are drawn, as the GPU alone draws a projection's */
function given(draw: Draw, what: string, where: string): Column {
  if (typeof draw === "number") return draw;
  if ("values" in draw) return draw.values;
  throw new Error(
    `${what} is drawn from the seed, and the file is to hold its values; give them in ${where}.`,
  );
}

/** The synapses that a projection's own description lists. @throws where it leaves something to the seed */
export function listedBy(spec: ProjectionSpec, name: string, dt: number): SynapseList {
  const where = `arrays.synapses["${name}"]`;
  const { connect } = spec;
  if (connect.kind !== "list")
    throw new Error(
      `Projection "${name}" is connected from the seed, and the file is to hold its synapses; give them in ${where}.`,
    );
  const each = (column: Column) =>
    typeof column === "number" ? new Float64Array(connect.pre.length).fill(column) : column;
  const weight = given(spec.weight, `The weight of projection "${name}"`, where);
  const delay = given(spec.delay ?? 0, `The delay of projection "${name}"`, where);
  return {
    pre: connect.pre,
    post: connect.post,
    weight: each(weight),
    delay: each(map((ms) => Math.round(ms / dt), delay)),
  };
}

type Sizes = readonly [pre: number, post: number];

function checkList({ pre, post, weight, delay }: SynapseList, name: string, sizes: Sizes): void {
  const wrong = (what: string) => new Error(`Projection "${name}" cannot be written: ${what}.`);
  const count = pre.length;
  if (post.length !== count || weight.length !== count || delay.length !== count)
    throw wrong(
      `it has ${count} pre and ${post.length} post neurons, ${weight.length} weights and ${delay.length} delays`,
    );
  const within = (value: number, end: number) => Number.isInteger(value) && value >= 0 && value < end;
  for (let k = 0; k < count; k++) {
    if (!within(pre[k]!, sizes[0])) throw wrong(`synapse ${k} starts at neuron ${pre[k]} of ${sizes[0]}`);
    if (!within(post[k]!, sizes[1])) throw wrong(`synapse ${k} ends at neuron ${post[k]} of ${sizes[1]}`);
    if (!within(delay[k]!, mostDelay + 1))
      throw wrong(`synapse ${k} has a delay of ${delay[k]} steps, not 0 to ${mostDelay}`);
    if (!Number.isFinite(Math.fround(weight[k]!))) throw wrong(`synapse ${k} has the weight ${weight[k]}`);
  }
}

/** Whether a list is a whole matrix, pre neuron by pre neuron, under one delay. */
function isWhole({ pre, post, delay }: SynapseList, [from, to]: Sizes): boolean {
  if (pre.length !== from * to) return false;
  for (let k = 0; k < pre.length; k++)
    if (pre[k] !== Math.floor(k / to) || post[k] !== k % to || delay[k] !== delay[0]) return false;
  return true;
}

function addWhole(
  list: SynapseList,
  sizes: Sizes,
  spec: ProjectionSpec,
  name: string,
  dt: number,
  shelf: Shelf,
  add: Add,
) {
  const [from, to] = sizes;
  const byPost = Float32Array.from(
    { length: from * to },
    (_, k) => list.weight[(k % from) * to + Math.floor(k / from)]!,
  );
  const node = {
    type: "Linear",
    weight: shelf.put(`${name}/weight`, [to, from], byPost),
    metadata: { port: spec.port },
  };
  const steps = list.delay[0]!;
  const delay = `${name}:delay`;
  const ms = Number((steps * dt).toPrecision(12)); // 7 · 0.1 is 0.7 to people; readers round to steps
  if (steps > 0) add(delay, { type: "Delay", delay: shift(ms, -3) }, [spec.pre, delay]);
  add(name, node, [steps > 0 ? delay : spec.pre, name], [name, spec.post]);
}

function plasticityOf({ plasticity }: ProjectionSpec) {
  if (!plasticity) return {};
  const { model, params = {}, min, max, every } = plasticity;
  return {
    plasticity: {
      model: model.name,
      about: model.about,
      source: model.source,
      units: unitsOf(model.params),
      params: Object.fromEntries(
        Object.entries(model.params).map(([key, parameter]) => [key, params[key] ?? parameter.default]),
      ),
      min,
      max,
      every,
    },
  };
}

export function addProjection(
  list: SynapseList,
  spec: ProjectionSpec,
  name: string,
  [pre, post]: readonly [PopulationSpec, PopulationSpec],
  dt: number,
  shelf: Shelf,
  add: Add,
): void {
  const sizes = [pre.size, post.size] as const;
  checkList(list, name, sizes);
  const { port, plasticity, release } = spec;
  if (!plasticity && !release && isWhole(list, sizes)) {
    addWhole(list, sizes, spec, name, dt, shelf, add);
    return;
  }
  const shape = [list.pre.length];
  const node = {
    type: "engram:Synapses",
    port,
    pre: shelf.put(`${name}/pre`, shape, Uint32Array.from(list.pre)),
    post: shelf.put(`${name}/post`, shape, Uint32Array.from(list.post)),
    weight: shelf.put(`${name}/weight`, shape, Float32Array.from(list.weight)),
    delay: shelf.put(`${name}/delay`, shape, Uint8Array.from(list.delay)),
    ...plasticityOf(spec),
    ...(release && { release }),
  };
  add(name, node, [spec.pre, name], [name, spec.post]);
}
