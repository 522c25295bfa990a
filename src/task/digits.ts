/**
 * Synthetic handwritten digits, drawn by this program: a way to write the digit (glyphs.ts), by a random
 * hand (hand.ts), with a random pen (pen.ts). It stands in for MNIST where nothing can be downloaded, and is
 * called synthetic wherever it appears: its scores are not MNIST's.
 *
 * Sample i depends on (seed, split, i) alone, and every ten samples have each digit once.
 */
import { streamOf } from "../gpu/random";
import { flatten } from "./curve";
import { type Dataset, mostSynthetic, type Split, sampleCount, seedOf, type Task } from "./dataset";
import { type Draws, drawsOf, shuffledLabels } from "./draws";
import { glyphs, type Run } from "./glyphs";
import { randomHand } from "./hand";
import { drawLine, type Pen, side } from "./pen";

const classes = 10;
const inputs = side * side;
/** Pieces to a pair of points: short enough to look round at 28 pixels. */
const pieces = 4;
/** How far each point of a glyph strays by itself, in units of the box. */
const stray = 0.018;

function randomPen(draws: Draws): Pen {
  return {
    radius: Math.max(0.75, 1.3 + 0.33 * draws.bell()),
    blur: draws.between(1.1, 1.7),
    ink: draws.between(215, 285),
  };
}

/** Points of a run moved a little, alike for every run that meets in a point. */
function strayed(run: Run, moved: Map<string, readonly [number, number]>, draws: Draws): Run {
  return run.map((point) => {
    const known = moved.get(`${point}`);
    if (known) return known;
    const to = [point[0] + stray * draws.bell(), point[1] + stray * draws.bell()] as const;
    moved.set(`${point}`, to);
    return to;
  });
}

/** Draws `digit` into `image` (u8 [28·28], zeros before) from the sample's draws. */
function drawDigit(image: Uint8Array, digit: number, draws: Draws): void {
  const ways = glyphs[digit]!;
  const glyph = ways[draws.pick(ways.length)]!;
  const hand = randomHand(draws);
  const pen = randomPen(draws);
  const moved = new Map<string, readonly [number, number]>();
  for (const stroke of glyph) {
    // Pressure: the line swells or thins a little from a stroke's start to its end.
    const ends = [1 + 0.1 * draws.bell(), 1 + 0.1 * draws.bell()] as const;
    const paths = stroke.map((run) => flatten(strayed(run, moved, draws), pieces));
    const total = paths.reduce((sum, path) => sum + path.length / 2 - 1, 0);
    let done = 0;
    for (const path of paths) {
      let [x, y] = hand(path[0]!, path[1]!);
      for (let i = 2; i < path.length; i += 2) {
        const [nextX, nextY] = hand(path[i]!, path[i + 1]!);
        const swell = ends[0] + (ends[1] - ends[0]) * (done++ / total);
        drawLine(image, x, y, nextX, nextY, { ...pen, radius: pen.radius * swell });
        [x, y] = [nextX, nextY];
      }
    }
  }
}

/** One split of `count` images; gives way to the page every few hundred. */
async function drawSplit(
  seed: number,
  stream: number,
  count: number,
  drawn: (done: number) => void,
): Promise<Split> {
  const data = new Uint8Array(count * inputs);
  const labels = new Uint8Array(count);
  const labelStream = streamOf("digits/labels") ^ stream;
  for (let i = 0; i < count; i += classes) {
    if (i % 500 === 0 && i > 0) {
      drawn(i);
      await new Promise((resume) => setTimeout(resume));
    }
    const block = shuffledLabels(seed, labelStream, i / classes, classes);
    labels.set(block.subarray(0, Math.min(classes, count - i)), i);
    for (let sample = i; sample < Math.min(count, i + classes); sample++) {
      const image = data.subarray(sample * inputs, (sample + 1) * inputs);
      drawDigit(image, labels[sample]!, drawsOf(seed, stream, sample));
    }
  }
  drawn(count);
  return { data, labels, count };
}

/** Digits: u8 [28, 28], white ink on black as MNIST's; default 6000 training and 1000 test samples. */
export const digits: Task = {
  name: "digits",
  title: "Digits (synthetic)",
  summary: "Handwriting drawn by a program, ten classes of 28×28 pixels: nothing to download.",
  inputs,
  classes,
  defaultLayers: [inputs, 128, classes],
  async load(options = {}): Promise<Dataset> {
    const seed = seedOf("digits", options.seed);
    const train = sampleCount("digits", "train", options.train, { usual: 6000, most: mostSynthetic });
    const test = sampleCount("digits", "test", options.test, { usual: 1000, most: mostSynthetic });
    const report = (done: number) => options.progress?.(done, train + test);
    return {
      name: digits.name,
      title: digits.title,
      synthetic: true,
      shape: [side, side],
      inputs,
      classes,
      train: await drawSplit(seed, streamOf("digits/train"), train, report),
      test: await drawSplit(seed, streamOf("digits/test"), test, (done) => report(train + done)),
    };
  },
};
