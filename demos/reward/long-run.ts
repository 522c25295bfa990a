/** The long run: the watched synapse against the mean of the others, from the start. */
import { LineChart } from "../../src/view/chart";
import { byId } from "../../src/view/dom";
import { strongest } from "./network";

interface Point {
  /** ms. */
  readonly time: number;
  readonly weight: number;
  readonly others: number;
}

/** Points that are kept: then every second one goes, and only half as many come. */
const most = 600;

export class LongRun {
  private points: Point[] = [];
  private every = 200;
  private readonly chart = new LineChart(byId("reward-long"), {
    x: "the network’s time (s)",
    y: "weight",
    format: (value) => value.toFixed(2),
    tick: String,
    marks: () => [0, 1, 2, 3, 4],
  });

  clear(): void {
    this.points = [];
    this.every = 200;
    this.draw();
  }

  add(point: Point): void {
    if (point.time < (this.points.at(-1)?.time ?? Number.NEGATIVE_INFINITY) + this.every) return;
    this.points.push(point);
    if (this.points.length < most) return;
    this.points = this.points.filter((_, index) => index % 2 === 0);
    this.every *= 2;
  }

  draw(): void {
    this.chart.draw(
      this.points.map(({ time }) => time / 1000),
      [
        {
          key: "watched",
          label: "the watched one",
          colour: "--family-hebbian",
          dash: [],
          values: this.points.map(({ weight }) => weight),
        },
        {
          key: "others",
          label: "mean of the others",
          colour: "--muted",
          dash: [6, 4],
          values: this.points.map(({ others }) => others),
        },
      ],
      [0, 1.05 * strongest],
    );
  }
}
