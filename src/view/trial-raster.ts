/**
 * TrialRaster: one trial of a spiking network from left to right: a band of dots for each population, and below them the
 * outputs' courses on the same axis. Dots are drawn on a canvas; names, labels and the scale bar are text of the page.
 */
import { h, setText } from "./dom";
import { LineLabels } from "./line-labels";
import { colour, onColoursChange } from "./palette";

export interface TrialBand {
  readonly name: string;
  /** Neurons, one below the other. */
  readonly rows: number;
  /** A CSS custom property. */
  readonly colour: string;
  readonly spikes: readonly (readonly [step: number, row: number])[];
}

export interface TrialOutput {
  /** What stands at its line's end; none for one that only accompanies others. */
  readonly label?: string;
  /** One for each step. */
  readonly values: readonly number[];
  /** Whether it should win: its line is strong. */
  readonly wanted: boolean;
}

export interface Trial {
  readonly steps: number;
  readonly dtMs: number;
  /** Length of the scale bar. */
  readonly scaleMs: number;
  /** The step from which on the outputs answer; none where they do so all along. */
  readonly answer?: number;
  readonly bands: readonly TrialBand[];
  readonly outputs: readonly TrialOutput[];
}

/** CSS pixels: what the outputs take, the least height of a band, what is between them, and room for labels. */
const [outputHeight, least, gap, labelWidth] = [120, 26, 5, 56];
/** Rows count for their root where bands share the height, so that few neurons stay legible beside many. */
const share = ({ rows }: TrialBand) => Math.sqrt(rows);

interface Place {
  readonly top: number;
  readonly height: number;
}

/** Where each band stands in `height` pixels. */
export function placesOf(bands: readonly TrialBand[], height: number): Place[] {
  const free = height - bands.length * (least + gap);
  const sum = bands.reduce((all, band) => all + share(band), 0);
  let top = 0;
  return bands.map((band) => {
    const place = { top, height: least + (free * share(band)) / sum };
    top += place.height + gap;
    return place;
  });
}

export class TrialRaster {
  private trial: Trial | undefined;
  private readonly canvas = h("canvas", { class: "trial-canvas", role: "img", "aria-label": "One trial" });
  private readonly names = h("div", { class: "trial-names" });
  private readonly picture = h("div", { class: "trial-picture" }, this.canvas);
  private readonly labels = new LineLabels(this.picture);
  private readonly bar = h("span", { class: "trial-bar", "aria-hidden": "true" });
  private readonly scale = h("span");
  private readonly answers = h("span", { class: "trial-answers" }, "the outputs answer");

  constructor(host: HTMLElement) {
    const axis = h("p", { class: "trial-axis" }, this.bar, this.scale, this.answers);
    host.append(this.names, this.picture, axis);
    new ResizeObserver(() => this.paint()).observe(this.canvas);
    onColoursChange(() => this.paint());
  }

  /** @param told what the picture shows, for those who can't see it; nothing is shown without a trial */
  draw(trial: Trial | undefined, told = "One trial"): void {
    this.trial = trial;
    this.canvas.setAttribute("aria-label", told);
    this.paint();
  }

  private paint(): void {
    const { canvas } = this;
    const trial = this.trial;
    const { clientWidth: width, clientHeight: height } = canvas;
    if (width === 0) return;
    const scale = devicePixelRatio;
    // Setting a size wipes it, too.
    Object.assign(canvas, { width: Math.round(width * scale), height: Math.round(height * scale) });
    const pen = canvas.getContext("2d");
    if (!pen || !trial) {
      this.names.replaceChildren();
      this.labels.place([], { left: 0, top: 0, bottom: 0, width: 0 });
      for (const text of [this.scale, this.answers]) text.hidden = true;
      this.bar.hidden = true;
      return;
    }
    pen.scale(scale, scale);
    const across = width - labelWidth;
    const places = placesOf(trial.bands, height - outputHeight);
    const outputs = { top: height - outputHeight, height: outputHeight };
    if (trial.answer !== undefined) {
      pen.fillStyle = colour("--grid");
      pen.fillRect(
        (trial.answer / trial.steps) * across,
        0,
        (1 - trial.answer / trial.steps) * across,
        height,
      );
    }
    for (const [index, band] of trial.bands.entries()) this.dots(pen, trial, band, places[index]!, across);
    this.courses(pen, trial, outputs, across);
    this.name([...trial.bands.map(({ name }) => name), "outputs"], [...places, outputs]);
    this.bar.hidden = this.scale.hidden = false;
    this.answers.hidden = trial.answer === undefined;
    this.bar.style.width = `${(trial.scaleMs / (trial.steps * trial.dtMs)) * across}px`;
    setText(this.scale, `${trial.scaleMs}\u202fms`);
  }

  private dots(
    pen: CanvasRenderingContext2D,
    trial: Trial,
    band: TrialBand,
    place: Place,
    across: number,
  ): void {
    pen.fillStyle = colour("--line");
    pen.fillRect(0, place.top + place.height + gap / 2, across, 0.5);
    pen.fillStyle = colour(band.colour);
    const [column, row] = [across / trial.steps, place.height / band.rows];
    const [wide, high] = [Math.max(1.5, Math.min(column * 0.8, 5)), Math.max(1.2, row * 0.8)];
    for (const [step, neuron] of band.spikes)
      pen.fillRect((step + 0.5) * column - wide / 2, place.top + (neuron + 0.5) * row - high / 2, wide, high);
  }

  private courses(
    pen: CanvasRenderingContext2D,
    { steps, outputs }: Trial,
    place: Place,
    across: number,
  ): void {
    const all = outputs.flatMap(({ values }) => [...values]);
    const [low, high] = [Math.min(0, ...all), Math.max(1e-3, ...all)];
    const y = (value: number) => place.top + 8 + ((high - value) / (high - low)) * (place.height - 14);
    pen.fillStyle = colour("--line");
    pen.fillRect(0, y(0), across, 1);
    // The strong one last, over the others.
    for (const { values, wanted } of [...outputs].sort((a, b) => Number(a.wanted) - Number(b.wanted))) {
      pen.strokeStyle = colour(wanted ? "--ink" : "--muted");
      pen.lineWidth = wanted ? 2 : 1;
      pen.setLineDash(wanted ? [] : [4, 3]);
      pen.beginPath();
      for (const [step, value] of values.entries()) pen.lineTo(((step + 0.5) / steps) * across, y(value));
      pen.stroke();
    }
    const labelled = outputs.filter(({ label }) => label !== undefined);
    this.labels.place(
      labelled.map(({ label, values, wanted }) => ({
        ...{ key: `${label} ${wanted}`, label: wanted ? "wanted" : "", value: label! },
        ...{ colour: wanted ? "--ink" : "--muted", y: y(values.at(-1)!) },
      })),
      { left: across + 6, top: place.top, bottom: place.top + place.height, width: labelWidth - 6 },
    );
  }

  private name(names: readonly string[], places: readonly Place[]): void {
    this.names.replaceChildren(
      ...names.map((name, index) => {
        const element = h("span", { class: "trial-name" }, name);
        const { top, height } = places[index]!;
        Object.assign(element.style, { top: `${top}px`, height: `${height}px` });
        return element;
      }),
    );
  }
}
