/** The square with its points, the neuron's line, and the side on which it says yes. */
import { colour } from "../../src/view/palette";
import type { Cloud } from "./cloud";

export interface Scene {
  readonly cloud: Cloud;
  /** Weights of x and y, and the bias. */
  readonly weights: ArrayLike<number>;
  /** The point that it was last wrong about. */
  readonly wrong: number | undefined;
}

export function paint(canvas: HTMLCanvasElement, { cloud, weights, wrong }: Scene): void {
  const size = Math.round(canvas.clientWidth * devicePixelRatio);
  if (size === 0) return;
  canvas.width = size;
  canvas.height = size;
  const context = canvas.getContext("2d")!;
  const at = ([x, y]: readonly [number, number]) =>
    [(0.5 + 0.47 * x) * size, (0.5 - 0.47 * y) * size] as const;
  const [a = 0, b = 0, c = 0] = Array.from(weights);
  const length = Math.hypot(a, b);
  if (length > 0) {
    // A long strip on the positive side of the line, and its edge.
    const foot: [number, number] = [(-c * a) / length ** 2, (-c * b) / length ** 2];
    const [u, v] = [a / length, b / length];
    const corner = (along: number, out: number): [number, number] => [
      foot[0] - along * v + out * u,
      foot[1] + along * u + out * v,
    ];
    const [from, to] = [at(corner(-9, 0)), at(corner(9, 0))];
    context.beginPath();
    context.moveTo(...from);
    context.lineTo(...to);
    context.lineTo(...at(corner(9, 9)));
    context.lineTo(...at(corner(-9, 9)));
    context.fillStyle = colour("--raised");
    context.fill();
    context.beginPath();
    context.moveTo(...from);
    context.lineTo(...to);
    context.strokeStyle = colour("--ink");
    context.lineWidth = size / 220;
    context.stroke();
  }
  const radius = size / 75;
  cloud.points.forEach((point, index) => {
    const yes = cloud.labels[index] === 1;
    context.beginPath();
    context.arc(...at(point), radius, 0, 2 * Math.PI);
    context.lineWidth = size / 260;
    context.strokeStyle = colour(yes ? "--positive" : "--negative");
    context.fillStyle = colour(yes ? "--positive" : "--paper");
    context.fill();
    context.stroke();
    if (index !== wrong) return;
    context.beginPath();
    context.arc(...at(point), 2.2 * radius, 0, 2 * Math.PI);
    context.strokeStyle = colour("--ink");
    context.stroke();
  });
}
