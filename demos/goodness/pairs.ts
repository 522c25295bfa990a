/** A few images of the batch, each with its true and a false label in the first row of pixels, and what each layer thinks. */
import { h, setText } from "../../src/view/dom";

/** A label's pixel is brighter than any of an image; both are shown at their brightest. */
const brightest = 1;

interface Shown {
  readonly canvas: HTMLCanvasElement;
  readonly goodness: HTMLElement;
}

export class Pairs {
  private readonly shown: Shown[] = [];

  constructor(
    host: HTMLElement,
    private readonly count: number,
    private readonly side: number,
  ) {
    for (const [kind, title] of [
      ["true", "With the true label"],
      ["false", "With a false label"],
    ] as const) {
      const row = h("div", { class: `goodness-row goodness-${kind}` });
      for (let at = 0; at < count; at++) {
        const label = `${title}: image ${at + 1}`;
        const canvas = h("canvas", { width: side, height: side, role: "img", "aria-label": label });
        const goodness = h("p", { class: "goodness-told" });
        this.shown.push({ canvas, goodness });
        row.append(h("div", { class: "goodness-image" }, canvas, goodness));
      }
      host.append(h("p", { class: "part-title" }, title), row);
    }
  }

  /**
   * @param images [2 · batch, side²]: a sample's positive, then its negative
   * @param goodness by layer, in the same order
   */
  draw(images: Float32Array, goodness: readonly Float32Array[]): void {
    this.shown.forEach(({ canvas, goodness: line }, at) => {
      const row = 2 * (at % this.count) + Number(at >= this.count);
      const context = canvas.getContext("2d");
      if (!context) return;
      const picture = context.createImageData(this.side, this.side);
      const pixels = this.side ** 2;
      for (let pixel = 0; pixel < pixels; pixel++) {
        const grey = Math.round((255 * Math.min(brightest, images[row * pixels + pixel]!)) / brightest);
        picture.data.set([grey, grey, grey, 255], 4 * pixel);
      }
      context.putImageData(picture, 0, 0);
      const label = images.subarray(row * pixels, row * pixels + 10).findIndex((value) => value > brightest);
      const told = goodness.map((each) => each[row]!.toFixed(2)).join(" · ");
      setText(line, `“${label}”\n${told}`);
    });
  }
}
