/**
 * Dense projections: how project, transport and correlate become dispatches.
 *
 * Three forms of each kernel give the same bits, because every sum is one accumulator that takes its terms in
 * ascending order. `block` passes tiles through workgroup memory, as real GPUs want; `quad` keeps tiles in registers
 * and hands loads round by quadBroadcast, since software adapters pay for loads; the plain form needs nothing. The
 * adapter chooses the form, the shape the tile, and neither changes a result.
 */
import type { Field } from "../gpu/field";
import { type Dispatch, type Lowering, spread, type Target } from "../gpu/lower";
import type { ScheduleRecord } from "../gpu/schedule";
import { type Cut, cutInUse } from "./tiles";

export type Form = "plain" | "quad" | "block";

/** Outputs of one invocation (rows × 4 · columns4) and invocations of a workgroup. */
export interface Tile {
  readonly rows: number;
  readonly columns4: number;
  readonly threads: number;
}

export type Product = "project" | "transport" | "correlate";

/** Samples, pre and post neurons of a record's product. */
export interface Shape {
  readonly batch: number;
  readonly pre: number;
  readonly post: number;
}

const quads = (n: number) => Math.ceil(n / 4);

/** The product's rows, and its columns in fours. */
function extent(product: Product, { batch, pre, post }: Shape): [rows: number, columns4: number] {
  if (product === "project") return [batch, quads(post)];
  return product === "transport" ? [batch, quads(pre)] : [pre + 1, quads(post)];
}

const blockDepth = 16;

/** The form that suits an adapter. */
export function formFor({ facts, subgroups }: Target): Form {
  if (!facts.software) return "block";
  return subgroups ? "quad" : "plain";
}

/**
 * Tiles that measured best at batch 128, by adapter (bench/results/tiles.md). SwiftShader pays for each load and so
 * wants much arithmetic for it (32 rows are a tenth faster still, but take two to three times as long to compile);
 * lavapipe, which vectorises, wants little in each invocation. `thin` is for products
 * whose output, or whose input on the way back, is a handful of classes.
 */
const tiles = {
  swiftshader: {
    wide: { project: [16, 2, 8], transport: [16, 2, 8], correlate: [16, 2, 8] },
    thin: { project: [8, 1, 4], transport: [16, 2, 8], correlate: [16, 1, 4] },
  },
  other: {
    wide: { project: [8, 1, 32], transport: [8, 1, 32], correlate: [8, 1, 32] },
    thin: { project: [8, 1, 4], transport: [8, 1, 32], correlate: [8, 1, 4] },
  },
} as const;

const thinnest = 32;

/** The tile for a shape on a software adapter. It never changes a result. */
export function tileFor(product: Product, shape: Shape, adapter: string): Tile {
  const table = tiles[adapter === "SwiftShader" ? "swiftshader" : "other"];
  const [rows, columns4, threads] = table[shape.post <= thinnest ? "thin" : "wide"][product];
  const [most] = extent(product, shape);
  const needed = 2 ** Math.ceil(Math.log2(most)); // no more rows than there are
  return { rows: Math.max(product === "correlate" ? 4 : 1, Math.min(rows, needed)), columns4, threads };
}

const fewOutputs = 2048;
const longSum = 256;
const chunk4 = 16;

/**
 * Into how many chunks a project's inputs are split, so that few outputs still keep a GPU busy. A second pass adds the
 * chunks. This changes the order of summation, so it depends on the shape alone.
 */
export function chunksFor({ batch, pre, post }: Shape): number {
  return batch * quads(post) < fewOutputs && pre >= longSum ? Math.ceil(quads(pre) / chunk4) : 1;
}

/** The dispatches of one product: one, or two where its sums are split. */
export function productDispatches(
  product: Product,
  record: ScheduleRecord,
  form: Form,
  tile: Tile,
): Dispatch[] {
  const shape = shapeOf(product, record);
  const chunks = product === "project" ? chunksFor(shape) : 1;
  const { batch, pre, post } = shape;
  const [rows, columns4] = extent(product, shape);
  const slots = record.slots ?? {};
  const sizes = { BATCH: batch, IN: pre, IN4: quads(pre), OUT: post, OUT4: quads(post) };
  const cut = {
    [product === "correlate" ? "ROWS4" : "ROWS"]: tile.rows / (product === "correlate" ? 4 : 1),
    COLS4: tile.columns4,
    LANES: 4,
  };
  const block = form === "block";
  const [high, wide] = block ? [64, 16] : [tile.rows, tile.columns4 * tile.threads];
  const tilesX = Math.ceil(columns4 / wide);
  const [x, y] = spread(tilesX * Math.ceil(rows / high));
  const partial: Field = {
    name: `scratch/${chunks}x${batch}x${post}`,
    site: "global",
    home: "",
    shape: [chunks, batch, post],
    type: "f32",
  };
  const first: Dispatch = {
    kernel: {
      shader: `kernel/dense/${product}${form === "plain" ? "" : `-${form}`}`,
      slots: chunks > 1 ? { ...slots, ACTIVATION: "lib/activation/identity" } : slots,
      sizes: {
        ...(block ? { DEPTH: blockDepth } : { ...cut, THREADS: tile.threads }),
        ...sizes,
        TILES_X: tilesX,
        ...(product === "project" && {
          BIAS_ROW: pre,
          BIAS: record.constants?.BIAS ?? 1,
          CHUNK4: chunks > 1 ? chunk4 : quads(pre),
        }),
      },
      ...(!block && { unrolled: Object.keys(cut) }),
      ...(form === "quad" && { subgroups: true }),
    },
    bind: chunks > 1 ? { ...record.bind, post: partial } : record.bind,
    workgroups: [x, y, chunks],
  };
  if (chunks === 1) return [first];
  const second: Dispatch = {
    kernel: { shader: "kernel/dense/sum", slots, sizes: { ...sizes, CHUNKS: chunks } },
    bind: { partial, post: record.bind.post! },
    workgroups: spread(Math.ceil((batch * quads(post)) / 64)),
  };
  return [first, second];
}

/** Samples, pre and post neurons of a record of that product. */
export function shapeOf(product: Product, { bind }: ScheduleRecord): Shape {
  const [batch = 1] = (bind.pre ?? bind.error)!.shape;
  if (product === "correlate") return { batch, pre: bind.pre!.shape[1]!, post: bind.error!.shape[1]! };
  const [rows = 1, post = 1] = bind.weight!.shape;
  return { batch, pre: rows - 1, post };
}

/** How a product is cut on an adapter: as a tuner found in this session, else as measured beforehand. */
export function cutFor(product: Product, shape: Shape, target: Target): Cut {
  const usual = (): Cut => ({ form: formFor(target), tile: tileFor(product, shape, target.facts.name) });
  return cutInUse(target, product, shape) ?? usual();
}

const lower =
  (product: Product): Lowering =>
  (record, target) => {
    const { form, tile } = cutFor(product, shapeOf(product, record), target);
    return productDispatches(product, record, form, tile);
  };

/** The lowerings of dense projections, by the kernels that the builder names. */
export const lowerings: Readonly<Record<string, Lowering>> = {
  "dense/project": lower("project"),
  "dense/transport": lower("transport"),
  "dense/correlate": lower("correlate"),
};
