/**
 * Disturb: test images moved, turned or covered with noise, the same on every machine. What is done to image i depends on
 * the seed and on i alone.
 */
import { streamOf } from "../gpu/random";
import type { Dataset, Split } from "../task/dataset";
import { type Draws, drawsOf } from "../task/draws";

/** By how much, as the scoreboard's columns say. */
export const disturbance = { shiftPixels: 2, rotateDegrees: 15, noise: 0.3 } as const;

export const disturbances = ["shifted", "rotated", "noisy"] as const;
export type Disturbance = (typeof disturbances)[number];

/** Whether a dataset's samples are images that can be moved and turned. */
export const isImages = ({ shape, train }: Dataset): boolean =>
  shape.length === 2 && train.data instanceof Uint8Array;

/** One image: [height, width] of u8. */
type Image = Uint8Array;

/**
 * The split with every image disturbed; labels are shared.
 * - `shifted`: by 2 pixels in one of eight directions; what comes in is black
 * - `rotated`: by 15° one way or the other about the centre, bilinear
 * - `noisy`: bell-shaped noise of standard deviation 0.3 (of white), clipped to black and white
 * @throws when the samples are no images of bytes
 */
export function disturb(
  split: Split,
  shape: readonly number[],
  how: Disturbance,
  seed: number,
): Split & { readonly data: Uint8Array } {
  const { data, count } = split;
  const [height = 0, width = 0] = shape;
  if (shape.length !== 2 || !(data instanceof Uint8Array))
    throw new Error(`Only images of bytes can be ${how}, but the samples have shape [${shape}].`);
  const stream = streamOf(`disturb/${how}`);
  const result = new Uint8Array(data.length);
  const pixels = height * width;
  for (let i = 0; i < count; i++) {
    const from = data.subarray(i * pixels, (i + 1) * pixels);
    ways[how](from, result.subarray(i * pixels, (i + 1) * pixels), height, width, drawsOf(seed, stream, i));
  }
  return { ...split, data: result };
}

const directions = [
  [-1, -1],
  [-1, 0],
  [-1, 1],
  [0, -1],
  [0, 1],
  [1, -1],
  [1, 0],
  [1, 1],
] as const;

type Way = (from: Image, to: Image, height: number, width: number, draws: Draws) => void;

const ways: Readonly<Record<Disturbance, Way>> = {
  shifted(from, to, height, width, draws) {
    const [down, right] = directions[draws.pick(directions.length)]!.map((d) => d * disturbance.shiftPixels);
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) to[y * width + x] = pixel(from, y - down!, x - right!, height, width);
  },
  rotated(from, to, height, width, draws) {
    const angle = ((draws.pick(2) === 0 ? -1 : 1) * disturbance.rotateDegrees * Math.PI) / 180;
    const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
    const [middleY, middleX] = [(height - 1) / 2, (width - 1) / 2];
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const [dy, dx] = [y - middleY, x - middleX];
        const [sourceY, sourceX] = [middleY + cos * dy - sin * dx, middleX + sin * dy + cos * dx];
        const [top, left] = [Math.floor(sourceY), Math.floor(sourceX)];
        const [below, beside] = [sourceY - top, sourceX - left];
        const upper =
          (1 - beside) * pixel(from, top, left, height, width) +
          beside * pixel(from, top, left + 1, height, width);
        const lower =
          (1 - beside) * pixel(from, top + 1, left, height, width) +
          beside * pixel(from, top + 1, left + 1, height, width);
        to[y * width + x] = Math.round((1 - below) * upper + below * lower);
      }
  },
  noisy(from, to, height, width, draws) {
    for (let at = 0; at < height * width; at++)
      to[at] = Math.max(0, Math.min(255, Math.round(from[at]! + 255 * disturbance.noise * draws.bell())));
  },
};

/** A pixel, black outside. */
function pixel(image: Image, y: number, x: number, height: number, width: number): number {
  return y >= 0 && y < height && x >= 0 && x < width ? image[y * width + x]! : 0;
}

/**
 * The first samples of each class in a seeded order: `perClass` of each, class by class in turn.
 * @throws when a class has fewer
 */
export function balanced({ train, inputs, classes }: Dataset, perClass: number, seed: number): Split {
  const byClass = Array.from({ length: classes }, (): number[] => []);
  for (let i = 0; i < train.count; i++) byClass[train.labels[i]!]!.push(i);
  const least = fewestOf(byClass);
  if (least < perClass)
    throw new Error(`${perClass} samples of each class were asked for, but one class has only ${least}.`);
  const chosen = byClass.map((all, label) => {
    const draws = drawsOf(seed, streamOf("balanced"), label);
    for (let place = 0; place < perClass; place++) {
      const other = place + draws.pick(all.length - place);
      [all[place], all[other]] = [all[other]!, all[place]!];
    }
    return all;
  });
  const order = Array.from({ length: perClass }, (_, round) => chosen.map((all) => all[round]!)).flat();
  const data =
    train.data instanceof Uint8Array
      ? new Uint8Array(order.length * inputs)
      : new Float32Array(order.length * inputs);
  order.forEach((from, to) => {
    data.set(train.data.subarray(from * inputs, (from + 1) * inputs), to * inputs);
  });
  return { data, labels: Uint8Array.from(order, (from) => train.labels[from]!), count: order.length };
}

/** How many training samples the rarest class has. */
export function rarest({ train, classes }: Dataset): number {
  const counts = new Array<number>(classes).fill(0);
  for (const label of train.labels.subarray(0, train.count)) counts[label]! += 1;
  return Math.min(...counts);
}

const fewestOf = (byClass: readonly (readonly number[])[]) =>
  Math.min(...byClass.map(({ length }) => length));
