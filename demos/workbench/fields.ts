/** The weights of both rules as pictures, each on a scale of its own, beside the direction of greatest mean square. */
import { divergingMap, entryOf } from "../../src/view/diverging";
import { h, setText } from "../../src/view/dom";
import { rough } from "../../src/view/format";
import { onColoursChange } from "../../src/view/palette";

/** More would be too small to see. */
const most = 16;

interface Row {
  readonly element: HTMLElement;
  readonly tiles: readonly HTMLCanvasElement[];
  readonly scale: HTMLElement;
}

/** Weights [inputs, neurons] row-major; what follows them, such as biases, is not drawn. */
export interface Pictured {
  readonly title: string;
  readonly weights: ArrayLike<number>;
  readonly neurons: number;
}

export class ReceptiveFields {
  private readonly rows = new Map<string, Row>();
  private last: (() => void) | undefined;

  constructor(private readonly host: HTMLElement) {
    onColoursChange(() => this.last?.());
  }

  /**
   * @param shape [height, width]
   */
  draw(all: readonly Pictured[], shape: readonly number[]): void {
    this.last = () => this.draw(all, shape);
    const [height = 1, width = 1] = shape;
    const pixels = height * width;
    const key = all.map(({ title, neurons }) => `${title} ${neurons}`).join();
    if (this.host.dataset.key !== `${key} ${shape}`) {
      this.rows.clear();
      for (const { title, neurons } of all)
        this.rows.set(title, row(title, Math.min(most, neurons), height, width));
      this.host.replaceChildren(...[...this.rows.values()].map(({ element }) => element));
      this.host.dataset.key = `${key} ${shape}`;
    }
    const map = divergingMap();
    for (const { title, weights, neurons } of all) {
      const { tiles, scale } = this.rows.get(title)!;
      let largest = 1e-12;
      for (let at = 0; at < pixels * neurons; at++) largest = Math.max(largest, Math.abs(weights[at]!));
      setText(scale, `±${rough(largest)}`);
      tiles.forEach((canvas, neuron) => {
        const context = canvas.getContext("2d")!;
        const image = context.createImageData(width, height);
        const words = new Uint32Array(image.data.buffer);
        for (let pixel = 0; pixel < pixels; pixel++)
          words[pixel] = map[entryOf(weights[pixel * neurons + neuron]!, largest)]!;
        context.putImageData(image, 0, 0);
      });
    }
  }
}

function row(title: string, neurons: number, height: number, width: number): Row {
  const tiles = Array.from({ length: neurons }, () => h("canvas", { width, height }));
  const scale = h("span", { class: "wb-scale" });
  const strip = h("div", { class: "wb-tiles", role: "img", "aria-label": `Weights: ${title}` }, ...tiles);
  return { element: h("div", { class: "wb-row" }, h("h3", {}, title, " ", scale), strip), tiles, scale };
}
