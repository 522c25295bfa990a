/** Dopamine drawn: all trials as a map, and three of them as traces. */
import { chartFont } from "../../src/view/chart-axis";
import { divergingMap, entryOf } from "../../src/view/diverging";
import { colour } from "../../src/view/palette";

export interface Scene {
  readonly cue: number;
  readonly due: number;
  readonly steps: number;
  readonly trials: readonly Float32Array[];
  /** Trials whose reward was left out. */
  readonly omitted: readonly number[];
}

/** Left of the drawing stand the words. */
const margin = 8;
const foot = 34;

function open(canvas: HTMLCanvasElement) {
  const { clientWidth: width, clientHeight: height } = canvas;
  const ratio = devicePixelRatio;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const pen = canvas.getContext("2d")!;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.font = chartFont;
  return { pen, width, height };
}

/** Where the cue and the reward stand on the axis of time. */
function axis(
  pen: CanvasRenderingContext2D,
  { cue, due, steps }: Scene,
  width: number,
  bottom: number,
): void {
  pen.fillStyle = colour("--muted");
  pen.textAlign = "center";
  for (const [at, name] of [
    [cue, "cue"],
    [due, "reward"],
  ] as const) {
    const x = margin + ((at + 0.5) / steps) * (width - 2 * margin);
    pen.fillText("▲", x, bottom + 12);
    pen.fillText(name, x, bottom + 28);
  }
}

/** A row a trial, blue below zero and vermilion above. */
export function drawMap(canvas: HTMLCanvasElement, scene: Scene): void {
  const { pen, width, height } = open(canvas);
  const { steps, trials } = scene;
  const bottom = height - foot;
  const map = divergingMap();
  const rows = Math.max(40, trials.length);
  const ratio = devicePixelRatio;
  // Whole pixels: rows that share one would leave stripes.
  const whole = (at: number) => Math.round(at * ratio) / ratio;
  const left = (t: number) => whole(margin + (t / steps) * (width - 2 * margin));
  const top = (row: number) => whole((row / rows) * bottom);
  for (const [row, delta] of trials.entries())
    for (let t = 0; t < steps; t++) {
      const word = map[entryOf(delta[t]!, 1)]!;
      pen.fillStyle = `rgb(${word & 255} ${(word >> 8) & 255} ${(word >> 16) & 255})`;
      pen.fillRect(left(t), top(row), left(t + 1) - left(t), top(row + 1) - top(row));
    }
  pen.strokeStyle = colour("--line");
  pen.strokeRect(margin + 0.5, 0.5, width - 2 * margin - 1, bottom - 1);
  axis(pen, scene, width, bottom);
}

/** Before learning, after, and the last reward that was left out, one below the other. */
export function drawTraces(canvas: HTMLCanvasElement, scene: Scene): void {
  const { pen, width, height } = open(canvas);
  const { steps, trials, omitted } = scene;
  const newest = trials.findLastIndex((_, trial) => !omitted.includes(trial));
  const last = omitted.at(-1);
  const shown: readonly (readonly [string, Float32Array | undefined])[] = [
    ["Trial 1: the reward is a surprise", trials[0]],
    [newest > 0 ? `Trial ${newest + 1}` : "After some trials", newest > 0 ? trials[newest] : undefined],
    [
      last === undefined ? "A reward left out" : `Trial ${last + 1}: no reward`,
      last === undefined ? undefined : trials[last],
    ],
  ];
  const bottom = height - foot;
  const each = bottom / shown.length;
  const wide = (width - 2 * margin) / steps;
  for (const [row, [name, delta]] of shown.entries()) {
    const zero = (row + 0.62) * each;
    const unit = 0.32 * each;
    pen.textAlign = "left";
    pen.fillStyle = colour("--ink");
    pen.fillText(name, margin, row * each + 14);
    pen.fillStyle = colour("--line");
    pen.fillRect(margin, zero, width - 2 * margin, 1);
    for (let t = 0; delta && t < steps; t++) {
      const value = Math.max(-1.1, Math.min(1.1, delta[t]!));
      pen.fillStyle = colour(value < 0 ? "--negative" : "--positive");
      pen.fillRect(
        margin + t * wide + 1,
        zero - Math.max(0, value) * unit,
        Math.max(1, wide - 2),
        Math.abs(value) * unit,
      );
    }
  }
  axis(pen, scene, width, bottom);
}
