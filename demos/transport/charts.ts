/** The curves of all three networks: the angles of each layer's changes and feedback, and the accuracy, against samples seen. */
import { LineChart } from "../../src/view/chart";
import { byId } from "../../src/view/dom";
import { degrees, percent } from "../../src/view/format";
import { lookOf } from "../../src/view/palette";
import type { Look } from "./learner";
import { type Looks, lineOf, names } from "./networks";

const mostPoints = 400;

interface Point {
  readonly samples: number;
  readonly looks: Looks;
}

const angleChart = (id: string, x?: string) =>
  new LineChart(byId(`transport-${id}`), {
    ...(x !== undefined && { x }),
    y: "degrees",
    format: degrees,
    marks: () => [0, 30, 60, 90, 120],
  });

export class Charts {
  private readonly change = [angleChart("change-1"), angleChart("change-2")];
  private readonly feedback = [
    angleChart("feedback-1", "samples seen"),
    angleChart("feedback-2", "samples seen"),
  ];
  private readonly accuracy = new LineChart(byId("transport-accuracy"), {
    x: "samples seen",
    y: "accuracy",
    format: percent,
    tick: (value) => `${Math.round(100 * value)}\u202f%`,
    marks: () => [0, 0.25, 0.5, 0.75, 1],
  });
  private points: Point[] = [];

  /** Forgets what was measured, and shows bare axes. */
  clear(): void {
    this.points = [];
    this.draw();
  }

  /** Of too many looks every second goes. */
  add(samples: number, looks: Looks): void {
    if (this.points.length >= mostPoints) this.points = this.points.filter((_, index) => index % 2 === 0);
    this.points.push({ samples, looks });
    this.draw();
  }

  private draw(): void {
    for (const layer of [0, 1]) {
      this.angles(this.change[layer]!, ({ change }) => change[layer]!);
      this.angles(this.feedback[layer]!, ({ feedback }) => feedback[layer]!);
    }
    this.curves(this.accuracy, ({ accuracy }) => accuracy, [0, 1]);
  }

  private angles(chart: LineChart, pick: (look: Look) => number): void {
    const all = this.points.flatMap(({ looks }) => names.map((name) => pick(looks[name])));
    this.curves(chart, pick, [0, Math.max(...all, 0) > 95 ? 125 : 95]);
  }

  private curves(chart: LineChart, pick: (look: Look) => number, range: readonly [number, number]): void {
    chart.draw(
      this.points.map(({ samples }) => samples),
      names.map((name) => {
        const { label, rule } = lineOf[name];
        return {
          ...lookOf(rule),
          key: name,
          label,
          values: this.points.map(({ looks }) => pick(looks[name])),
        };
      }),
      range,
    );
  }
}
