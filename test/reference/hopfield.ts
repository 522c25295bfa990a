/** Hopfield networks in float64, with loops: three storages, two dynamics, energy, and the modern form. */
import { shuffled } from "./random";

export type Vector = ArrayLike<number>;

/** N · Σ ξξᵀ / N without the diagonal: whole numbers. All weights here are in units of 1/N. */
export function hebbian(patterns: readonly Vector[], n: number): Float64Array {
  const w = new Float64Array(n * n);
  for (const p of patterns)
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) if (i !== j) w[i * n + j]! += p[i]! * p[j]!;
  return w;
}

/** N · Ξᵀ(ΞΞᵀ)⁻¹Ξ without the diagonal, by Gauss-Jordan elimination with pivots. */
export function pseudoInverse(patterns: readonly Vector[], n: number): Float64Array {
  const count = patterns.length;
  const rows = patterns.map((a, r) => [
    ...patterns.map((b) => dot(a, b)),
    ...patterns.map((_, c) => Number(c === r)),
  ]);
  for (let column = 0; column < count; column++) {
    let pivot = column;
    for (let r = column; r < count; r++)
      if (Math.abs(rows[r]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = r;
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    const head = rows[column]![column]!;
    rows[column] = rows[column]!.map((value) => value / head);
    for (let r = 0; r < count; r++) {
      const share = rows[r]![column]!;
      if (r !== column) rows[r] = rows[r]!.map((value, c) => value - share * rows[column]![c]!);
    }
  }
  const w = new Float64Array(n * n);
  for (let a = 0; a < count; a++)
    for (let b = 0; b < count; b++)
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++)
          if (i !== j) w[i * n + j]! += n * rows[a]![count + b]! * patterns[a]![i]! * patterns[b]![j]!;
  return w;
}

/** Storkey 1997, as printed: w += (ξᵢξⱼ − ξᵢhⱼᵢ − hᵢⱼξⱼ) / N, hᵢⱼ the sum over all k but i and j; times N at the end. */
export function storkey(patterns: readonly Vector[], n: number): Float64Array {
  let w = new Float64Array(n * n);
  for (const p of patterns) {
    const field = (i: number, j: number) => {
      let sum = 0;
      for (let k = 0; k < n; k++) if (k !== i && k !== j) sum += w[i * n + k]! * p[k]!;
      return sum;
    };
    const next = Float64Array.from(w);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++)
        if (i !== j) next[i * n + j]! += (p[i]! * p[j]! - p[i]! * field(j, i) - field(i, j) * p[j]!) / n;
    w = next;
  }
  return w.map((value) => value * n);
}

export function fieldAt(w: Vector, state: Vector, i: number): number {
  const n = state.length;
  let sum = 0;
  for (let k = 0; k < n; k++) sum += w[i * n + k]! * state[k]!;
  return sum;
}

/** E = −½ sᵀWs + θ·s, of weights in units of 1/N. */
export function energy(w: Vector, state: Vector, thresholds?: Vector): number {
  let sum = 0;
  for (let i = 0; i < state.length; i++)
    sum += state[i]! * ((thresholds?.[i] ?? 0) - (0.5 * fieldAt(w, state, i)) / state.length);
  return sum;
}

/** `turns` updates one after another, from the `done`-th of the seeded order on; changes the state, returns the flips. */
export function asynchronous(
  w: Vector,
  state: number[] | Float64Array,
  seed: number,
  done: number,
  turns: number,
  thresholds?: Vector,
): number {
  let flips = 0;
  for (let t = done; t < done + turns; t++) {
    const i = shuffled(t, state.length, seed);
    const threshold = (thresholds?.[i] ?? 0) * state.length;
    if ((fieldAt(w, state, i) - threshold) * state[i]! < 0) {
      state[i] = -state[i]!;
      flips++;
    }
  }
  return flips;
}

export function parallel(w: Vector, state: Vector): number[] {
  return Array.from(state as ArrayLike<number>, (own, i) => Math.sign(fieldAt(w, state, i)) || own);
}

const dot = (a: Vector, b: Vector) => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};

/** The modern form's energy: −ln(Σ exp(β ξ·s)) / β + s·s / 2 + ln(M) / β + n / 2. */
export function modernEnergy(patterns: readonly Vector[], state: Vector, beta: number): number {
  const heard = patterns.map((p) => beta * dot(p, state));
  const most = Math.max(...heard);
  const sum = heard.reduce((all, h) => all + Math.exp(h - most), 0);
  const n = state.length;
  return 0.5 * (dot(state, state) + n) - (most + Math.log(sum / patterns.length)) / beta;
}

/** s ← Ξᵀ softmax(β Ξ s). */
export function modernStep(patterns: readonly Vector[], state: Vector, beta: number): number[] {
  const heard = patterns.map((p) => beta * dot(p, state));
  const most = Math.max(...heard);
  const shares = heard.map((h) => Math.exp(h - most));
  const all = shares.reduce((sum, share) => sum + share, 0);
  return Array.from(state as ArrayLike<number>, (_, i) =>
    patterns.reduce((sum, p, m) => sum + (shares[m]! / all) * p[i]!, 0),
  );
}
