/** A cloud of points in the plane, its longest axis, and a picture of it. */
import { unit } from "../../src/gpu/random";
import { colour } from "../../src/view/palette";

export interface Cloud {
  /** [count, 2], of mean 0. */
  readonly points: Float32Array;
  /** Of length 1. */
  readonly axis: readonly [number, number];
}

/** A normal cloud, three times as long as wide, in a direction drawn from the seed. */
export function drawCloud(count: number, seed: number): Cloud {
  const draw = (at: number) => unit(seed, 0xc10d, at);
  const turn = Math.PI * draw(0);
  const points = new Float32Array(2 * count);
  for (let n = 0; n < count; n++) {
    // Box & Muller 1958.
    const radius = Math.sqrt(-2 * Math.log(1 - draw(2 * n + 1)));
    const angle = 2 * Math.PI * draw(2 * n + 2);
    const [long, wide] = [0.9 * radius * Math.cos(angle), 0.3 * radius * Math.sin(angle)];
    points[2 * n] = long * Math.cos(turn) - wide * Math.sin(turn);
    points[2 * n + 1] = long * Math.sin(turn) + wide * Math.cos(turn);
  }
  for (const k of [0, 1]) {
    let mean = 0;
    for (let n = 0; n < count; n++) mean += points[2 * n + k]! / count;
    for (let n = 0; n < count; n++) points[2 * n + k]! -= mean;
  }
  return { points, axis: longestAxis(points) };
}

/** The first eigenvector of the points' covariance, in closed form. */
function longestAxis(points: Float32Array): readonly [number, number] {
  let [xx, xy, yy] = [0, 0, 0];
  for (let n = 0; n < points.length; n += 2) {
    xx += points[n]! ** 2;
    xy += points[n]! * points[n + 1]!;
    yy += points[n + 1]! ** 2;
  }
  const angle = 0.5 * Math.atan2(2 * xy, xx - yy);
  return [Math.cos(angle), Math.sin(angle)];
}

export interface Arrow {
  readonly label: string;
  readonly weight: readonly [number, number];
  readonly colour: string;
  readonly dash: readonly number[];
}

/** Half of the picture's side, in the points' units. */
const reach = 2.4;

export function paintCloud(
  canvas: HTMLCanvasElement,
  { points, axis }: Cloud,
  arrows: readonly Arrow[],
): void {
  const side = canvas.clientWidth;
  const ratio = devicePixelRatio;
  canvas.width = canvas.height = Math.round(side * ratio);
  const context = canvas.getContext("2d");
  if (!context || side === 0) return;
  const scale = (side * ratio) / (2 * reach);
  const place = (x: number, y: number): [number, number] => [
    canvas.width / 2 + scale * x,
    canvas.height / 2 - scale * y,
  ];
  const line = (from: [number, number], to: [number, number], width: number) => {
    context.lineWidth = width * ratio;
    context.beginPath();
    context.moveTo(...from);
    context.lineTo(...to);
    context.stroke();
  };
  context.fillStyle = colour("--muted");
  context.globalAlpha = 0.45;
  for (let n = 0; n < points.length; n += 2) {
    context.beginPath();
    context.arc(...place(points[n]!, points[n + 1]!), 2 * ratio, 0, 2 * Math.PI);
    context.fill();
  }
  context.globalAlpha = 1;
  context.strokeStyle = colour("--muted");
  context.setLineDash([6 * ratio, 5 * ratio]);
  line(place(-9 * axis[0], -9 * axis[1]), place(9 * axis[0], 9 * axis[1]), 1);
  context.font = `${13 * ratio}px system-ui, sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const { label, weight, colour: property, dash } of arrows) {
    const [x, y] = weight;
    const length = Math.hypot(x, y) || 1;
    const cut = Math.min(1, (0.86 * reach) / Math.max(Math.abs(x), Math.abs(y), 1e-9));
    const tip = place(cut * x, cut * y);
    context.strokeStyle = context.fillStyle = colour(property);
    context.setLineDash(dash.map((part) => part * ratio));
    line(place(0, 0), tip, 3);
    context.setLineDash([]);
    const angle = Math.atan2(-y, x);
    context.beginPath();
    context.moveTo(tip[0] + 9 * ratio * Math.cos(angle), tip[1] + 9 * ratio * Math.sin(angle));
    for (const side of [-1, 1])
      context.lineTo(
        tip[0] + 6 * ratio * Math.cos(angle + side * 1.9),
        tip[1] + 6 * ratio * Math.sin(angle + side * 1.9),
      );
    context.fill();
    // Beside the tip, to its left as the arrow points.
    const aside = 18 * ratio;
    const beside = [tip[0] - (aside * y) / length, tip[1] - (aside * x) / length] as const;
    // A rim of paper keeps the points behind it out of the word.
    context.strokeStyle = colour("--paper");
    context.lineWidth = 4 * ratio;
    context.strokeText(label, ...beside);
    context.fillText(label, ...beside);
  }
}
