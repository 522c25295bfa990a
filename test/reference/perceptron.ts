/** The perceptron and the delta rule, one sample at a time, in float64; and least squares by the normal equations. */
import type { Numbers } from "./dense";

export interface Perceptron {
  /** [inputs + 1, units], row-major, biases last. */
  readonly weights: Float64Array;
  mistakes: number;
}

const driveOf = (w: Numbers, x: Numbers, units: number, unit: number): number => {
  let z = w[x.length * units + unit]!;
  for (let i = 0; i < x.length; i++) z += w[i * units + unit]! * x[i]!;
  return z;
};

/** Adds `by` times the input, and its 1 for the bias, to a unit's weights. */
function add(w: Float64Array, x: Numbers, units: number, unit: number, by: number): void {
  for (let i = 0; i < x.length; i++) w[i * units + unit]! += by * x[i]!;
  w[x.length * units + unit]! += by;
}

/** Shows one sample. With one unit the label 1 wants it to speak; with several the label's unit must be driven most. */
export function show(model: Perceptron, x: Numbers, label: number, units: number): boolean {
  const { weights } = model;
  if (units === 1) {
    const t = label === 1 ? 1 : -1;
    if (t * driveOf(weights, x, 1, 0) > 0) return true;
    add(weights, x, 1, 0, t);
  } else {
    const drives = Array.from({ length: units }, (_, unit) => driveOf(weights, x, units, unit));
    let rival = label === 0 ? 1 : 0;
    for (let unit = 0; unit < units; unit++)
      if (unit !== label && drives[unit]! > drives[rival]!) rival = unit;
    if (drives[label]! > drives[rival]!) return true;
    add(weights, x, units, label, 1);
    add(weights, x, units, rival, -1);
  }
  model.mistakes++;
  return false;
}

/** Novikoff's (R/γ)², for samples [count][inputs] of two classes that `teacher`, [inputs + 1] with its bias last, tells apart. */
export function novikoff(samples: readonly Numbers[], labels: Numbers, teacher: Numbers): number {
  const length = Math.hypot(...Array.from(teacher));
  let [radius, margin] = [0, Number.POSITIVE_INFINITY];
  samples.forEach((x, s) => {
    radius = Math.max(radius, Math.hypot(...Array.from(x), 1));
    margin = Math.min(margin, ((labels[s] === 1 ? 1 : -1) * driveOf(teacher, x, 1, 0)) / length);
  });
  if (!(margin > 0)) throw new Error("The teacher does not tell the classes apart.");
  return (radius / margin) ** 2;
}

/** The weights of least squared error: (XᵀX) W = XᵀT, with a 1 for the bias; [inputs + 1, units]. */
export function leastSquares(samples: readonly Numbers[], targets: readonly Numbers[]): Float64Array {
  const rows = samples.map((x) => [...Array.from(x), 1]);
  const size = rows[0]!.length;
  const units = targets[0]!.length;
  const system = Array.from({ length: size }, (_, i) => [
    ...Array.from({ length: size }, (_, j) => rows.reduce((sum, row) => sum + row[i]! * row[j]!, 0)),
    ...Array.from({ length: units }, (_, k) =>
      rows.reduce((sum, row, s) => sum + row[i]! * targets[s]![k]!, 0),
    ),
  ]);
  for (let i = 0; i < size; i++) {
    let best = i;
    for (let r = i + 1; r < size; r++) if (Math.abs(system[r]![i]!) > Math.abs(system[best]![i]!)) best = r;
    [system[i], system[best]] = [system[best]!, system[i]!];
    for (let r = 0; r < size; r++) {
      if (r === i) continue;
      const factor = system[r]![i]! / system[i]![i]!;
      for (let c = i; c < size + units; c++) system[r]![c]! -= factor * system[i]![c]!;
    }
  }
  return Float64Array.from({ length: size * units }, (_, at) => {
    const i = Math.floor(at / units);
    return system[i]![size + (at % units)]! / system[i]![i]!;
  });
}
