/**
 * A picture as the network sees it: side × side values of grey. Each value is the mean of the area of the picture that falls on
 * it, so that nothing is skipped whatever the sizes; a picture that is not square is squeezed. What is transparent lies on white.
 */
import type { Picture } from "./own-file";

/** Luma of Rec. ITU-R BT.601, the grey of digital pictures. */
const luma = [0.299, 0.587, 0.114] as const;

function greyOf(rgba: Uint8ClampedArray, at: number): number {
  const grey = luma[0] * rgba[at]! + luma[1] * rgba[at + 1]! + luma[2] * rgba[at + 2]!;
  const opaque = rgba[at + 3]! / 255;
  return opaque * grey + (1 - opaque) * 255;
}

/** @returns [side, side], row by row, 0 black to 255 white */
export function greySquare({ width, height, rgba }: Picture, side: number): Uint8Array {
  const rows = new Float64Array(side * width); // squeezed from top to bottom
  for (let y = 0; y < height; y++) {
    const grey = Float64Array.from({ length: width }, (_, x) => greyOf(rgba, 4 * (y * width + x)));
    spread(y, height, side, (row, share) => {
      for (let x = 0; x < width; x++) rows[row * width + x] = rows[row * width + x]! + share * grey[x]!;
    });
  }
  const sums = new Float64Array(side * side);
  for (let x = 0; x < width; x++)
    spread(x, width, side, (column, share) => {
      for (let row = 0; row < side; row++)
        sums[row * side + column] = sums[row * side + column]! + share * rows[row * width + x]!;
    });
  return Uint8Array.from(sums, (sum) => Math.round(sum));
}

/** The places among `side` on which one of `length` pixels falls, and the share of each place that it covers. */
function spread(
  at: number,
  length: number,
  side: number,
  take: (place: number, share: number) => void,
): void {
  const [from, to] = [(at * side) / length, ((at + 1) * side) / length];
  for (let place = Math.floor(from); place < side && place < to; place++) {
    const share = Math.min(to, place + 1) - Math.max(from, place);
    if (share > 0) take(place, share);
  }
}
