/** Openings of the front page, as Markdown. */
import { tableOf } from "../report";
import type { Opening } from "./measure";

export const openingLegend =
  "The built front page, opened in a fresh headless Chrome each time. Seconds from the navigation until the accuracy curve has its first value, and until it has another; then the longest task of the main thread in the six seconds after, by the browser’s own records (0: none over 50 ms).";

export const openingTable = (openings: readonly Opening[]): string =>
  tableOf(
    ["visit", "first value", "it moves", "longest task"],
    openings.map(({ stands, moves, longestTask }, index) => [
      String(index + 1),
      `${stands.toFixed(2)} s`,
      `**${moves.toFixed(2)} s**`,
      `${Math.round(longestTask)} ms`,
    ]),
  );
