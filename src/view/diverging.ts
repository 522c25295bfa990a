/** The map for signed values: blue through paper to vermilion, centred on zero. */
import { colour } from "./palette";

/** 255 opaque colours as the words of an image (little-endian RGBA); entry 127 is zero. */
export type DivergingMap = Uint32Array;

const middle = 127;

/** The map in the page's present colours. */
export function divergingMap(): DivergingMap {
  const [low, zero, high] = ["--negative", "--paper", "--positive"].map((name) => rgb(colour(name))) as [
    Rgb,
    Rgb,
    Rgb,
  ];
  return Uint32Array.from({ length: 2 * middle + 1 }, (_, entry) => {
    const share = Math.abs(entry - middle) / middle;
    const end = entry < middle ? low : high;
    const [red, green, blue] = zero.map((from, channel) => Math.round(from + share * (end[channel]! - from)));
    return ((255 << 24) | (blue! << 16) | (green! << 8) | red!) >>> 0;
  });
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
