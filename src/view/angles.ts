/** Alignment: for every hidden layer a chart of the angle between each rule's update and the true gradient. */
import { LineChart } from "./chart";
import type { Racer } from "./curves";
import { h } from "./dom";
import { degrees } from "./format";
import { lookOf } from "./palette";

/** One look at one rule: degrees by layer from 1; null where there is no angle. */
export interface Angles {
  readonly rule: string;
  /** That the rule had seen. */
  readonly samples: number;
  readonly byLayer: readonly (number | null)[];
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
        marks: () => [0, 30, 60, 90, 120, 150, 180],
      });
    });
  }

  add(look: Angles): void {
    this.looks.push(look);
    const own = this.looks.filter(({ rule }) => rule === look.rule);
    if (own.length <= mostLooks) return;
    const gone = new Set(own.filter((_, index) => index % 2 === 1));
    this.looks = this.looks.filter((old) => !gone.has(old));
  }

  draw(racers: readonly Racer[]): void {
    const samples = [...new Set(this.looks.map((look) => look.samples))].sort((a, b) => a - b);
    this.charts.forEach((chart, index) => {
      const lines = racers.map(({ name, title }) => {
        const seen = new Map(
          this.looks
            .filter(({ rule }) => rule === name)
            .map((look) => [look.samples, look.byLayer[index] ?? null]),
        );
        return {
          ...lookOf(name),
          key: name,
          label: title,
          values: samples.map((at) => seen.get(at) ?? null),
        };
      });
      const steepest = Math.max(0, ...lines.flatMap(({ values }) => values.map((value) => value ?? 0)));
      chart.draw(samples, lines, [0, steepest > 95 ? Math.min(180, 30 * Math.ceil(steepest / 30)) : 95]);
    });
  }
}
