/**
 * One writer's hand, drawn at random: how a glyph in the unit box is bent, slanted, turned, stretched and
 * placed on the page. Bending is a smooth random field ("elastic" distortion: Simard, Steinkraus & Platt
 * 2003), so that joined strokes stay joined.
 *
 * Turning by the rational parametrisation of the circle needs no sine: the bits are the same in every engine.
 */
import type { Draws } from "./draws";
import { side } from "./pen";

/**
 * How far hands differ, as standard deviations: bending in units of the box, turn in radians, slant as a
 * tangent (to the right on average), width and height as fractions, the shift in pixels.
 */
const spread = {
  bend: 0.05,
  turn: 0.11,
  slant: 0.18,
  slantMean: 0.1,
  width: 0.13,
  height: 0.07,
  shiftPixels: 1.1,
};

/** The height of a mean digit, in pixels: MNIST's. */
const heightPixels = 20;
const widthPixels = 19;

/** Cells of the bending field along each side of the box. */
const cells = 3;

/** Maps a point of the unit box to the page, in pixels. */
export type Hand = (x: number, y: number) => readonly [number, number];

/** A field over the unit box that interpolates random values on a lattice smoothly (value noise). */
function smoothField(draws: Draws, amplitude: number): (x: number, y: number) => number {
  const nodes = cells + 1;
  const values = Array.from({ length: nodes * nodes }, () => amplitude * draws.bell());
  const ease = (t: number) => t * t * (3 - 2 * t);
  return (x, y) => {
    const u = Math.min(1, Math.max(0, x)) * cells;
    const v = Math.min(1, Math.max(0, y)) * cells;
    const column = Math.min(cells - 1, Math.floor(u));
    const row = Math.min(cells - 1, Math.floor(v));
    const [s, t] = [ease(u - column), ease(v - row)];
    const at = row * nodes + column;
    const above = values[at]! + s * (values[at + 1]! - values[at]!);
    const below = values[at + nodes]! + s * (values[at + nodes + 1]! - values[at + nodes]!);
    return above + t * (below - above);
  };
}

/** A random hand from a sample's draws. */
export function randomHand(draws: Draws): Hand {
  const bendX = smoothField(draws, spread.bend);
  const bendY = smoothField(draws, spread.bend);
  const halfTurn = (spread.turn * draws.bell()) / 2;
  const norm = 1 + halfTurn * halfTurn;
  const [cos, sin] = [(1 - halfTurn * halfTurn) / norm, (2 * halfTurn) / norm];
  const slant = spread.slantMean + spread.slant * draws.bell();
  const wide = widthPixels * (1 + spread.width * draws.bell());
  const high = heightPixels * (1 + spread.height * draws.bell());
  const centreX = (side - 1) / 2 + spread.shiftPixels * draws.bell();
  const centreY = (side - 1) / 2 + spread.shiftPixels * draws.bell();
  return (x, y) => {
    const down = (y - 0.5 + bendY(x, y)) * high;
    const across = (x - 0.5 + bendX(x, y)) * wide - slant * down;
    return [centreX + cos * across - sin * down, centreY + sin * across + cos * down];
  };
}
