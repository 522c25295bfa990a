/** The look of a raster as its shader is given it (shaders/view/raster.wgsl): the frame, and a row a lane. */
import { colour } from "./palette";
import type { Frame } from "./raster-frame";
import type { LanePlace, Range } from "./raster-lanes";

/** A neuron whose membrane is followed. */
export interface Followed {
  /** The CSS custom property of its colour. */
  readonly colour: string;
  /** Its threshold, and where it rests or is reset, as the GPU measures membranes. */
  readonly mark: number;
  readonly rest: number;
}

export interface LaneLook {
  readonly colour: string;
  readonly mark: number;
  readonly range: Range;
  /** The first column that it shows. */
  readonly since: number;
}

/** Half of a line's thickness, CSS pixels. */
const thick = 0.6;

export function viewTable(begun: number, { stimulus, scale }: Frame): ArrayBuffer {
  const words = new ArrayBuffer(64);
  new Uint32Array(words, 0, 3).set([begun, stimulus.top, stimulus.height]);
  new Float32Array(words, 12).set([thick * scale, ...rgba("--paper"), ...rgba("--muted"), ...rgba("--ink")]);
  return words;
}

export function laneTable(places: readonly LanePlace[], looks: readonly LaneLook[]): ArrayBuffer {
  const table = new ArrayBuffer(48 * places.length);
  places.forEach(({ top, height }, k) => {
    const { range, mark, since, colour } = looks[k]!;
    new Uint32Array(table, 48 * k, 2).set([top, height]);
    new Float32Array(table, 48 * k + 8, 7).set([...range, ...rgba(colour), mark]);
    new Uint32Array(table, 48 * k + 36, 1)[0] = since;
  });
  return table;
}

/** The present value of a custom property that is written as #rgb or #rrggbb. */
export function rgba(property: string): number[] {
  const digits = colour(property).slice(1);
  const each = digits.length === 3 ? digits.replace(/./g, "$&$&") : digits;
  return [0, 2, 4].map((at) => Number.parseInt(each.slice(at, at + 2), 16) / 255).concat(1);
}
