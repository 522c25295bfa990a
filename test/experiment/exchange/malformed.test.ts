/** Network files are untrusted: whatever is done to one, importing it gives a network or one sentence that names the place. */
import { describe, expect, it } from "vitest";
import { exportNetwork } from "../../../src/experiment/exchange/export";
import { importNetwork } from "../../../src/experiment/exchange/import";
import { readSafetensors, type Tensor, writeSafetensors } from "../../../src/experiment/safetensors";
import { everything, models, plasticities, withValue } from "./networks";

const { json, tensors } = exportNetwork(everything);
const file = "x.json";
const read = (text: string, bytes: Uint8Array = tensors) =>
  importNetwork(text, bytes, models, plasticities, file);

const changed = (path: readonly (string | number)[], value: unknown) => withValue(json, path, value);

/** The arrays with one changed, or taken away. */
function withTensor(name: string, change: (tensor: Tensor) => Tensor | undefined): Uint8Array {
  const { metadata, tensors: found } = readSafetensors(tensors);
  const changed = new Map(found);
  const now = change(found.get(name) ?? { shape: [0], data: new Float32Array() });
  if (now) changed.set(name, now);
  else changed.delete(name);
  return writeSafetensors({ metadata, tensors: changed });
}

const given = "given-e/input";
const e = ["nodes", "e"] as const;
const learning = ["nodes", "learning"] as const;

describe("a graph is refused with its place", () => {
  it.each<[string, string, string]>([
    ["no JSON", json.slice(0, -5), "at the top, it is not JSON"],
    ["a number", "7", "at the top, "],
    ["another format", changed(["format"], "engram-network-2"), 'at format, expected "engram-network-1"'],
    ["no dt", changed(["dt"], undefined), "at dt, a value is missing"],
    ["dt 0", changed(["dt"], 0), "at dt, expected more than 0"],
    ["dt beyond numbers", json.replace('"dt": 0.1', '"dt": 1e999'), "at dt, expected a finite number"],
    ["half a seed", changed(["seed"], 0.5), "at seed, expected a whole number"],
    ["a field too many", changed(["speed"], 1), "at speed, there is no such field"],
    ["a list of nodes", changed(["nodes"], []), "at nodes, expected a table of nodes"],
    [
      "a node of no kind",
      changed([...e, "type"], "Conv2d"),
      'at nodes.e.type, "Conv2d" is not read; expected one of Input',
    ],
    ["a node that is null", changed([...e], null), "at nodes.e.type, undefined is not read"],
    ["an edge from nowhere", changed(["edges", 0, 0], "f"), 'at edges.0, there is no node "f"'],
    ["an edge of three", changed(["edges", 2], ["e", "i", "e"]), "at edges.2"],
    [
      "neurons joined by nothing",
      changed(["edges", 0], ["e", "i"]),
      'at edges.0, engram:Neurons "e" cannot lead to engram:Neurons "i" here',
    ],
    [
      "synapses from nobody",
      changed(
        ["edges"],
        JSON.parse(json).edges.filter(([, to]: string[]) => to !== given),
      ),
      `at nodes.${given}, expected one edge to it, found 0`,
    ],
    ["no neurons", changed([...e, "shape"], [0]), "at nodes.e.shape.0, expected 1 or more"],
    ["too many neurons", changed([...e, "shape"], [65536, 65536]), "at nodes.e, it has 4294967296 neurons"],
    [
      "an unknown model",
      changed([...e, "model"], "izikevich"),
      'at nodes.e.model, unknown neuron model "izikevich": did you mean "izhikevich"?',
    ],
    [
      "a model of JavaScript's own",
      changed([...e, "model"], "toString"),
      "at nodes.e.model, unknown neuron model",
    ],
    [
      "another unit",
      changed([...e, "units", "v"], "V"),
      'at nodes.e.units.v, the unit is "V", but "mV" in the model',
    ],
    [
      "an unknown parameter",
      changed([...e, "params", "aa"], 1),
      'at nodes.e, its parameters: Unknown parameter "aa"',
    ],
    [
      "a parameter out of range",
      changed(["nodes", "noise", "params", "rate"], -1),
      "at nodes.noise, its parameters: rate must be a number from 0",
    ],
    [
      "parameters at odds in one neuron",
      changed(["nodes", "i", "params", "spring"], [0.1, 2]).replace(
        '"ground":{"tensor":"i/ground"}',
        '"ground":[-2,2]',
      ),
      "at nodes.i, neuron 1: The spring may not be the ground",
    ],
    [
      "a parameter for three of two",
      changed(["nodes", "i", "params", "spring"], [1, 2, 3]),
      "at nodes.i.spring, there are 3 values for 2 neurons",
    ],
    [
      "a parameter in words",
      changed([...e, "params", "a"], "1"),
      "at nodes.e.params.a, expected a number, a list of numbers or {tensor: name}",
    ],
    ["an unknown variable", changed([...e, "metadata", "initial", "w"], 1), 'Unknown state variable "w"'],
    [
      "a tensor that isn't there",
      changed([...learning, "pre"], { tensor: "q" }),
      `at nodes.learning.pre, the tensors' file has no "q"`,
    ],
    [
      "a tensor of other values",
      changed([...learning, "pre"], { tensor: "learning/weight" }),
      '"learning/weight" holds Float32 values, not Uint32',
    ],
    [
      "a tensor of another length",
      changed([...learning, "weight"], { tensor: `${given}/weight` }),
      `"${given}/weight" has shape [4], not [3]`,
    ],
    [
      "a port that isn't there",
      changed([...learning, "port"], "shove"),
      'Projection "learning": Unknown port "shove"',
    ],
    [
      "an unknown rule",
      changed([...learning, "plasticity", "model"], "pair"),
      'at nodes.learning.plasticity.model, unknown plasticity rule "pair": did you mean "pairing"?',
    ],
    [
      "a rule's parameter out of range",
      changed([...learning, "plasticity", "params", "tau"], 0),
      "at nodes.learning.plasticity, its parameters: tau must be a number from 0.001",
    ],
    ["bounds turned round", changed([...learning, "plasticity", "min"], 2), "plastic weights need bounds"],
    [
      "too much release",
      changed(["nodes", "i-e/input", "release", "use"], 2),
      "at nodes.i-e/input.release.use, expected 0 to 1",
    ],
    [
      "negative trains",
      changed(["nodes", "e:background-0", "count"], -1),
      "at nodes.e:background-0.count, expected 0 or more",
    ],
    [
      "too long a delay",
      changed(["nodes", "dense:delay", "delay"], 1),
      "a delay must be 0 or from 0.1 to 25.5 ms",
    ],
    [
      "a reward for nobody",
      changed(["dopamine", "reward", "pre", "neuron"], 4),
      'The reward names neuron 4 of "e", which has 4',
    ],
  ])("%s", (_, text, sentence) => {
    expect(() => read(text)).toThrow(sentence);
    expect(() => read(text)).toThrow(/^x\.json cannot be imported: .*\.$/);
  });
});

describe("arrays are refused with their place", () => {
  it.each<[string, Uint8Array, string]>([
    [
      "an index too high",
      withTensor("learning/pre", () => ({ shape: [3], data: Uint32Array.of(0, 4, 1) })),
      "at nodes.learning.pre, synapse 1 names neuron 4 of 4.",
    ],
    [
      "a weight that is no number",
      withTensor("learning/weight", () => ({ shape: [3], data: Float32Array.of(0, 1, Number.NaN) })),
      'at nodes.learning.weight, "learning/weight" is NaN at 2, not a finite number.',
    ],
    [
      "one that is missing",
      withTensor("learning/delay", () => undefined),
      `the tensors' file has no "learning/delay"`,
    ],
    [
      "one that nobody names",
      withTensor("more", (tensor) => tensor),
      'at the top, the tensors\' file holds "more", which no node names.',
    ],
    [
      "spikes that are nobody's",
      withTensor("given/times/offsets", () => ({ shape: [4], data: Uint32Array.of(0, 3, 2, 5) })),
      "at nodes.given.metadata.times.offsets, the offsets don't ascend from 0.",
    ],
    [
      "fewer spikes than are counted",
      withTensor("given/times/offsets", () => ({ shape: [4], data: Uint32Array.of(0, 2, 2, 4) })),
      "at nodes.given.metadata.times.ms, there are 5 values for 4 spikes.",
    ],
    [
      "spikes out of order",
      withTensor("given/times/offsets", () => ({ shape: [4], data: Uint32Array.of(0, 3, 3, 5) })),
      "at nodes.given.metadata.times.ms, the times of neuron 0 don't ascend from 0.",
    ],
    ["a file that is none", new Uint8Array(3), "the tensors of x.json is not a sound safetensors file"],
  ])("%s", (_, bytes, sentence) => {
    expect(() => read(json, bytes)).toThrow(sentence);
  });
});
