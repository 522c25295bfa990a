/** First-layer weights as images, one tile for each hidden neuron, pixel for pixel, on one scale for all rules. */
import type { Racer } from "./curves";
import { type DivergingMap, divergingMap, entryOf } from "./diverging";
import { h, setText } from "./dom";
import { rough } from "./format";
import { onColoursChange } from "./palette";
import { pixelAt, placeRing, ring } from "./pixel-ring";

export interface FirstWeights {
  readonly racer: Racer;
  /** [inputs + 1, neurons], row-major, the biases last. */
  readonly weights: Float32Array;
}

/** A synapse of the first layer: from an input to a neuron. */
export interface FirstSynapse {
  readonly pre: number;
  readonly post: number;
}

interface Tile {
  readonly frame: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly ring: HTMLElement;
}

/** Eighteen fill a wide row, and three rows of a phone. */
const tiles = 18;

export class WeightImages {
  private readonly rows = new Map<string, Tile[]>();
  private readonly list = h("div", { class: "weight-rows" });
  private readonly bar = h("canvas", { class: "scale-bar", width: 255, height: 1, "aria-hidden": true });
  private readonly low = h("span");
  private readonly high = h("span");
  private last: (() => void) | undefined;
  private marked: FirstSynapse | undefined;

  /** @param pick hears of the synapse whose pixel was clicked */
  constructor(
    private readonly host: HTMLElement,
    private readonly pick: (synapse: FirstSynapse) => void,
  ) {
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
        row[0]?.frame.closest(".weight-row")?.remove();
        this.rows.delete(rule);
      }
    for (const { racer, weights } of all) {
      const neurons = weights.length / (pixels + 1);
      const row = this.rows.get(racer.name) ?? this.addRow(racer, height, width);
      row.forEach(({ frame, canvas }, neuron) => {
        frame.hidden = neuron >= neurons;
        if (neuron < neurons) paint(canvas, map, (pixel) => weights[pixel * neurons + neuron]! / most);
      });
    }
    this.mark(this.marked);
    paint(this.bar, map, (pixel) => (pixel - 127) / 127);
    setText(this.low, `\u2212${rough(most)}`);
    setText(this.high, `+${rough(most)}`);
  }

  /** Shows under every rule which synapse is looked at; none where it is not in the first layer. */
  mark(synapse: FirstSynapse | undefined): void {
    this.marked = synapse;
    for (const row of this.rows.values())
      row.forEach(({ frame, canvas, ring: mark }, neuron) => {
        const here = synapse?.post === neuron;
        frame.classList.toggle("is-marked", here);
        placeRing(mark, canvas, here ? synapse!.pre : undefined);
      });
  }

  private addRow({ name, title }: Racer, height: number, width: number): Tile[] {
    const row = Array.from({ length: tiles }, (_, neuron): Tile => {
      const canvas = h("canvas", { width, height, "aria-hidden": true });
      canvas.addEventListener("click", (event) => this.pick({ pre: pixelAt(canvas, event), post: neuron }));
      const mark = ring();
      return { frame: h("span", { class: "weight-tile" }, canvas, mark), canvas, ring: mark };
    });
    const label = `Weights into the first ${tiles} hidden neurons under ${title}`;
    const frames = row.map(({ frame }) => frame);
    const strip = h("div", { class: "weight-tiles", role: "img", "aria-label": label }, ...frames);
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
