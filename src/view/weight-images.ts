/** First-layer weights as images, one tile for each hidden neuron, pixel for pixel, on one scale for all rules. */
import type { Racer } from "./curves";
import { type DivergingMap, divergingMap, entryOf } from "./diverging";
import { h, setText } from "./dom";
import { rough } from "./format";
import { onColoursChange } from "./palette";

export interface FirstWeights {
  readonly racer: Racer;
  /** [inputs + 1, neurons], row-major, the biases last. */
  readonly weights: Float32Array;
}

/** Eighteen fill a wide row, and three rows of a phone. */
const tiles = 18;

export class WeightImages {
  private readonly rows = new Map<string, HTMLCanvasElement[]>();
  private readonly list = h("div", { class: "weight-rows" });
  private readonly bar = h("canvas", { class: "scale-bar", width: 255, height: 1, "aria-hidden": true });
  private readonly low = h("span");
  private readonly high = h("span");
  private last: (() => void) | undefined;

  constructor(private readonly host: HTMLElement) {
    host.append(this.list, h("div", { class: "scale" }, this.low, this.bar, this.high));
    onColoursChange(() => this.last?.());
  }

  /** @param shape [height, width] of an input; anything else is no image, and says so */
  draw(all: readonly FirstWeights[], shape: readonly number[]): void {
    this.last = () => this.draw(all, shape);
    const [height = 0, width = 0] = shape;
    this.host.classList.toggle("no-image", shape.length !== 2);
    if (shape.length !== 2) return;
    const map = divergingMap();
    const pixels = height * width;
    const most = Math.max(...all.map(({ weights }) => largest(weights, pixels)));
    for (const [rule, row] of this.rows)
      if (!all.some(({ racer }) => racer.name === rule)) {
        row[0]?.closest(".weight-row")?.remove();
        this.rows.delete(rule);
      }
    for (const { racer, weights } of all) {
      const neurons = weights.length / (pixels + 1);
      const row = this.rows.get(racer.name) ?? this.addRow(racer, height, width);
      row.forEach((canvas, neuron) => {
        canvas.hidden = neuron >= neurons;
        if (neuron < neurons) paint(canvas, map, (pixel) => weights[pixel * neurons + neuron]! / most);
      });
    }
    paint(this.bar, map, (pixel) => (pixel - 127) / 127);
    setText(this.low, `\u2212${rough(most)}`);
    setText(this.high, `+${rough(most)}`);
  }

  private addRow({ name, title }: Racer, height: number, width: number): HTMLCanvasElement[] {
    const row = Array.from({ length: tiles }, () => h("canvas", { width, height, "aria-hidden": true }));
    const label = `Weights into the first ${tiles} hidden neurons under ${title}`;
    const strip = h("div", { class: "weight-tiles", role: "img", "aria-label": label }, ...row);
    this.list.append(h("div", { class: "weight-row" }, h("h3", {}, title), strip));
    this.rows.set(name, row);
    return row;
  }
}

/** The largest magnitude in the rows of the first neurons' pixels. */
function largest(weights: Float32Array, pixels: number): number {
  const neurons = weights.length / (pixels + 1);
  let most = 1e-9;
  for (let pixel = 0; pixel < pixels; pixel++)
    for (let neuron = 0; neuron < Math.min(tiles, neurons); neuron++)
      most = Math.max(most, Math.abs(weights[pixel * neurons + neuron]!));
  return most;
}

/** @param value of each pixel, from −1 to 1 */
function paint(canvas: HTMLCanvasElement, map: DivergingMap, value: (pixel: number) => number): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  const image = context.createImageData(canvas.width, canvas.height);
  const words = new Uint32Array(image.data.buffer);
  for (let pixel = 0; pixel < words.length; pixel++) words[pixel] = map[entryOf(value(pixel), 1)]!;
  context.putImageData(image, 0, 0);
}
