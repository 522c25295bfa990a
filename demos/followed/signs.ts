/**
 * Do two numbers have the same sign? Points in four clouds, opposite ones of one class: exclusive or, which no single layer
 * can tell (Minsky & Papert 1969), with numbers on either side of zero so that every synapse has something to hear.
 */
import { streamOf } from "../../src/gpu/random";
import type { Dataset, Split } from "../../src/task/dataset";
import { drawsOf } from "../../src/task/draws";

/** What the network is to say, by label. */
export const classes = ["same", "differ"] as const;

/** How far the clouds lie from zero along each axis, and how wide each is (standard deviation). */
const [away, spread] = [0.9, 0.22];

function draw(seed: number, stream: number, count: number): Split {
  const data = new Float32Array(2 * count);
  const labels = new Uint8Array(count);
  for (let n = 0; n < count; n++) {
    const draws = drawsOf(seed, stream, n);
    const [right, up] = [n % 2, (n >> 1) % 2];
    data[2 * n] = (right ? away : -away) + spread * draws.bell();
    data[2 * n + 1] = (up ? away : -away) + spread * draws.bell();
    labels[n] = right === up ? 0 : 1;
  }
  return { data, labels, count };
}

/** @param train points to learn from, and @param test points never learned from; every four have each cloud once */
export function signs(seed: number, train: number, test: number): Dataset {
  return {
    name: "signs",
    title: "Signs (synthetic)",
    synthetic: true,
    shape: [2],
    inputs: 2,
    classes: classes.length,
    train: draw(seed, streamOf("signs/train"), train),
    test: draw(seed, streamOf("signs/test"), test),
  };
}
