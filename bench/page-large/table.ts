/** Large networks in the lab's page, as Markdown. */
import { formatBytes } from "../../src/gpu/memory";
import { tableOf } from "../report";
import type { PageResult } from "./measure";

export const pageLargeLegend =
  "backprop on the task digits, plain SGD, in the lab’s page. Memory: what the page said before the network was made, what its fields took once it was, and by how much Chrome’s GPU process had grown at the end (a software adapter’s buffers are in it, and what is on its way to and from the page). Time: what the page said when about ten steps were done, and how long it then took to the last step, with the run being kept in the browser’s files meanwhile.";

const percent = (share: number) => `${share > 0 ? "+" : ""}${(100 * share).toFixed(1)} %`;

export function pageLargeTable(results: readonly PageResult[]): string {
  const head = [
    ...["network", "batch", "weights", "said", "taken", "off", "GPU process grew"],
    ...["steps", "said after", "time left said", "taken", "off", "loss first → last"],
  ];
  const rows = results.map(
    ({ hidden, batch, weights, bytes, grown, steps, seconds, firstLoss, lastLoss }) => [
      ...[[784, ...hidden, 10].join("-"), String(batch), weights.toLocaleString("en")],
      ...[formatBytes(bytes.said), formatBytes(bytes.taken), percent(bytes.taken / bytes.said - 1)],
      ...[grown === undefined ? "–" : formatBytes(grown), String(steps), `${seconds.after} steps`],
      ...[
        `${seconds.said.toFixed(1)} s`,
        `**${seconds.taken.toFixed(1)} s**`,
        percent(seconds.taken / seconds.said - 1),
      ],
      `${firstLoss.toFixed(3)} → ${lastLoss.toFixed(3)}`,
    ],
  );
  const words = results.map(
    ({ words: { needs, timeLeft } }) => `The page’s words: “${needs}” and “${timeLeft}”.`,
  );
  return [tableOf(head, rows), ...words].join("\n\n");
}
