/**
 * Dense projections: how project, transport and correlate become dispatches.
 *
 * Three forms of each kernel give the same bits, because every sum is one accumulator that takes its terms in
 * ascending order. `block` passes tiles through workgroup memory, as real GPUs want; `quad` keeps tiles in registers
 * and hands loads round by quadBroadcast, since software adapters pay for loads; the plain form needs nothing. The
 * adapter chooses the form, the shape the tile, and neither changes a result.
 */
import type { Dispatch, Lowering, Target } from "../gpu/lower";
import type { ScheduleRecord } from "../gpu/schedule";

export type Form = "plain" | "quad" | "block";

/** Outputs of one invocation (rows × 4 · columns4) and invocations of a workgroup. */
export interface Tile {
  readonly rows: number;
  readonly columns4: number;
  readonly threads: number;
}

type Product = "project" | "transport" | "correlate";

/** Samples, pre and post neurons of a record's product. */
interface Shape {
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
 * wants much arithmetic for it; lavapipe, which vectorises, wants little in each invocation. `thin` is for products
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

/** The dispatch of one product. */
export function productDispatch(
  product: Product,
  record: ScheduleRecord,
  form: Form,
  tile: Tile,
): Dispatch {
  const shape = shapeOf(product, record);
  const { batch, pre, post } = shape;
  const [rows, columns4] = extent(product, shape);
  const cut =
    product === "correlate"
      ? { ROWS4: tile.rows / 4, COLS4: tile.columns4, LANES: 4 }
      : { ROWS: tile.rows, COLS4: tile.columns4, LANES: 4 };
  const block = form === "block";
  const [high, wide] = block ? [64, 16] : [tile.rows, tile.columns4 * tile.threads];
  return {
    kernel: {
      shader: `kernel/dense/${product}${form === "plain" ? "" : `-${form}`}`,
      slots: record.slots ?? {},
      sizes: {
        ...(block ? { DEPTH: blockDepth } : { ...cut, THREADS: tile.threads }),
        BATCH: batch,
        IN: pre,
        IN4: quads(pre),
        OUT: post,
        OUT4: quads(post),
        BIAS_ROW: pre,
        BIAS: record.constants?.BIAS ?? 1,
      },
      ...(!block && { unrolled: Object.keys(cut) }),
      ...(form === "quad" && { subgroups: true }),
    },
    bind: record.bind,
    workgroups: [Math.ceil(columns4 / wide), Math.ceil(rows / high), 1],
  };
}

function shapeOf(product: Product, { bind }: ScheduleRecord): Shape {
  const [batch = 1] = (bind.pre ?? bind.error)!.shape;
  if (product === "correlate") return { batch, pre: bind.pre!.shape[1]!, post: bind.error!.shape[1]! };
  const [rows = 1, post = 1] = bind.weight!.shape;
  return { batch, pre: rows - 1, post };
}

const lower =
  (product: Product): Lowering =>
  (record, target) => {
    const tile = tileFor(product, shapeOf(product, record), target.facts.name);
    return [productDispatch(product, record, formFor(target), tile)];
  };

/** The lowerings of dense projections, by the kernels that the builder names. */
export const lowerings: Readonly<Record<string, Lowering>> = {
  "dense/project": lower("project"),
  "dense/transport": lower("transport"),
  "dense/correlate": lower("correlate"),
};
