/** The chart of what both networks have right of the test digits. */
import { LineChart } from "../../src/view/chart";
import { byId } from "../../src/view/dom";
import { percent } from "../../src/view/format";
import { lookOf } from "../../src/view/palette";

/** A share of the test digits for each network. */
export interface Tested {
  readonly seen: number;
  readonly predictive: number;
  readonly equilibrium: number;
}

export class AccuracyChart {
  private readonly chart = new LineChart(byId("settling-accuracy"), {
    x: "images seen",
    y: "test digits right",
    format: percent,
    tick: (value) => `${Math.round(100 * value)}\u202f%`,
    marks: () => [0, 0.2, 0.4, 0.6, 0.8, 1],
  });

  draw(history: readonly Tested[]): void {
    const line = (key: "predictive" | "equilibrium", rule: string, label: string) => ({
      ...lookOf(rule),
      key,
      label,
      values: history.map((tested) => tested[key]),
    });
    this.chart.draw(
      history.map(({ seen }) => seen),
      [
        line("predictive", "predictive-coding", "predictive coding"),
        line("equilibrium", "equilibrium-propagation", "equilibrium propagation"),
      ],
      [0, 1],
    );
  }
}
