/** The race's curves: accuracy above, loss below, from the same history. */
import { type Line, LineChart } from "./chart";
import { setText } from "./dom";
import { percent, rough } from "./format";
import type { Curve, History, Scored } from "./history";
import { lookOf } from "./palette";

export interface Racer {
  readonly name: string;
  readonly title: string;
}

/** Above this accuracy of the slowest rule the axis begins at `zoomFrom`. */
const zoomFrom = 0.8;
/** Below this one it shows everything again. */
const zoomUntil = 0.75;

const coarse = [0, 0.2, 0.4, 0.6, 0.8, 1];
const fine = [0.8, 0.85, 0.9, 0.95, 1];
const powers = [-4, -3, -2, -1, 0, 1, 2, 3, 4].map((power) => 10 ** power);

export class Curves {
  private readonly accuracy: LineChart;
  private readonly loss: LineChart;
  private drawn = "";
  private zoomed = false;

  /** @param note says where the accuracy axis begins */
  constructor(
    accuracy: HTMLElement,
    loss: HTMLElement,
    private readonly note: HTMLElement,
  ) {
    const tick = (value: number) => `${Math.round(100 * value)}\u202f%`;
    this.accuracy = new LineChart(accuracy, {
      y: "accuracy",
      format: percent,
      tick,
      mostDots: 30,
      marks: (from) => (from > 0 ? fine : coarse),
    });
    this.loss = new LineChart(loss, {
      x: "samples seen by each rule",
      y: "loss (nats)",
      format: rough,
      log: true,
      mostDots: 30,
      marks: () => powers,
    });
  }

  draw(history: History, racers: readonly Racer[]): void {
    const state = `${history.version} ${racers.map(({ name }) => name)}`;
    if (state === this.drawn) return;
    this.drawn = state;
    const curves = racers.map((racer) => ({ racer, curve: history.curve(racer.name) }));
    const samples = history.samples;
    const latest = racers.map(({ name }) => history.lastTest(name)?.accuracy ?? 0);
    this.zoomed = Math.min(...latest) >= (this.zoomed ? zoomUntil : zoomFrom);
    const { zoomed } = this;
    setText(
      this.note,
      zoomed
        ? "The axis now begins at 80\u202f%: every rule is above it."
        : "The axis shows all of 0 to 100\u202f%.",
    );
    this.accuracy.draw(
      samples,
      linesOf(curves, ({ accuracy }) => accuracy),
      [zoomed ? zoomFrom : 0, 1],
    );
    const losses = linesOf(curves, ({ loss }) => Math.max(loss, 1e-4));
    this.loss.draw(samples, losses, lossRange(losses));
  }
}

/** For each rule a pale line of its training batches, and over it the line of its tests. */
function linesOf(
  curves: readonly { readonly racer: Racer; readonly curve: Curve }[],
  pick: (scored: Scored) => number,
): Line[] {
  const values = (all: readonly (Scored | undefined)[]) =>
    all.map((scored) => (scored ? pick(scored) : null));
  return curves.flatMap(({ racer: { name, title }, curve: { train, test } }) => {
    const look = lookOf(name);
    const tested = test.some(Boolean);
    return [
      { ...look, dash: [], key: `${name}/train`, values: values(train), faint: true },
      { ...look, key: name, label: title, values: values(tested ? test : train) },
    ];
  });
}

/** Whole powers of ten around all values. */
function lossRange(lines: readonly Line[]): [number, number] {
  const all = lines.flatMap(({ values }) =>
    values.filter((value): value is number => value !== null && value > 0),
  );
  const power = (value: number, round: (x: number) => number) => 10 ** round(Math.log10(value));
  const least = all.length > 0 ? Math.min(...all) : 0.1;
  const most = all.length > 0 ? Math.max(...all) : 1;
  return [Math.min(0.1, power(least, Math.floor)), Math.max(1, Math.min(power(most, Math.ceil), 1e4))];
}
