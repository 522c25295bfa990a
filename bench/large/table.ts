/** Measured large networks as Markdown. */
import { formatBytes } from "../../src/gpu/memory";
import { tableOf } from "../report";
import type { LargeResult } from "./measure";

export const largeLegend =
  "backprop on the task digits, plain SGD. Memory: what `estimate` said before anything was allocated, what `Memory` had allocated once the network was made, and by how much the process grew until the end (a software adapter's buffers, the host's own checkpoint and what is on its way between them). Time: what `Experiment.remaining` said after some steps, half the distance of the quartiles behind it, and how long it then took; off is taken against said.";

const percent = (share: number) => `${share > 0 ? "+" : ""}${(100 * share).toFixed(1)} %`;

export function largeRunsTable(results: readonly LargeResult[]): string {
  const head = [
    ...["network", "batch", "weights", "said", "allocated", "off", "process grew"],
    ...["made in", "steps", "said after", "time left said", "taken", "off", "loss first → last"],
  ];
  return tableOf(
    head,
    results.map((one) => [
      ...[one.layers.join("-"), String(one.batch), one.weights.toLocaleString("en")],
      ...[formatBytes(one.bytes.said), formatBytes(one.bytes.taken)],
      ...[percent(one.bytes.taken / one.bytes.said - 1), formatBytes(one.grown)],
      ...[`${one.made.toFixed(1)} s`, String(one.steps), `${one.saidAfter} steps`],
      `${one.seconds.said.toFixed(1)} ± ${one.seconds.spread.toFixed(1)} s`,
      ...[`**${one.seconds.taken.toFixed(1)} s**`, percent(one.seconds.taken / one.seconds.said - 1)],
      `${one.firstLoss.toFixed(3)} → ${one.lastLoss.toFixed(3)}`,
    ]),
  );
}
