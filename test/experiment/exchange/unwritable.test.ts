/** What exporting refuses. Oracle: the sentence for each thing amiss. */
import { describe, expect, it } from "vitest";
import { exportNetwork } from "../../../src/experiment/exchange/export";
import type { SpikingNetwork } from "../../../src/net/spiking/model";
import { lif } from "../../../src/neuron/lif";

describe("a network that can't be written", () => {
  const one = (
    more: Partial<SpikingNetwork["populations"][0]>,
    ...projections: SpikingNetwork["projections"]
  ): SpikingNetwork => ({
    dt: 1,
    seed: 0,
    populations: [{ name: "a", model: lif, size: 2, ...more }],
    projections,
  });
  const listed = {
    pre: "a",
    post: "a",
    port: "input",
    connect: { kind: "list", pre: [0], post: [1] },
    weight: 1,
  } as const;
  const arrays = (more: object) => ({
    synapses: { p: { pre: [0], post: [1], weight: [1], delay: [0], ...more } },
  });
  const p = { ...listed, name: "p" };
  it.each([
    [
      "two nodes of a name",
      one({}, { ...listed, name: "a" }),
      {},
      'Two nodes would be called "a" in the file',
    ],
    ["a whole number for a name", one({ name: "7" }), {}, '"7" would lose its place in a JSON table'],
    ["JavaScript's own name", one({ name: "__proto__" }), {}, '"__proto__" would lose its place'],
    ["a network that is unsound", { ...one({}), dt: 0 }, {}, "dt must be a number of ms above 0"],
    [
      "a state that is no number",
      one({}),
      { state: { a: { v: [0, Number.NaN] } } },
      "a/initial/v is NaN at 1",
    ],
    ["a state too short", one({}), { state: { a: { v: [0] } } }, 'v of "a" has 1 values for 2 neurons'],
    ["a neuron too many", one({}, p), arrays({ post: [2] }), "synapse 0 ends at neuron 2 of 2"],
    ["half a neuron", one({}, p), arrays({ pre: [0.5] }), "synapse 0 starts at neuron 0.5 of 2"],
    ["too long a delay", one({}, p), arrays({ delay: [256] }), "a delay of 256 steps, not 0 to 255"],
    ["a weight beyond f32", one({}, p), arrays({ weight: [1e39] }), "synapse 0 has the weight 1e+39"],
    [
      "lists of two lengths",
      one({}, p),
      arrays({ weight: [] }),
      "1 pre and 1 post neurons, 0 weights and 1 delays",
    ],
  ])("is refused: %s", (_, network, given, sentence) => {
    expect(() => exportNetwork(network as SpikingNetwork, given)).toThrow(sentence);
  });
});
