/**
 * Reads a network that Engram or someone else wrote down as a graph in NIR's terms. The files are untrusted: structure,
 * names, sizes, indices and ranges are checked, and what is wrong is said with its place before anything is made of it.
 */
import * as v from "valibot";
import { checkNetwork } from "../../net/spiking/check";
import type { Background, NeuronModel, PlasticityModel, SpikingNetwork } from "../../net/spiking/model";
import { readSafetensors } from "../safetensors";
import { type Graph, graphSchema, type Node, nodeSchema, nodeTypes } from "./format";
import { Drawer, type Wrong } from "./numbers";
import { isNeurons, type ReadPopulation, readPopulation } from "./read-neurons";
import { type Ends, isSynapses, readProjection } from "./read-synapses";

/** valibot's words where they are plain, ours for what is missing or too much. */
function sayIssue(issue: v.BaseIssue<unknown>): string {
  if (issue.expected === "never") return "there is no such field";
  if (issue.received === "undefined") return "a value is missing";
  return issue.message;
}

function parsed<Schema extends v.GenericSchema>(
  schema: Schema,
  input: unknown,
  place: string[],
  wrong: Wrong,
) {
  const result = v.safeParse(schema, input);
  if (result.success) return result.output;
  const issue = result.issues[0];
  const path = [...place, ...(issue.path?.map(({ key }) => String(key)) ?? [])];
  throw wrong(path.join(".") || "the top", sayIssue(issue));
}

function readNodes(graph: Graph, wrong: Wrong): Map<string, Node> {
  const nodes = new Map<string, Node>();
  for (const [name, raw] of Object.entries(graph.nodes)) {
    const type = (raw as { type?: unknown } | null)?.type;
    if (typeof type !== "string" || !nodeTypes.some((known) => known === type))
      throw wrong(
        `nodes.${name}.type`,
        `${JSON.stringify(type)} is not read; expected one of ${nodeTypes.join(", ")}`,
      );
    nodes.set(name, parsed(nodeSchema, raw, ["nodes", name], wrong));
  }
  return nodes;
}

/** Who feeds whom. @throws for edges that say nothing here */
function readEdges({ edges }: Graph, nodes: ReadonlyMap<string, Node>, wrong: Wrong) {
  const from = new Map<string, string[]>([...nodes.keys()].map((name) => [name, []]));
  const to = new Map<string, string[]>([...nodes.keys()].map((name) => [name, []]));
  for (const [i, [source, target]] of edges.entries()) {
    const [a, b] = [nodes.get(source), nodes.get(target)];
    if (!a || !b) throw wrong(`edges.${i}`, `there is no node "${a ? target : source}"`);
    const sound =
      (isNeurons(a) && (isSynapses(b) || b.type === "Delay" || b.type === "Output")) ||
      (a.type === "Delay" && (b.type === "Linear" || b.type === "Affine")) ||
      ((isSynapses(a) || a.type === "engram:Background") && isNeurons(b));
    if (!sound) throw wrong(`edges.${i}`, `${a.type} "${source}" cannot lead to ${b.type} "${target}" here`);
    from.get(target)!.push(source);
    to.get(source)!.push(target);
  }
  const only = (list: readonly string[], name: string, what: string) => {
    if (list.length !== 1) throw wrong(`nodes.${name}`, `expected one edge ${what} it, found ${list.length}`);
    return list[0]!;
  };
  return {
    sourcesOf: (name: string) => from.get(name)!,
    sourceOf: (name: string) => only(from.get(name)!, name, "to"),
    targetOf: (name: string) => only(to.get(name)!, name, "from"),
  };
}

/**
 * @param json the graph
 * @param tensors the safetensors file with its arrays
 * @param models neuron models by name
 * @param plasticities plasticity rules by name
 * @param file how errors call it
 * @returns the network, its projections as lists with the file's weights and delays
 * @throws one sentence that names the place
 */
export function importNetwork(
  json: string,
  tensors: Uint8Array,
  models: Readonly<Record<string, NeuronModel>>,
  plasticities: Readonly<Record<string, PlasticityModel>> = {},
  file = "the network file",
): SpikingNetwork {
  const wrong: Wrong = (place, what) => new Error(`${file} cannot be imported: at ${place}, ${what}.`);
  let raw: unknown;
  try {
    raw = JSON.parse(json);
  } catch {
    throw wrong("the top", "it is not JSON");
  }
  const graph = parsed(graphSchema, raw, [], wrong);
  const drawer = new Drawer(readSafetensors(tensors, `the tensors of ${file}`).tensors, wrong);
  const { dt, seed, dopamine } = graph;
  const reading = { drawer, wrong, dt };
  const nodes = readNodes(graph, wrong);
  const { sourcesOf, sourceOf, targetOf } = readEdges(graph, nodes, wrong);
  const populations = new Map<string, ReadPopulation>();
  for (const [name, node] of nodes) {
    if (!isNeurons(node)) continue;
    const background: Background[] = [];
    for (const source of sourcesOf(name)) {
      const found = nodes.get(source)!;
      if (found.type !== "engram:Background") continue;
      const { type: _, ...own } = found;
      background.push(own);
    }
    populations.set(name, readPopulation(name, node, background, models, reading));
  }
  const endsOf = (name: string): Ends => {
    const source = sourceOf(name);
    const post = populations.get(targetOf(name))!;
    const node = nodes.get(source)!;
    if (node.type !== "Delay") return { pre: populations.get(source)!, post };
    return { pre: populations.get(sourceOf(source))!, post, delay: { name: source, node } };
  };
  const projections = [...nodes].flatMap(([name, node]) =>
    isSynapses(node) ? [readProjection(name, node, endsOf(name), plasticities, reading)] : [],
  );
  if (drawer.stray !== undefined)
    throw wrong("the top", `the tensors' file holds "${drawer.stray}", which no node names`);
  const network: SpikingNetwork = {
    dt,
    seed,
    populations: [...populations.values()].map(({ spec }) => spec),
    projections,
    ...(dopamine && { dopamine: dopamine as NonNullable<SpikingNetwork["dopamine"]> }),
  };
  try {
    checkNetwork(network);
  } catch (error) {
    throw new Error(`${file} cannot be imported: ${(error as Error).message}`);
  }
  return network;
}
