/** WeightHistogram: how many synapses have which weight, and where one of them stands. */
import { h } from "./dom";
import { count } from "./format";
import { colour, onColoursChange } from "./palette";

export interface HistogramOptions {
  readonly range: readonly [number, number];
  readonly bins: number;
  /** A CSS custom property. */
  readonly colour: string;
  /** Of the synapse that is marked. */
  readonly markColour: string;
  readonly marks: readonly number[];
  readonly label: string;
}

const font = '12px system-ui, "Segoe UI", Roboto, sans-serif';
const room = { left: 4, right: 4, head: 34, foot: 20 };

export class WeightHistogram {
  private readonly canvas: HTMLCanvasElement;
  private last: (() => void) | undefined;

  /** @param host of the height that the picture is to have */
  constructor(
    host: HTMLElement,
    private readonly options: HistogramOptions,
  ) {
    this.canvas = h("canvas", { class: "weight-histogram", role: "img", "aria-label": options.label });
    host.append(this.canvas);
    const again = () => this.last?.();
    new ResizeObserver(again).observe(this.canvas);
    onColoursChange(again);
  }

  /** @param marked weight of the synapse that is marked, and what it is called */
  draw(weights: Float32Array, marked: { readonly weight: number; readonly text: string }): void {
    this.last = () => this.draw(weights, marked);
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const sharp = devicePixelRatio || 1;
    const [wide, tall] = [Math.round(width * sharp), Math.round(height * sharp)];
    if (this.canvas.width !== wide || this.canvas.height !== tall) {
      this.canvas.width = wide;
      this.canvas.height = tall;
    }
    const pen = this.canvas.getContext("2d");
    if (!pen || width === 0) return;
    pen.setTransform(sharp, 0, 0, sharp, 0, 0);
    pen.clearRect(0, 0, width, height);
    pen.font = font;
    const { range, bins, marks } = this.options;
    const [from, to] = range;
    const across = width - room.left - room.right;
    const bottom = height - room.foot;
    const place = (weight: number) => room.left + ((weight - from) / (to - from)) * across;

    const counts = new Float64Array(bins);
    for (const weight of weights)
      counts[Math.max(0, Math.min(bins - 1, Math.floor(((weight - from) / (to - from)) * bins)))]!++;
    const most = Math.max(...counts);
    pen.fillStyle = colour(this.options.colour);
    const step = across / bins;
    for (const [bin, here] of counts.entries()) {
      // A lone synapse is seen too.
      const size = here === 0 ? 0 : Math.max(1.5, (here / most) * (bottom - room.head));
      pen.fillRect(room.left + bin * step + 0.5, bottom - size, step - 1, size);
    }
    pen.fillStyle = colour("--muted");
    pen.fillRect(room.left, bottom, across, 1);
    for (const mark of marks) {
      pen.textAlign = mark === from ? "left" : mark === to ? "right" : "center";
      pen.fillText(String(mark), place(mark), height - 5);
    }
    const highest = counts.indexOf(most);
    const middle = room.left + (highest + 0.5) * step;
    pen.textAlign = middle > width / 2 ? "right" : "left";
    pen.fillText(`${count(most)} synapses`, middle + (middle > width / 2 ? -step : step), room.head - 4);
    this.mark(pen, place(marked.weight), bottom, marked.text, width);
  }

  private mark(pen: CanvasRenderingContext2D, x: number, bottom: number, text: string, width: number): void {
    pen.fillStyle = pen.strokeStyle = colour(this.options.markColour);
    pen.lineWidth = 2;
    pen.beginPath();
    pen.moveTo(x, 16);
    pen.lineTo(x, bottom);
    pen.stroke();
    pen.beginPath();
    pen.arc(x, bottom - 5, 5, 0, 2 * Math.PI);
    pen.fill();
    pen.textAlign = x > width / 2 ? "right" : "left";
    pen.fillText(text, x > width / 2 ? Math.min(width, x + 5) : Math.max(0, x - 5), 11);
  }
}
