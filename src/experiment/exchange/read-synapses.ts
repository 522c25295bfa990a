/** Projections from the nodes of a network file: every one becomes a list of synapses. */

import type { PlasticityModel, ProjectionSpec } from "../../net/spiking/model";
import { filled } from "../../net/spiking/spec";
import type { Node, NodeOf } from "./format";
import { isOne, shift } from "./nir";
import { at } from "./numbers";
import { checkUnits, lookUp, type Reading, type ReadPopulation, within } from "./read-neurons";

type SynapseNode = NodeOf<"Linear" | "Affine" | "engram:Synapses">;

export const isSynapses = (node: Node): node is SynapseNode =>
  node.type === "Linear" || node.type === "Affine" || node.type === "engram:Synapses";

/** From where a projection's spikes come and to where they go. */
export interface Ends {
  readonly pre: ReadPopulation;
  readonly post: ReadPopulation;
  /** NIR's node on the way, if there is one. */
  readonly delay?: { readonly name: string; readonly node: NodeOf<"Delay"> } | undefined;
}

interface List {
  readonly port: string;
  readonly pre: Uint32Array;
  readonly post: Uint32Array;
  readonly weight: Float32Array;
  /** Steps. */
  readonly delay: ArrayLike<number>;
}

function readList(node: NodeOf<"engram:Synapses">, place: string, { drawer }: Reading): List {
  const pre = drawer.take(`${place}.pre`, node.pre, Uint32Array, [-1]);
  const shape = [pre.length];
  return {
    port: node.port,
    pre,
    post: drawer.take(`${place}.post`, node.post, Uint32Array, shape),
    weight: drawer.take(`${place}.weight`, node.weight, Float32Array, shape),
    delay: drawer.take(`${place}.delay`, node.delay, Uint8Array, shape),
  };
}

/** The steps that NIR's Delay holds each pre neuron's spikes back. */
function stepsOf({ delay }: Ends, from: number, { drawer, dt }: Reading): number[] {
  if (!delay) return new Array(from).fill(0);
  const seconds = drawer.read(`nodes.${delay.name}.delay`, delay.node.delay, from);
  return Array.from({ length: from }, (_, i) => Math.round(shift(at(seconds, i), 3) / dt));
}

/** NIR's matrix, [post, pre], pre neuron by pre neuron. */
function readMatrix(node: NodeOf<"Linear" | "Affine">, ends: Ends, place: string, reading: Reading): List {
  const { drawer, wrong } = reading;
  const [from, to] = [ends.pre.spec.size, ends.post.spec.size];
  const { ports, name } = ends.post.spec.model;
  if (node.type === "Affine") {
    const bias = drawer.read(`${place}.bias`, node.bias, to);
    if (Array.from({ length: to }, (_, i) => at(bias, i)).some((value) => value !== 0))
      throw wrong(
        `${place}.bias`,
        "it is not 0, and synapses here bring no constant input; make it the neurons' own",
      );
  }
  const { port = ports[0] } = node.metadata;
  if (port === undefined) throw wrong(place, `it leads to neurons of model ${name}, which hear nothing`);
  const weights = drawer.take(`${place}.weight`, node.weight, Float32Array, [to, from]);
  const steps = stepsOf(ends, from, reading);
  const of = (k: number) => [Math.floor(k / to), k % to] as const;
  const length = from * to;
  return {
    port,
    pre: Uint32Array.from({ length }, (_, k) => of(k)[0]),
    post: Uint32Array.from({ length }, (_, k) => of(k)[1]),
    weight: Float32Array.from({ length }, (_, k) => weights[of(k)[1] * from + of(k)[0]]!),
    delay: Float64Array.from({ length }, (_, k) => steps[of(k)[0]]!),
  };
}

export function readProjection(
  name: string,
  node: SynapseNode,
  ends: Ends,
  plasticities: Readonly<Record<string, PlasticityModel>>,
  reading: Reading,
): ProjectionSpec {
  const { wrong, dt } = reading;
  const place = `nodes.${name}`;
  const { gain, spec: post } = ends.post;
  const list =
    node.type === "engram:Synapses" ? readList(node, place, reading) : readMatrix(node, ends, place, reading);
  for (const [end, size] of [
    ["pre", ends.pre.spec.size],
    ["post", post.size],
  ] as const) {
    const k = list[end].findIndex((neuron) => neuron >= size);
    if (k >= 0) throw wrong(`${place}.${end}`, `synapse ${k} names neuron ${list[end][k]} of ${size}`);
  }
  const weight = isOne(gain) ? list.weight : list.weight.map((value, k) => value * at(gain, list.post[k]!));
  const { plasticity, release } = node.type === "engram:Synapses" ? node : {};
  const rule =
    plasticity &&
    lookUp(plasticities, "plasticity rule", plasticity.model, `${place}.plasticity.model`, wrong);
  if (rule) {
    checkUnits(plasticity.units, rule.params, `${place}.plasticity`, wrong);
    try {
      filled(rule.params, plasticity.params, "its parameters");
    } catch (error) {
      throw wrong(`${place}.plasticity`, within((error as Error).message));
    }
  }
  return {
    name,
    pre: ends.pre.spec.name,
    post: post.name,
    port: list.port,
    connect: { kind: "list", pre: list.pre, post: list.post },
    weight: { values: weight },
    delay: { values: Float64Array.from(list.delay, (steps) => steps * dt) },
    ...(rule && {
      plasticity: {
        model: rule,
        params: plasticity.params,
        min: plasticity.min,
        max: plasticity.max,
        ...(plasticity.every !== undefined && { every: plasticity.every }),
      },
    }),
    ...(release && { release }),
  };
}
