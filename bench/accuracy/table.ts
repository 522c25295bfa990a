/** MNIST runs as a table: mean of the seeds and their extremes, beside what was asked of each rule. */
import { tableOf } from "../report";
import type { Run } from "./measure";

/** Test accuracy to reach after 3 and after 10 epochs, in per cent. */
export const aims: Readonly<Record<string, readonly [number, number]>> = {
  backprop: [97.2, 98.0],
  "feedback-alignment": [95.5, 97.0],
  "direct-feedback-alignment": [95.5, 97.0],
  "sign-symmetry": [96.5, 97.5],
  "kolen-pollack": [96.8, 97.8],
  "weight-mirror": [95.5, 97.0],
};

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function spread(values: readonly number[], digits: number): string {
  return `${mean(values).toFixed(digits)} (${Math.min(...values).toFixed(digits)}–${Math.max(...values).toFixed(digits)})`;
}

function degrees(values: readonly (number | null)[]): string {
  const told = values.filter((value) => value !== null);
  return told.length === 0 ? "–" : `${mean(told).toFixed(1)}°`;
}

export function accuracyTable(runs: readonly Run[]): string {
  const rules = [...new Set(runs.map(({ rule }) => rule))];
  const rows = rules.map((rule) => {
    const own = runs.filter((run) => run.rule === rule);
    const after = (epochs: number) =>
      own.flatMap(({ testAccuracy }) => testAccuracy[epochs - 1] ?? []).map((share) => 100 * share);
    const [early, late] = aims[rule] ?? [Number.NaN, Number.NaN];
    return [
      rule,
      spread(after(3), 2),
      String(early),
      `**${mean(after(10)).toFixed(2)}** (${Math.min(...after(10)).toFixed(2)}–${Math.max(...after(10)).toFixed(2)})`,
      String(late),
      degrees(own.map(({ updateAngle }) => updateAngle)),
      degrees(own.map(({ errorAngle }) => errorAngle)),
      own.map(({ seed }) => seed).join(", "),
    ];
  });
  const head = [
    "rule",
    "3 epochs",
    "aim",
    "10 epochs",
    "aim",
    "angle of the hidden update",
    "of the hidden error",
    "seeds",
  ];
  return tableOf(head, rows);
}
