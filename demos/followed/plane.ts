/** The plane that the points lie in, small, beside the input: full dots where the signs are the same, hollow where they differ. */
import type { Split } from "../../src/task/dataset";
import type { Layout } from "./layout";
import { svg } from "./marks";

/** Half of the side, in the points' units; and how many points are enough to see the clouds. */
const [reach, most] = [1.7, 48];

export class Plane {
  readonly group = svg("g", {
    class: "followed-plane",
    role: "img",
    "aria-label": "The points in the plane",
  });
  private readonly dots = svg("g");
  private readonly here = svg("circle", { class: "followed-here", r: 5 });
  private readonly frame = svg("rect");
  private readonly axes = [svg("line"), svg("line")];
  private side = 0;
  private points: Split | undefined;
  private at: Float32Array | undefined;

  constructor() {
    this.group.append(this.frame, ...this.axes, this.dots, this.here);
  }

  take(points: Split): void {
    this.points = points;
    this.draw();
  }

  arrange({ height, neurons, radius, roomy }: Layout): void {
    const { x, y } = neurons[0]![0]!;
    const left = roomy ? 60 : 0;
    this.side = Math.min(104, x - 2 * radius - left);
    const top = Math.min(height - this.side - 1, y - this.side / 2);
    this.group.setAttribute("transform", `translate(${(left + 0.5).toFixed(1)} ${top.toFixed(1)})`);
    for (const name of ["width", "height"]) this.frame.setAttribute(name, this.side.toFixed(1));
    const [across, up] = this.axes;
    const half = (this.side / 2).toFixed(1);
    for (const [line, along, fixed] of [
      [across!, "x", "y"],
      [up!, "y", "x"],
    ] as const) {
      line.setAttribute(`${along}2`, this.side.toFixed(1));
      for (const end of [1, 2]) line.setAttribute(`${fixed}${end}`, half);
    }
    this.draw();
  }

  /** Rings a point; without one, none. */
  show(point: Float32Array | undefined): void {
    if (point === this.at) return;
    this.at = point;
    this.ring();
  }

  private place(value: number): number {
    return (this.side / 2) * (1 + value / reach);
  }

  private draw(): void {
    const points = this.points;
    if (!points || this.side === 0) return;
    this.dots.replaceChildren(
      ...Array.from({ length: Math.min(most, points.count) }, (_, index) =>
        svg("circle", {
          class: points.labels[index] === 0 ? "is-same" : "is-other",
          r: 1.8,
          cx: this.place(points.data[2 * index]!).toFixed(1),
          cy: this.place(-points.data[2 * index + 1]!).toFixed(1),
        }),
      ),
    );
    this.ring();
  }

  private ring(): void {
    this.here.style.display = this.at ? "" : "none";
    if (!this.at) return;
    this.here.setAttribute("cx", this.place(this.at[0]!).toFixed(1));
    this.here.setAttribute("cy", this.place(-this.at[1]!).toFixed(1));
  }
}
