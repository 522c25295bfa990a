/** Measured large networks as Markdown. */
import { formatBytes } from "../../src/gpu/memory";
import { tableOf } from "../report";
import type { LargeResult } from "./measure";

/** What the figures are. */
export const largeLegend =
  "backprop on the task digits, plain SGD. Memory: what `estimate` said before anything was allocated, what `Memory` had allocated once the network was made, and by how much the process grew until the end (a software adapter's buffers, the host's own checkpoint and what is on its way between them). Time: what `Experiment.remaining` said after some steps, half the distance of the quartiles behind it, and how long it then took; off is taken against said.";

const percent = (share: number) => `${share > 0 ? "+" : ""}${(100 * share).toFixed(1)} %`;

export function largeRunTable(one: LargeResult): string {
  const { weights, batch, bytes, grown, made, steps, saidAfter, seconds, firstLoss, lastLoss } = one;
  return tableOf(
    ["", "said", "measured", "off"],
    [
      [
        "memory on the device",
        formatBytes(bytes.said),
        `**${formatBytes(bytes.taken)}**`,
        percent(bytes.taken / bytes.said - 1),
      ],
      ["the process grew by", "–", formatBytes(grown), "–"],
      [
        `time left after ${saidAfter} of ${steps} steps`,
        `${seconds.said.toFixed(1)} ± ${seconds.spread.toFixed(1)} s`,
        `**${seconds.taken.toFixed(1)} s**`,
        percent(seconds.taken / seconds.said - 1),
      ],
      ["time until it was made", "–", `${made.toFixed(1)} s`, "–"],
      ["loss, first and last step", "–", `${firstLoss.toFixed(3)}, ${lastLoss.toFixed(3)}`, "–"],
      ["weights, batch", "–", `${weights.toLocaleString("en")}, ${batch}`, "–"],
    ],
  );
}
