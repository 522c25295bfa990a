/** Names and numbers of the neurons and synapses of the network, as the picture, the equation and the lists all have them. */
import type { SynapsePlace } from "../../src/experiment/inspection";
import { layers } from "./learner";
import { classes } from "./signs";

/** Letters of the layers; the outputs have words. */
const letters = ["x", "a", "b"] as const;
const low = "₀₁₂₃₄₅₆₇₈₉";

/** A neuron's letter and number; the number is empty where its name is a word. */
export function lettersOf(layer: number, neuron: number): readonly [letter: string, index: string] {
  const letter = letters[layer];
  return letter ? [letter, String(neuron + 1)] : [classes[neuron]!, ""];
}

export function neuronName(layer: number, neuron: number): string {
  const [letter, index] = lettersOf(layer, neuron);
  return letter + [...index].map((digit) => low[Number(digit)]).join("");
}

export const synapseName = ({ layer, pre, post }: SynapsePlace): string =>
  `${neuronName(layer - 1, pre)} → ${neuronName(layer, post)}`;

/** Every synapse between two neurons, from the input's up; biases are left out. */
export const places: readonly SynapsePlace[] = layers.slice(1).flatMap((size, index) =>
  Array.from({ length: layers[index]! * size }, (_, at) => ({
    layer: index + 1,
    pre: Math.floor(at / size),
    post: at % size,
  })),
);

export const placeIndex = ({ layer, pre, post }: SynapsePlace): number =>
  places.findIndex((one) => one.layer === layer && one.pre === pre && one.post === post);

/** A synapse's value in weights by layer. */
export const weightAt = (weights: readonly Float32Array[], { layer, pre, post }: SynapsePlace): number =>
  weights[layer]![pre * layers[layer]! + post]!;
