/** The unit cube of three hidden neurons, seen from outside, with a numbered dot for each pattern. */
import { colour } from "../../src/view/palette";

type Point = readonly [number, number, number];

/** Seen from the front, a little from the right and from above. */
function project([x, y, z]: Point): readonly [number, number] {
  return [0.12 + 0.52 * x + 0.25 * z, 0.88 - 0.52 * y - 0.22 * z];
}

const corners: readonly Point[] = Array.from({ length: 8 }, (_, n) => [n & 1, (n >> 1) & 1, (n >> 2) & 1]);
const edges = corners.flatMap((from, a) =>
  corners.flatMap((to, b) => (b > a && Math.log2(a ^ b) % 1 === 0 ? [[from, to] as const] : [])),
);

/** @param hidden [patterns, 3] */
export function paintCube(canvas: HTMLCanvasElement, hidden: ArrayLike<number>): void {
  const size = Math.round(canvas.clientWidth * devicePixelRatio);
  if (size === 0) return;
  canvas.width = size;
  canvas.height = size;
  const context = canvas.getContext("2d")!;
  const at = (point: Point) => {
    const [x, y] = project(point);
    return [x * size, y * size] as const;
  };
  context.lineWidth = size / 300;
  context.strokeStyle = colour("--line");
  for (const [from, to] of edges) {
    context.beginPath();
    context.moveTo(...at(from));
    context.lineTo(...at(to));
    context.stroke();
  }
  context.font = `${Math.round(size / 30)}px system-ui, sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = colour("--muted");
  corners.forEach((corner) => {
    const [x, y] = at(corner);
    context.fillText(corner.join(""), x, y + (corner[1] === 0 ? 1 : -1) * 0.055 * size);
  });
  const patterns = Array.from({ length: hidden.length / 3 }, (_, n) => n);
  const place = (n: number): Point => [hidden[3 * n]!, hidden[3 * n + 1]!, hidden[3 * n + 2]!];
  // Those at the back first.
  for (const n of patterns.sort((a, b) => place(b)[2] - place(a)[2])) {
    const [x, y] = at(place(n));
    context.beginPath();
    context.arc(x, y, size / 34, 0, 2 * Math.PI);
    context.fillStyle = colour("--ink");
    context.fill();
    context.strokeStyle = colour("--paper");
    context.stroke();
    context.fillStyle = colour("--paper");
    context.fillText(String(n + 1), x, y + size / 300);
  }
}
