/** Measured Hopfield networks as Markdown. */
import { tableOf } from "../report";
import { type CapacityPoint, type LargeRecall, noise, type Recalled } from "./measure";

const percent = (share: number) => `${Math.round(100 * share)} %`;
const steps = ({ steps, settled }: Recalled) => `${steps}${settled ? "" : " (moving still)"}`;
const overlap = ({ mean, deviation }: Recalled) => `${mean.toFixed(4)} ± ${deviation.toFixed(4)}`;
const seconds = (value: number) => value.toFixed(value < 10 ? 2 : 1);

/** Overlap of what was recalled with what was stored, by load. */
export function capacityTable(points: readonly CapacityPoint[]): string {
  const head = [
    "load α",
    "patterns",
    "from the pattern",
    "exact",
    "sweeps",
    "s",
    `from one spoilt by ${percent(noise)}`,
    "sweeps",
    "s",
    "modern, from the same",
    "exact",
    "steps",
    "s",
  ];
  const rows = points.map(({ load, patterns, kept, brought, modern }) => [
    load.toFixed(3),
    String(patterns),
    `**${kept.mean.toFixed(4)}** ± ${kept.deviation.toFixed(4)}`,
    percent(kept.exact),
    steps(kept),
    seconds(kept.seconds),
    overlap(brought),
    steps(brought),
    seconds(brought.seconds),
    overlap(modern),
    percent(modern.exact),
    steps(modern),
    seconds(modern.seconds),
  ]);
  return tableOf(head, rows);
}

/** Times of large networks; those that the adapter refused are told below. */
export function largeTable(results: readonly (LargeRecall | string)[]): string {
  const head = [
    "storage",
    "neurons",
    "patterns",
    "probes",
    "s to store",
    "s to recall",
    "steps",
    "overlap",
    "exact",
  ];
  const told = results.filter((one) => typeof one !== "string");
  const rows = told.map(({ storage, neurons, patterns, probes, storeSeconds, recall }) => [
    storage,
    String(neurons),
    String(patterns),
    String(probes),
    seconds(storeSeconds),
    `**${seconds(recall.seconds)}**`,
    steps(recall),
    overlap(recall),
    percent(recall.exact),
  ]);
  const refused = results.filter((one) => typeof one === "string").map((sentence) => `Refused: ${sentence}`);
  return [...(rows.length > 0 ? [tableOf(head, rows)] : []), ...refused].join("\n\n");
}
