/**
 * Laws of rules whose layers learn apart, in float64: no layer's direction depends, in any bit, on a later layer; and a
 * local error's is the gradient of its own classifier's loss.
 */
import { describe, expect, it } from "vitest";
import { expectClose } from "../support/close";
import { choices, uniform } from "../support/random";
import { project } from "./dense";
import { directions as forwardForward, type Layers } from "./forward-forward";
import { type LocalNet, localDirections } from "./local-error";
import { crossEntropy } from "./readout";

const layers = [7, 9, 6, 5, 3];
const batch = 5;
const images = uniform(batch * 7, 11).map(Math.abs);
const labels = choices(batch, 12, 3);
const drawn = (pre: number, post: number, seed: number) =>
  Float64Array.from(uniform((pre + 1) * post, seed, 0.8));
const weights = layers.slice(1).map((post, l) => drawn(layers[l]!, post, 30 + l));
/** Those of layers after `from` turned over. */
const turnedAfter = (from: number) => weights.map((w, l) => (l + 1 > from ? w.map((value) => -value) : w));

/** Each layer's direction is the same, to the bit, whatever later layers are; and later ones' directions change. */
function expectApart(found: (weights: Float64Array[]) => readonly Float64Array[]): void {
  const whole = found(weights);
  for (let from = 1; from < layers.length - 1; from++) {
    const other = found(turnedAfter(from));
    for (let l = 0; l < from; l++) expect(other[l], `layer ${l + 1} of ${from} kept`).toEqual(whole[l]);
    expect(other[from]).not.toEqual(whole[from]);
    expect(whole[from - 1]!.some((value) => value !== 0)).toBe(true);
  }
}

it("forward-forward: no layer's direction depends on a later layer", () => {
  const net: Omit<Layers, "weights"> = {
    layers,
    batch,
    beside: { 2: drawn(6, 3, 51), 3: drawn(5, 3, 52) },
    means: layers.slice(1, -1).map((size) => new Float64Array(size)),
    threshold: 1,
    peer: 0.03,
    brightness: 3,
    seed: 1,
    clock: 0,
  };
  expectApart((all) => forwardForward({ ...net, weights: all }, images, labels).found);
});

describe("local errors", () => {
  const classifiers = layers.slice(1, -1).map((size, l) => drawn(size, 3, 40 + l));
  const net: LocalNet = { layers, batch, weights, classifiers, feedback: classifiers };

  it("no layer's direction depends on a later layer, nor on a later layer's classifier", () => {
    expectApart((all) => localDirections({ ...net, weights: all }, images, labels).found);
    const others = classifiers.map((w, l) => (l === 0 ? w : w.map((value) => -value)));
    const whole = localDirections(net, images, labels).found;
    const other = localDirections({ ...net, classifiers: others, feedback: others }, images, labels).found;
    expect(other[0]).toEqual(whole[0]);
    expect(other[1]).not.toEqual(whole[1]);
  });

  it("every hidden layer's direction is the gradient of its own classifier's loss, by central differences", () => {
    const { found, own } = localDirections(net, images, labels);
    const lossOf = (layer: number, all: readonly ArrayLike<number>[], classifier: ArrayLike<number>) => {
      let below: ArrayLike<number> = images;
      for (let l = 0; l <= layer; l++)
        below = project(below, all[l]!, { batch, pre: layers[l]!, post: layers[l + 1]! }, "relu");
      const said = project(below, classifier, { batch, pre: layers[layer + 1]!, post: 3 }, "identity");
      const { score } = crossEntropy(said, labels, 3);
      return score.reduce((sum, value, at) => (at % 2 === 0 ? sum + value / batch : sum), 0);
    };
    const step = 1e-6;
    const quotient = (w: Float64Array, loss: (w: ArrayLike<number>) => number) =>
      w.map((_, at) => {
        const moved = (by: number) => loss(w.map((value, i) => (i === at ? value + by : value)));
        return (moved(step) - moved(-step)) / (2 * step);
      });
    classifiers.forEach((classifier, l) => {
      const near = { relative: 1e-6, absolute: 1e-8 };
      const byWeights = quotient(weights[l]!, (w) =>
        lossOf(
          l,
          weights.map((one, k) => (k === l ? w : one)),
          classifier,
        ),
      );
      expectClose(found[l]!, byWeights, `weights ${l + 1}`, near);
      const byClassifier = quotient(classifier, (w) => lossOf(l, weights, w));
      expectClose(own[l]!, byClassifier, `classifier ${l + 1}`, near);
    });
  });
});
