/** The map for signed values: blue through paper to vermilion, centred on zero. */
import { colour } from "./palette";

/** 255 colours as RGB bytes; entry 127 is zero. */
export type DivergingMap = Uint8ClampedArray;

const middle = 127;

/** The map in the page's present colours. */
export function divergingMap(): DivergingMap {
  const [low, zero, high] = ["--negative", "--paper", "--positive"].map((name) => rgb(colour(name))) as [Rgb, Rgb, Rgb];
  const map = new Uint8ClampedArray(3 * (2 * middle + 1));
  for (let entry = 0; entry <= 2 * middle; entry++) {
    const share = Math.abs(entry - middle) / middle;
    const end = entry < middle ? low : high;
    for (let channel = 0; channel < 3; channel++)
      map[3 * entry + channel] = zero[channel]! + share * (end[channel]! - zero[channel]!);
  }
  return map;
}

/** The entry for a value, of those that reach from −`most` to `most`. */
export function entryOf(value: number, most: number): number {
  return Math.round(middle * (1 + Math.min(1, Math.max(-1, most > 0 ? value / most : 0))));
}

type Rgb = readonly [number, number, number];

/** From #rrggbb. */
function rgb(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
