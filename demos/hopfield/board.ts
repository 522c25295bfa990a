/** The board: one square for each neuron, that a person can turn over by pointer or keys. */
import { colour, onColoursChange } from "../../src/view/palette";
import { side } from "./shapes";

const keys: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export class Board {
  /** What it shows: −1 to 1 for each neuron. */
  values = new Float32Array(side * side).fill(-1);
  private cursor = { x: 9, y: 9 };
  /** What the pointer paints while it is down. */
  private paint: number | undefined;

  /** @param touched hears of every change that a person makes @param told hears where the keys have led, as a sentence */
  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly touched: () => void,
    private readonly told: (text: string) => void,
  ) {
    canvas.setAttribute("role", "application"); // so that a screen reader leaves the keys to it
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      this.cursor = this.placeOf(event);
      this.paint = this.at(this.cursor) > 0 ? -1 : 1;
      this.put(this.paint);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (this.paint === undefined) return;
      this.cursor = this.placeOf(event);
      this.put(this.paint);
    });
    for (const end of ["pointerup", "pointercancel"] as const)
      canvas.addEventListener(end, () => {
        this.paint = undefined;
      });
    canvas.addEventListener("keydown", (event) => this.key(event));
    for (const turn of ["focus", "blur"]) canvas.addEventListener(turn, () => this.draw());
    onColoursChange(() => this.draw());
  }

  /** What the neurons hold, by sign. */
  get pattern(): Int8Array {
    return Int8Array.from(this.values, (value) => (value < 0 ? -1 : 1));
  }

  show(values: ArrayLike<number>): void {
    this.values = Float32Array.from(values);
    this.draw();
  }

  private at({ x, y }: { x: number; y: number }): number {
    return this.values[y * side + x]!;
  }

  private placeOf({ clientX, clientY }: PointerEvent): { x: number; y: number } {
    const box = this.canvas.getBoundingClientRect();
    const cell = (at: number, size: number) =>
      Math.min(side - 1, Math.max(0, Math.floor((side * at) / size)));
    return { x: cell(clientX - box.left, box.width), y: cell(clientY - box.top, box.height) };
  }

  private put(value: number): void {
    this.values[this.cursor.y * side + this.cursor.x] = value;
    this.touched();
    this.draw();
  }

  private key(event: KeyboardEvent): void {
    const move = keys[event.key];
    if (move) {
      const [dx, dy] = move;
      this.cursor = { x: (this.cursor.x + dx + side) % side, y: (this.cursor.y + dy + side) % side };
      this.draw();
    } else if (event.key === " ") this.put(this.at(this.cursor) > 0 ? -1 : 1);
    else return;
    event.preventDefault();
    const { x, y } = this.cursor;
    this.told(`Row ${y + 1}, column ${x + 1} is ${this.at(this.cursor) > 0 ? "on" : "off"}.`);
  }

  private draw(): void {
    const { canvas, cursor } = this;
    const cell = canvas.width / side;
    const context = canvas.getContext("2d")!;
    const [ink, paper] = [colour("--ink"), colour("--raised")];
    context.fillStyle = paper;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.fillStyle = ink;
    this.values.forEach((value, at) => {
      context.globalAlpha = Math.min(1, Math.max(0, (value + 1) / 2));
      context.fillRect((at % side) * cell + 0.5, Math.floor(at / side) * cell + 0.5, cell - 1, cell - 1);
    });
    context.globalAlpha = 1;
    if (document.activeElement !== canvas) return;
    context.strokeStyle = colour("--accent");
    context.lineWidth = 3;
    context.strokeRect(cursor.x * cell + 1, cursor.y * cell + 1, cell - 2, cell - 2);
  }
}

/** A small picture of a pattern, a pixel for each neuron. */
export function thumbnail(pattern: ArrayLike<number>): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side;
  const context = canvas.getContext("2d")!;
  context.fillStyle = colour("--ink");
  for (let at = 0; at < pattern.length; at++)
    if (pattern[at]! > 0) context.fillRect(at % side, Math.floor(at / side), 1, 1);
  return canvas;
}
