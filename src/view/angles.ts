/** Alignment: for every hidden layer a chart of the angle between each rule's update and the true gradient. */
import { LineChart } from "./chart";
import type { Racer } from "./curves";
import { h } from "./dom";
import { degrees } from "./format";
import { lookOf } from "./palette";

/** One look at all rules: degrees by rule, then by layer from 1; null where there is no angle. */
export interface Angles {
  readonly samples: number;
  readonly byRule: ReadonlyMap<string, readonly (number | null)[]>;
}

const mostLooks = 400;

export class AngleCharts {
  private looks: Angles[] = [];
  private charts: LineChart[] = [];
  private layers = 0;

  constructor(private readonly host: HTMLElement) {}

  /** Makes room for a network's layers, and forgets what was measured if `anew`. */
  prepare(layers: readonly number[], anew: boolean): void {
    if (anew) this.looks = [];
    const hidden = Math.max(1, layers.length - 2);
    if (this.layers === hidden) return;
    this.layers = hidden;
    this.host.replaceChildren();
    this.charts = Array.from({ length: hidden }, (_, index) => {
      const plot = h("div", { class: "plot plot-angle" });
      const title = h("h3", {}, `Layer ${index + 1}${index === 0 ? ", next to the input" : ""}`);
      this.host.append(h("div", { class: "panel" }, title, plot));
      return new LineChart(plot, {
        x: "samples seen by each rule",
        y: "angle to the gradient",
        format: degrees,
        marks: (_, to) => (to > 95 ? [0, 45, 90, 135, 180] : [0, 30, 60, 90]),
      });
    });
  }

  add(look: Angles): void {
    this.looks.push(look);
    if (this.looks.length > mostLooks) this.looks = this.looks.filter((_, index) => index % 2 === 0);
  }

  draw(racers: readonly Racer[]): void {
    const samples = this.looks.map((look) => look.samples);
    this.charts.forEach((chart, index) => {
      const lines = racers.map(({ name, title }) => ({
        ...lookOf(name),
        key: name,
        label: title,
        values: this.looks.map(({ byRule }) => byRule.get(name)?.[index] ?? null),
      }));
      const steepest = Math.max(0, ...lines.flatMap(({ values }) => values.map((value) => value ?? 0)));
      chart.draw(samples, lines, [0, steepest > 92 ? 180 : 95]);
    });
  }
}
