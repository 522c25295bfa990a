/**
 * Tiles that were tried on this adapter: which cuts of a dense product are worth trying, and which of them this session
 * uses. A cut leaves each output's order of summation alone, so it changes how long a product takes and not one bit of it.
 */
import type { Target } from "../gpu/lower";
import type { Form, Product, Shape, Tile } from "./dense";

/** How a product is cut: the form of its kernel, and in all forms but `block` the tile. */
export interface Cut {
  readonly form: Form;
  readonly tile: Tile;
}

/** Samples (or presynaptic neurons) × neurons of an invocation, and the workgroup's size: `16×8 wg8`. */
export const tileName = ({ rows, columns4, threads }: Tile): string => `${rows}×${4 * columns4} wg${threads}`;

export const cutName = ({ form, tile }: Cut): string => (form === "block" ? "block" : tileName(tile));

/** Tiles worth trying on any adapter. */
export const candidates: readonly Tile[] = [
  { rows: 8, columns4: 1, threads: 32 },
  { rows: 8, columns4: 2, threads: 8 },
  { rows: 16, columns4: 2, threads: 8 },
  { rows: 32, columns4: 2, threads: 8 },
  { rows: 16, columns4: 1, threads: 4 },
  { rows: 8, columns4: 1, threads: 4 },
];

/** Tiles for a GPU, which has many lanes to fill where a CPU has many registers. */
const wideCandidates: readonly Tile[] = [
  { rows: 4, columns4: 1, threads: 64 },
  { rows: 8, columns4: 1, threads: 64 },
  { rows: 8, columns4: 2, threads: 32 },
];

/** The cuts to try besides the one in use. */
export function cutsToTry({ facts, subgroups }: Target): Cut[] {
  const form = subgroups ? "quad" : "plain";
  if (facts.software) return candidates.map((tile) => ({ form, tile }));
  return wideCandidates.map((tile) => ({ form, tile }));
}

/** Products whose sizes round up to the same powers of two share a cut: `project 128 × 1024 × 512`. */
export function shapeClass(product: Product, { batch, pre, post }: Shape): string {
  const [samples, inputs, outputs] = [batch, pre, post].map((size) => 2 ** Math.ceil(Math.log2(size)));
  return `${product} ${samples} × ${inputs} × ${outputs}`;
}

/** Cuts by class of shapes. */
export type Cuts = ReadonlyMap<string, Cut>;

/** Of this session: by adapter, then by class. */
const chosen = new Map<string, Cuts>();

const adapterOf = ({ facts, subgroups }: Target) => `${facts.name}${subgroups ? " with subgroups" : ""}`;

/** From now on, products of that class are cut so on this adapter, whoever lowers them. */
export function useCut(target: Target, product: Product, shape: Shape, cut: Cut): void {
  useCuts(target, new Map([...cutsInUse(target), [shapeClass(product, shape), cut]]));
}

/** All that were chosen on this adapter, as they are now. */
export const cutsInUse = (target: Target): Cuts => chosen.get(adapterOf(target)) ?? new Map();

/** Chooses these and no others on this adapter: what `cutsInUse` gave before, to have it so again. */
export function useCuts(target: Target, cuts: Cuts): void {
  chosen.set(adapterOf(target), cuts);
}

/** The cut that was chosen for such a product on this adapter, if one was. */
export function cutInUse(target: Target, product: Product, shape: Shape): Cut | undefined {
  return cutsInUse(target).get(shapeClass(product, shape));
}

/** Back to the tiles that `tileFor` knows. */
export function forgetCuts(target: Target): void {
  chosen.delete(adapterOf(target));
}
