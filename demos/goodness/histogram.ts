/** One layer's goodness over a batch: positive data above the axis, negative below it, and the threshold between. */
import { chartFont } from "../../src/view/chart-axis";
import { h } from "../../src/view/dom";
import { colour } from "../../src/view/palette";

const bins = 40;
const range = 3;
const room = { left: 4, right: 4, foot: 18 };

export class Histogram {
  private readonly canvas: HTMLCanvasElement;
  private last: (() => void) | undefined;

  constructor(host: HTMLElement, title: string) {
    this.canvas = h("canvas", {
      class: "goodness-histogram",
      role: "img",
      "aria-label": `${title}: how often each goodness comes, of images with their true label and with a false one`,
    });
    host.append(h("p", { class: "part-title" }, title), this.canvas);
    new ResizeObserver(() => this.last?.()).observe(this.canvas);
  }

  /** @param goodness by row: a sample's positive, then its negative */
  draw(goodness: Float32Array, threshold: number): void {
    this.last = () => this.draw(goodness, threshold);
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const sharp = devicePixelRatio || 1;
    if (
      this.canvas.width !== Math.round(width * sharp) ||
      this.canvas.height !== Math.round(height * sharp)
    ) {
      this.canvas.width = Math.round(width * sharp);
      this.canvas.height = Math.round(height * sharp);
    }
    const context = this.canvas.getContext("2d");
    if (!context || width === 0) return;
    context.setTransform(sharp, 0, 0, sharp, 0, 0);
    context.clearRect(0, 0, width, height);
    const counts = [new Float64Array(bins), new Float64Array(bins)];
    goodness.forEach((value, row) => {
      counts[row % 2]![Math.min(bins - 1, Math.floor((value / range) * bins))]!++;
    });
    const most = Math.max(...counts.flatMap((each) => [...each]));
    const across = width - room.left - room.right;
    const middle = (height - room.foot) / 2;
    const step = across / bins;
    const place = (value: number) => room.left + (value / range) * across;
    for (const [sign, property] of [
      [1, "--positive"],
      [-1, "--negative"],
    ] as const) {
      context.fillStyle = colour(property);
      counts[sign === 1 ? 0 : 1]!.forEach((count, bin) => {
        const tall = (count / most) * (middle - 4);
        context.fillRect(room.left + bin * step + 0.5, sign === 1 ? middle - tall : middle, step - 1, tall);
      });
    }
    context.strokeStyle = colour("--muted");
    context.fillStyle = colour("--muted");
    context.font = chartFont;
    context.beginPath();
    context.moveTo(room.left, middle);
    context.lineTo(width - room.right, middle);
    context.stroke();
    context.setLineDash([4, 3]);
    context.beginPath();
    context.moveTo(place(threshold), 0);
    context.lineTo(place(threshold), height - room.foot);
    context.stroke();
    context.setLineDash([]);
    for (const mark of [0, 1, 2, range]) {
      context.textAlign = mark === 0 ? "left" : mark === range ? "right" : "center";
      context.fillText(mark === range ? `${mark} and more` : String(mark), place(mark), height - 4);
    }
  }
}
