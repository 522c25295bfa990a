/** One digit of the batch, and its ten outputs: at free rest, and where the nudged copy has come to. */
import { h, setText } from "../../src/view/dom";

const side = 28;
const digits = 10;

/** A batch after its settling. */
export interface Batch {
  /** [batch, 28²], from 0 to 1. */
  readonly images: Float32Array;
  /** [batch] */
  readonly labels: Uint32Array;
  /** [batch, 10], from 0 to 1. */
  readonly free: Float32Array;
  /** [2 · batch, 10], from 0 to 1: of each sample's two copies the second is the nudged one. */
  readonly pair: Float32Array;
  /** [2 · batch], with its sign, in the same order. */
  readonly nudge: Float32Array;
}

export class OutputBars {
  private readonly canvas = h("canvas", {
    width: side,
    height: side,
    role: "img",
    "aria-label": "The digit",
  });
  private readonly told = h("p", { class: "settling-outputs-told" });
  private readonly bars = Array.from({ length: digits }, (_, digit) => {
    const [free, nudged] = [
      h("span", { class: "settling-bar settling-bar-free" }),
      h("span", { class: "settling-bar settling-bar-nudged" }),
    ];
    const column = h(
      "div",
      { class: "settling-digit" },
      h("div", { class: "settling-pair" }, free, nudged),
      `${digit}`,
    );
    return { free, nudged, column };
  });

  constructor(host: HTMLElement) {
    const key = h(
      "p",
      { class: "settling-key" },
      h("span", { class: "settling-key-free" }, "at free rest"),
      h("span", { class: "settling-key-nudged" }, "nudged"),
    );
    const columns = this.bars.map(({ column }) => column);
    host.append(
      h("div", { class: "settling-image" }, this.canvas, this.told),
      h("div", {}, h("div", { class: "settling-bars", "aria-hidden": "true" }, ...columns), key),
    );
  }

  /** Shows the digit whose own output the nudge has moved most. */
  draw({ images, labels, free, pair, nudge }: Batch): void {
    const own = Array.from(labels, (label, sample) => ({
      free: free[sample * digits + label]!,
      nudged: pair[(2 * sample + 1) * digits + label]!,
    }));
    const moves = own.map((output) => Math.abs(output.nudged - output.free));
    const sample = moves.indexOf(Math.max(...moves));
    const label = labels[sample]!;
    this.paint(images.subarray(sample * side ** 2, (sample + 1) * side ** 2));
    for (const [digit, bar] of this.bars.entries()) {
      bar.free.style.height = `${100 * free[sample * digits + digit]!}%`;
      bar.nudged.style.height = `${100 * pair[(2 * sample + 1) * digits + digit]!}%`;
      bar.column.classList.toggle("is-label", digit === label);
    }
    const way = nudge[2 * sample + 1]! < 0 ? "Pushed from" : "Drawn towards";
    const { free: before, nudged: after } = own[sample]!;
    setText(this.told, `${way} “${label}”: from ${before.toFixed(2)} to ${after.toFixed(2)}`);
  }

  private paint(image: Float32Array): void {
    const context = this.canvas.getContext("2d");
    const picture = context?.createImageData(side, side);
    if (!context || !picture) return;
    image.forEach((value, pixel) => {
      const grey = Math.round(255 * value);
      picture.data.set([grey, grey, grey, 255], 4 * pixel);
    });
    context.putImageData(picture, 0, 0);
  }
}
