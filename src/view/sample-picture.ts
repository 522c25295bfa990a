/** One sample as the network gets it: an image on which a pixel can be picked, or its numbers where it is no image. */
import { h, setText } from "./dom";
import { rough } from "./format";
import { colour, onColoursChange } from "./palette";
import { pixelAt, placeRing, ring } from "./pixel-ring";

/** Numbers shown of a sample that is no image. */
const mostNumbers = 8;

export interface ShownSample {
  readonly input: Float32Array;
  /** [height, width] of an image. */
  readonly shape: readonly number[];
  /** What it is, in a few words. */
  readonly told: string;
  /** The input at which the synapse begins, where it begins at one. */
  readonly marked: number | undefined;
}

export class SamplePicture {
  private readonly canvas = h("canvas", { width: 1, height: 1, role: "img" });
  private readonly ring = ring();
  private readonly frame = h("div", { class: "sample-frame" }, this.canvas, this.ring);
  private readonly numbers = h("p", { class: "sample-numbers" });
  private readonly told = h("p", { class: "sample-told" });
  private last: ShownSample | undefined;

  /** @param pick hears the pixel that was clicked */
  constructor(host: HTMLElement, pick: (input: number) => void) {
    host.append(this.frame, this.numbers, this.told);
    this.canvas.addEventListener("click", (event) => pick(pixelAt(this.canvas, event)));
    onColoursChange(() => this.last && this.draw(this.last));
  }

  draw(sample: ShownSample): void {
    this.last = sample;
    const { input, shape, told, marked } = sample;
    const image = shape.length === 2;
    this.frame.hidden = !image;
    this.numbers.hidden = image;
    setText(this.told, told);
    if (image) {
      this.canvas.setAttribute("aria-label", told);
      this.paint(input, shape);
      placeRing(this.ring, this.canvas, marked);
    } else {
      const shown = [...input.subarray(0, mostNumbers)].map(rough);
      setText(this.numbers, `${shown.join(", ")}${input.length > mostNumbers ? ", …" : ""}`);
    }
  }

  /** Ink on paper: the more of an input, the more ink. */
  private paint(input: Float32Array, [height = 1, width = 1]: readonly number[]): void {
    Object.assign(this.canvas, { width, height }); // which also wipes it
    const context = this.canvas.getContext("2d");
    if (!context) return;
    context.fillStyle = colour("--ink");
    for (const [pixel, value] of input.entries()) {
      context.globalAlpha = Math.min(1, Math.max(0, value));
      context.fillRect(pixel % width, Math.floor(pixel / width), 1, 1);
    }
  }
}
