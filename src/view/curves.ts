/** The race's curves: accuracy above, loss below, from the same history. */
import { type ChartOptions, type Line, LineChart } from "./chart";
import { setText } from "./dom";
import { percent, rough } from "./format";
import type { Curve, Log, Scored } from "./history";
import { type Look, lookOf } from "./palette";
import { spreadOf } from "./spread";

export interface Racer {
  readonly name: string;
  readonly title: string;
  /** How it is drawn; default as its rule is. */
  readonly look?: Look;
  /** What it is the mean of, by the names in the history: the same run from several seeds. Default itself alone. */
  readonly strands?: readonly string[];
}

/** All that a chart shows, for whoever draws it elsewhere. */
export interface Drawing {
  readonly options: ChartOptions;
  readonly xs: readonly number[];
  readonly lines: readonly Line[];
  readonly range: readonly [number, number];
}

/** Above this accuracy of the slowest rule the axis begins at `zoomFrom`. */
const zoomFrom = 0.8;
/** Below this one it shows everything again. */
const zoomUntil = 0.75;

const coarse = [0, 0.2, 0.4, 0.6, 0.8, 1];
const fine = [0.8, 0.85, 0.9, 0.95, 1];
const powers = [-4, -3, -2, -1, 0, 1, 2, 3, 4].map((power) => 10 ** power);

const axis = "samples seen by each rule";
const accuracyOptions: ChartOptions = {
  y: "accuracy",
  format: percent,
  tick: (value) => `${Math.round(100 * value)}\u202f%`,
  mostDots: 30,
  marks: (from) => (from > 0 ? fine : coarse),
};
const lossOptions: ChartOptions = {
  x: axis,
  y: "loss (nats)",
  format: rough,
  log: true,
  mostDots: 30,
  marks: () => powers,
};

export class Curves {
  private readonly accuracy: LineChart;
  private readonly loss: LineChart;
  private drawn = "";
  private zoomed = false;
  /** What the two charts show now; each with both axes named. */
  drawings: { readonly accuracy: Drawing; readonly loss: Drawing } | undefined;

  /** @param note says where the accuracy axis begins */
  constructor(
    accuracy: HTMLElement,
    loss: HTMLElement,
    private readonly note: HTMLElement,
  ) {
    this.accuracy = new LineChart(accuracy, accuracyOptions);
    this.loss = new LineChart(loss, lossOptions);
  }

  draw(history: Log, racers: readonly Racer[]): void {
    const told = racers.map(({ name, title, look, strands }) => [name, title, look?.dash, strands].join(" "));
    const state = `${history.version} ${told}`;
    if (state === this.drawn) return;
    this.drawn = state;
    const curves = racers.map((racer) => ({
      racer,
      curves: namesOf(racer).map((name) => history.curve(name)),
    }));
    const samples = history.samples;
    const latest = racers.flatMap(namesOf).map((name) => history.lastTest(name)?.accuracy ?? 0);
    this.zoomed = Math.min(...latest) >= (this.zoomed ? zoomUntil : zoomFrom);
    const { zoomed } = this;
    setText(
      this.note,
      zoomed
        ? "The axis now begins at 80\u202f%: every rule is above it."
        : "The axis shows all of 0 to 100\u202f%.",
    );
    const accuracies = linesOf(curves, ({ accuracy }) => accuracy);
    const accuracyRange = [zoomed ? zoomFrom : 0, 1] as const;
    this.accuracy.draw(samples, accuracies, accuracyRange);
    const losses = linesOf(curves, ({ loss }) => Math.max(loss, 1e-4));
    const range = lossRange(losses);
    this.loss.draw(samples, losses, range);
    this.drawings = {
      accuracy: {
        options: { ...accuracyOptions, x: axis },
        xs: samples,
        lines: accuracies,
        range: accuracyRange,
      },
      loss: { options: lossOptions, xs: samples, lines: losses, range },
    };
  }
}

const namesOf = ({ name, strands }: Racer): readonly string[] => strands ?? [name];

/** For each racer a pale line of its training batches, and over it the line of its tests, with their spread over seeds. */
function linesOf(
  all: readonly { readonly racer: Racer; readonly curves: readonly Curve[] }[],
  pick: (scored: Scored) => number,
): Line[] {
  const values = (scores: readonly (Scored | undefined)[]) =>
    scores.map((scored) => (scored ? pick(scored) : null));
  return all.flatMap(({ racer: { name, title, look = lookOf(name) }, curves }) => {
    const train = spreadOf(curves.map((curve) => values(curve.train)));
    const test = spreadOf(curves.map((curve) => values(curve.test)));
    const told = test.mean.some((value) => value !== null) ? test : train;
    return [
      { ...look, dash: [], key: `${name}/train`, values: train.mean, faint: true },
      { ...look, key: name, label: title, values: told.mean, ...(curves.length > 1 && { band: told }) },
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
