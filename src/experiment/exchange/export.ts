/**
 * Writes a spiking network down for other simulators: a JSON graph, and a safetensors file with its arrays. Everything is
 * explicit, also what is a default here, so that a reader needs neither Engram's defaults nor its random numbers to build
 * the same network. docs/exchange.md documents the format.
 */
import { checkNetwork } from "../../net/spiking/check";
import type { SpikingNetwork } from "../../net/spiking/model";
import { find, nameOf } from "../../net/spiking/spec";
import { writeSafetensors } from "../safetensors";
import { format } from "./format";
import { Shelf } from "./numbers";
import { neuronNode, type State } from "./write-neurons";
import { type Add, addProjection, listedBy, type SynapseList } from "./write-synapses";

/** What a network's own description leaves to the engine: `arraysOf` reads it from a simulation. */
export interface NetworkArrays {
  /** By projection name. A projection needs an entry unless it is a list whose weights and delays are given numbers. */
  readonly synapses?: Readonly<Record<string, SynapseList>>;
  /** By population name, for variables that stand elsewhere than where the network starts. */
  readonly state?: Readonly<Record<string, State>>;
}

export interface NetworkFiles {
  readonly json: string;
  readonly tensors: Uint8Array<ArrayBuffer>;
}

/** A line for each node and each edge, so that people can read it. */
function textOf(
  head: Readonly<Record<string, unknown>>,
  nodes: ReadonlyMap<string, unknown>,
  edges: readonly unknown[],
): string {
  const line = ([key, value]: readonly [string, unknown]) =>
    `${JSON.stringify(key)}: ${JSON.stringify(value)}`;
  const told = Object.entries(head).filter(([, value]) => value !== undefined);
  const block = (lines: readonly string[]) => lines.map((each) => `\n    ${each}`).join(",");
  return `{
${told.map((entry) => `  ${line(entry)},\n`).join("")}  "nodes": {${block([...nodes].map(line))}
  },
  "edges": [${block(edges.map((edge) => JSON.stringify(edge)))}
  ]
}
`;
}

/**
 * The two files of a network. Spikes under way and plasticity's traces are not among it: what is written starts at rest.
 * @throws one sentence when the network is unsound, something is drawn whose values are not given, a number is not finite,
 *   or two things would have one name
 */
export function exportNetwork(network: SpikingNetwork, arrays: NetworkArrays = {}): NetworkFiles {
  checkNetwork(network);
  const { dt, seed, dopamine, populations, projections } = network;
  const shelf = new Shelf();
  const nodes = new Map<string, unknown>();
  const edges: (readonly [string, string])[] = [];
  const add: Add = (key, node, ...own) => {
    if (nodes.has(key))
      throw new Error(`Two nodes would be called "${key}" in the file; rename a population or a projection.`);
    if (/^(\d*|__proto__|prototype|constructor)$/.test(key))
      throw new Error(`"${key}" would lose its place in a JSON table; give it another name.`);
    nodes.set(key, node);
    edges.push(...own);
  };
  for (const spec of populations) {
    add(spec.name, neuronNode(spec, arrays.state?.[spec.name] ?? {}, seed, shelf));
    for (const [i, source] of (spec.background ?? []).entries()) {
      const key = `${spec.name}:background-${i}`;
      add(key, { type: "engram:Background", ...source }, [key, spec.name]);
    }
  }
  for (const spec of projections) {
    const name = nameOf(spec);
    const ends = [find(populations, spec.pre), find(populations, spec.post)] as const;
    addProjection(arrays.synapses?.[name] ?? listedBy(spec, name, dt), spec, name, ends, dt, shelf, add);
  }
  return {
    json: textOf({ format, type: "NIRGraph", dt, seed, dopamine }, nodes, edges),
    tensors: writeSafetensors({ metadata: { format }, tensors: shelf.tensors }),
  };
}
