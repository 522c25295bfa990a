/** The chart of errors: a strong line of tests, a pale one of the trials as they are learned from, and what guessing comes to. */
import { LineChart } from "../../src/view/chart";
import { byId } from "../../src/view/dom";
import { percent } from "../../src/view/format";
import type { Moment } from "./learner";
import type { Model } from "./model";

export class ErrorChart {
  private readonly chart = new LineChart(byId("time-errors"), {
    x: "trials learned from",
    y: "wrong answers",
    format: percent,
    tick: (value) => `${Math.round(100 * value)}\u202f%`,
    mostDots: 30,
    marks: (_, to) => Array.from({ length: 11 }, (_, k) => (to > 0.8 ? k / 5 : k / 10)),
  });

  draw({ colour, chance, top, tests }: Model, history: readonly Moment[]): void {
    const shown = history.length > 0 ? history : [{ seen: 0 }];
    const values = (key: "training" | "test") => shown.map((moment) => (moment as Moment)[key] ?? null);
    const common = { colour, dash: [] };
    this.chart.draw(
      shown.map(({ seen }) => seen),
      [
        {
          key: `chance ${chance}`,
          label: "guessing",
          colour: "--muted",
          dash: [2, 4],
          faint: 0.99,
          values: shown.map(() => chance),
        },
        { ...common, key: `training ${colour}`, faint: 0.45, values: values("training") },
        { ...common, key: `test ${colour}`, label: `of ${tests} test trials`, values: values("test") },
      ],
      [0, top],
    );
  }
}
