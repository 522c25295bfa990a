/** WeightHistogram: how many synapses have which weight, and where one of them stands. */
import { chartFont } from "./chart-axis";
import { h } from "./dom";
import { count } from "./format";
import { colour, onColoursChange } from "./palette";

export interface HistogramOptions {
  readonly range: readonly [number, number];
  readonly bins: number;
  /** A CSS custom property, or one for each bin. */
  readonly colour: string | ((bin: number) => string);
  /** Of the synapse that is marked. */
  readonly markColour?: string;
  readonly marks: readonly number[];
  readonly label: string;
}

const room = { left: 4, right: 4, head: 34, foot: 20 };

/** How many weights fall into each bin; those beyond the range count in the outermost. */
function binned(
  weights: Float32Array,
  { range: [from, to], bins }: Pick<HistogramOptions, "range" | "bins">,
): Float64Array {
  const counts = new Float64Array(bins);
  for (const weight of weights)
    counts[Math.max(0, Math.min(bins - 1, Math.floor(((weight - from) / (to - from)) * bins)))]!++;
  return counts;
}

export class WeightHistogram {
  private readonly canvas: HTMLCanvasElement;
  private last: (() => void) | undefined;

  /** @param host of the height that the picture is to have */
  constructor(
    host: HTMLElement,
    private options: HistogramOptions,
  ) {
    this.canvas = h("canvas", { class: "weight-histogram", role: "img", "aria-label": options.label });
    host.append(this.canvas);
    const again = () => this.last?.();
    new ResizeObserver(again).observe(this.canvas);
    onColoursChange(again);
  }

  /** Another range, or other bins. */
  change(options: Partial<HistogramOptions>): void {
    this.options = { ...this.options, ...options };
    this.canvas.setAttribute("aria-label", this.options.label);
  }

  /**
   * @param weights of all synapses, or as a Float64Array how many fall into each bin
   * @param marked weight of the synapse that is marked, if one is, and what it is called
   */
  draw(
    weights: Float32Array | Float64Array,
    marked?: { readonly weight: number; readonly text: string },
  ): void {
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
    pen.font = chartFont;
    const { range, bins, marks, colour: look } = this.options;
    const [from, to] = range;
    const across = width - room.left - room.right;
    const bottom = height - room.foot;
    const place = (weight: number) => room.left + ((weight - from) / (to - from)) * across;

    const counts = weights instanceof Float64Array ? weights : binned(weights, this.options);
    const most = Math.max(...counts, 1);
    const step = across / bins;
    for (const [bin, here] of counts.entries()) {
      pen.fillStyle = colour(typeof look === "string" ? look : look(bin));
      // A lone synapse is seen too.
      const size = here === 0 ? 0 : Math.max(1.5, (here / most) * (bottom - room.head));
      pen.fillRect(room.left + bin * step + 0.5, bottom - size, step - 1, size);
    }
    pen.fillStyle = colour("--muted");
    pen.fillRect(room.left, bottom, across, 1);
    for (const mark of marks) {
      pen.textAlign = mark === from ? "left" : mark === to ? "right" : "center";
      pen.fillText(String(mark).replace("-", "\u2212"), place(mark), height - 5);
    }
    const highest = counts.indexOf(most);
    const middle = room.left + (highest + 0.5) * step;
    pen.textAlign = middle > width / 2 ? "right" : "left";
    if (highest >= 0)
      pen.fillText(`${count(most)} synapses`, middle + (middle > width / 2 ? -step : step), room.head - 4);
    if (marked) this.mark(pen, place(marked.weight), bottom, marked.text, width);
  }

  private mark(pen: CanvasRenderingContext2D, x: number, bottom: number, text: string, width: number): void {
    pen.fillStyle = pen.strokeStyle = colour(this.options.markColour ?? "--ink");
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
