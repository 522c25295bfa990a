/** Forward-forward's step in float64 (Hinton 2022): goodness is the sum of squares, negatives bear a wrong label. */
import { correlate, type Numbers, project } from "./dense";
import { learn, type OptimiserName, type Settings } from "./optimiser";
import { hash } from "./random";
import { crossEntropy } from "./readout";

export interface Layers {
  readonly layers: readonly number[];
  readonly batch: number;
  /** By projection: [pre + 1, post]; and of middle hidden layers to the output, by layer. */
  readonly weights: Float64Array[];
  readonly beside: Record<number, Float64Array>;
  /** Running mean of each hidden layer's positive activity. */
  readonly means: Float64Array[];
  readonly threshold: number;
  readonly peer: number;
  readonly brightness: number;
  readonly seed: number;
  readonly clock: number;
  /** True: goodness is the mean of squares. */
  readonly mean?: boolean;
}

/** The images with `pixels(sample)` over the first ones. */
function overlaid(
  images: Numbers,
  { layers, batch }: Layers,
  pixels: (sample: number) => number[],
): Float64Array {
  const size = layers[0]!;
  const out = Float64Array.from({ length: batch * size }, (_, i) => images[i]!);
  for (let s = 0; s < batch; s++)
    pixels(s).forEach((value, i) => {
      out[s * size + i] = value;
    });
  return out;
}

/** The wrong label that each sample's negative bears. */
export function wrongLabels(labels: Numbers, { layers, seed, clock }: Layers): number[] {
  const classes = layers.at(-1)!;
  const key = hash(BigInt(seed), 0xd2a3n, BigInt(clock));
  return Array.from(labels, (label, s) => {
    const unit = Number(hash(key, 0n, BigInt(s)) >> 8n) / 2 ** 24;
    return (label + 1 + Math.floor(unit * (classes - 1))) % classes;
  });
}

/** Each row brought to a mean square of 1. */
export function normalised(x: Numbers, rows: number, columns: number) {
  const out = new Float64Array(rows * columns);
  const meanSquare = new Float64Array(rows);
  for (let r = 0; r < rows; r++) {
    for (let i = 0; i < columns; i++) meanSquare[r]! += x[r * columns + i]! ** 2 / columns;
    for (let i = 0; i < columns; i++)
      out[r * columns + i] = x[r * columns + i]! / (Math.sqrt(meanSquare[r]!) + 1e-6);
  }
  return { out, meanSquare };
}

interface Passed {
  readonly activity: Float64Array;
  readonly meanSquare: Float64Array;
  /** What the layer saw, and what it hands on. */
  readonly below: Float64Array;
  readonly above: Float64Array;
}

/** Every hidden layer's part of a pass. */
export function pass(net: Layers, image: Numbers): Passed[] {
  const rows = image.length / net.layers[0]!;
  let below: Float64Array = normalised(image, rows, net.layers[0]!).out;
  return net.layers.slice(1, -1).map((post, l) => {
    const shape = { batch: rows, pre: net.layers[l]!, post };
    const activity = project(below, net.weights[l]!, shape, "relu");
    const { out, meanSquare } = normalised(activity, rows, post);
    const found = { activity, meanSquare, below, above: out };
    below = out;
    return found;
  });
}

const logistic = (x: number) => 1 / (1 + Math.exp(-x));
const oneHot = (net: Layers, label: number) =>
  Array.from({ length: net.layers.at(-1)! }, (_, c) => (c === label ? net.brightness : 0));

/** The directions of all weights, and the new means, at a batch. */
export function directions(net: Layers, images: Numbers, labels: Numbers) {
  const { layers, batch } = net;
  const wrong = wrongLabels(labels, net);
  const good = pass(
    net,
    overlaid(images, net, (s) => oneHot(net, labels[s]!)),
  );
  const bad = pass(
    net,
    overlaid(images, net, (s) => oneHot(net, wrong[s]!)),
  );
  const means: Float64Array[] = [];
  const found: Float64Array[] = good.map((up, l) => {
    const post = layers[l + 1]!;
    const sharpness = net.mean ? 1 : post;
    const mean = net.means[l]!.map((m, j) => {
      let shown = 0;
      for (let s = 0; s < batch; s++) shown += up.activity[s * post + j]! / batch;
      return m + 0.1 * (shown - m);
    });
    means.push(mean);
    const peers = mean.reduce((sum, m) => sum + m / post, 0);
    const half = (part: Passed, sign: number) => {
      const error = part.activity.map((y, at) => {
        const row = Math.floor(at / post);
        const evidence = sharpness * (part.meanSquare[row]! - net.threshold);
        const taught = ((-sign * logistic(-sign * evidence) * sharpness) / post) * 2 * y;
        return taught + (sign > 0 ? net.peer * (mean[at % post]! - peers) : 0);
      });
      return correlate(part.below, error, { batch, pre: layers[l]!, post });
    };
    const [positive, negative] = [half(up, 1), half(bad[l]!, -1)];
    return positive.map((g, i) => (g + negative[i]!) / 2);
  });
  const classes = layers.at(-1)!;
  const neutral = pass(
    net,
    overlaid(images, net, () => Array.from({ length: classes }, () => net.brightness / classes)),
  );
  const shape = (hidden: number) => ({ batch, pre: layers[hidden]!, post: classes });
  const last = layers.length - 2;
  const drive = project(neutral[last - 1]!.above, net.weights[last]!, shape(last), "identity");
  for (const [hidden, w] of Object.entries(net.beside))
    project(neutral[Number(hidden) - 1]!.above, w, shape(Number(hidden)), "identity", false).forEach(
      (z, i) => {
        drive[i]! += z;
      },
    );
  const { error, score } = crossEntropy(drive, labels, classes);
  found.push(correlate(neutral[last - 1]!.above, error, shape(last)));
  const beside = Object.fromEntries(
    Object.keys(net.beside).map((hidden) => {
      const at = Number(hidden);
      return [at, correlate(neutral[at - 1]!.above, error, shape(at))];
    }),
  );
  return { found, beside, means, score, drive };
}

/** One step: new weights. `states` are the optimiser's memory by projection. */
export function trained(
  net: Layers,
  images: Numbers,
  labels: Numbers,
  optimiser: OptimiserName,
  states: Float64Array[],
  settings: Settings,
  readoutRate: number,
): Float64Array[] {
  const { found } = directions(net, images, labels);
  return net.weights.map((w, l) => {
    const rate = l === net.weights.length - 1 ? readoutRate : settings.rate;
    return learn(optimiser, w, found[l]!, states[l]!, { ...settings, rate }, net.clock + 1);
  });
}

/** The label whose trial the layers like best, by the sum of squares. */
export function trial(net: Layers, images: Numbers): { evidence: Float64Array; best: number[] } {
  const classes = net.layers.at(-1)!;
  const hidden = net.layers.slice(1, -1);
  const evidence = new Float64Array(net.batch * classes);
  for (let c = 0; c < classes; c++)
    pass(
      net,
      overlaid(images, net, () => oneHot(net, c)),
    ).forEach(({ meanSquare }, l) => {
      for (let s = 0; s < net.batch; s++) evidence[s * classes + c]! += meanSquare[s]! * hidden[l]!;
    });
  const best = Array.from({ length: net.batch }, (_, s) => {
    const row = evidence.subarray(s * classes, (s + 1) * classes);
    return row.indexOf(Math.max(...row));
  });
  return { evidence, best };
}
