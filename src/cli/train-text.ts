/** What `engram train` shows people: the angles of a layer, and the table that ends a run. */
import type { LayerAlignment } from "../audit/alignment";
import type { Plan } from "./plan";
import { grouped, percent, plural, table } from "./text";

/** What one rule came to. */
export interface Result {
  readonly rule: string;
  readonly epoch: number;
  readonly samples: number;
  readonly trainLoss: number | null;
  readonly trainAccuracy: number | null;
  readonly testLoss: number | null;
  readonly testAccuracy: number | null;
  readonly bestTestAccuracy: number | null;
  readonly bestEpoch: number | null;
  readonly samplesPerSecond: number | null;
  /** Why it stopped early. */
  readonly diverged?: string;
}

/** A layer's angles, in degrees. */
export const angles = ({ layer, updateAngle, errorAngle }: LayerAlignment): string => {
  const degrees = (angle: number | null) => (angle === null ? "–" : `${angle.toFixed(1)}°`);
  return `layer ${layer}: update ${degrees(updateAngle)}, error ${degrees(errorAngle)}`;
};

/** The table that ends a run. */
export function summary({ dataset, options }: Plan, adapter: string, results: readonly Result[]): string {
  const { layers, batch, seed, optimizer } = options;
  const about = [
    `${dataset.title}, ${grouped(dataset.train.count)} + ${plural(dataset.test.count, "sample")}`,
    layers.join("-"),
    `batch ${batch}`,
    `seed ${seed}`,
    optimizer,
    adapter,
  ];
  const or = (value: number | null, show: (value: number) => string) => (value === null ? "–" : show(value));
  const rows = results.map(({ rule, epoch, diverged, ...one }) => [
    rule,
    diverged ? "diverged" : String(epoch),
    or(one.testAccuracy, percent),
    or(one.bestTestAccuracy, (best) => `${percent(best)} at ${one.bestEpoch}`),
    or(one.trainAccuracy, percent),
    or(one.trainLoss, (loss) => loss.toFixed(4)),
    or(one.samplesPerSecond, grouped),
  ]);
  const head = ["rule", "epoch", "test accuracy", "best", "train accuracy", "train loss", "samples/s"];
  return `${about.join(" · ")}\n\n${table([head, ...rows], [1, 2, 3, 4, 5, 6])}`;
}
