/**
 * Surrogate-gradient backpropagation through time in float64, one sample after the other, with everything remembered: from
 * Zenke & Vogels 2021 (surrogates) and Neftci, Mostafa & Zenke 2019 (neurons), as plain loops.
 */

export interface Shape {
  readonly inputs: number;
  readonly hidden: number;
  readonly outputs: number;
  readonly steps: number;
}

export interface Model extends Shape {
  /** exp(−dt / τm) and exp(−dt / τs). */
  readonly beta: number;
  readonly alpha: number;
  readonly surrogate: "super-spike" | "sigmoid" | "triangle";
  readonly steepness: number;
  readonly smooth: boolean;
  readonly attached: boolean;
}

/** Row-major: [inputs, hidden], [hidden, outputs], [hidden, hidden] where neurons hear each other. */
export interface Weights {
  readonly first: ArrayLike<number>;
  readonly last: ArrayLike<number>;
  readonly around?: ArrayLike<number>;
}

export interface Sample {
  /** In which step each input fires; at or beyond `steps`: never. */
  readonly times: ArrayLike<number>;
  readonly label: number;
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

export function slope({ surrogate, steepness: k }: Model, x: number): number {
  if (surrogate === "super-spike") return 1 / (k * Math.abs(x) + 1) ** 2;
  if (surrogate === "sigmoid") return sigmoid(k * x) * (1 - sigmoid(k * x));
  return Math.max(0, 1 - k * Math.abs(x));
}

/** What has that slope. */
export function primitive({ surrogate, steepness: k }: Model, x: number): number {
  if (surrogate === "super-spike") return x / (k * Math.abs(x) + 1) + 1 / k;
  if (surrogate === "sigmoid") return sigmoid(k * x) / k;
  if (x <= -1 / k) return 0;
  if (x >= 1 / k) return 1 / k;
  return x < 0 ? (k / 2) * (x + 1 / k) ** 2 : 1 / k - (k / 2) * (1 / k - x) ** 2;
}

const grid = (rows: number, columns: number) => Array.from({ length: rows }, () => new Float64Array(columns));

/** A sample's trial: all that happened in it. */
export function runTrial(model: Model, { first, last, around }: Weights, { times, label }: Sample) {
  const { inputs, hidden, outputs, steps, alpha, beta } = model;
  const u = grid(steps + 1, hidden);
  const current = grid(steps + 1, hidden);
  const spikes = grid(steps, hidden);
  const y = grid(steps + 1, outputs);
  const heard = grid(steps + 1, outputs);
  for (let t = 0; t < steps; t++) {
    for (let j = 0; j < hidden; j++) {
      const x = u[t]![j]! - 1;
      spikes[t]![j] = model.smooth ? primitive(model, x) : x > 0 ? 1 : 0;
    }
    for (let j = 0; j < hidden; j++) {
      let drive = 0;
      for (let i = 0; i < inputs; i++) if (times[i] === t) drive += first[i * hidden + j]!;
      if (around && t > 0)
        for (let i = 0; i < hidden; i++) drive += spikes[t - 1]![i]! * around[i * hidden + j]!;
      u[t + 1]![j] = (beta * u[t]![j]! + current[t]![j]!) * (1 - spikes[t]![j]!);
      current[t + 1]![j] = alpha * current[t]![j]! + drive;
    }
    for (let k = 0; k < outputs; k++) {
      let drive = 0;
      for (let j = 0; j < hidden; j++) drive += spikes[t]![j]! * last[j * outputs + k]!;
      y[t + 1]![k] = beta * y[t]![k]! + heard[t]![k]!;
      heard[t + 1]![k] = alpha * heard[t]![k]! + drive;
    }
  }
  const when = Array.from({ length: outputs }, (_, k) =>
    y.reduce((best, row, t) => (row[k]! > y[best]![k]! ? t : best), 0),
  );
  const highest = when.map((t, k) => y[t]![k]!);
  const sum = highest.reduce((total, value) => total + Math.exp(value), 0);
  const error = highest.map((value, k) => Math.exp(value) / sum - (k === label ? 1 : 0));
  return { u, current, spikes, when, highest, error, loss: Math.log(sum) - highest[label]! };
}

export interface Gradient {
  readonly loss: number;
  readonly first: Float64Array;
  readonly last: Float64Array;
  readonly around: Float64Array;
}

/** Mean loss and its gradient over the samples. */
export function gradient(model: Model, weights: Weights, samples: readonly Sample[]): Gradient {
  const { inputs, hidden, outputs, steps, alpha, beta } = model;
  const first = new Float64Array(inputs * hidden);
  const last = new Float64Array(hidden * outputs);
  const around = new Float64Array(hidden * hidden);
  let loss = 0;
  const share = 1 / samples.length;
  for (const sample of samples) {
    const trial = runTrial(model, weights, sample);
    loss += share * trial.loss;
    // d[t]: what the loss makes of what stands at the beginning of step t.
    const dY = grid(steps + 2, outputs);
    const dHeard = grid(steps + 2, outputs);
    const dU = grid(steps + 2, hidden);
    const dCurrent = grid(steps + 2, hidden);
    for (let t = steps; t >= 0; t--) {
      for (let k = 0; k < outputs; k++) {
        dY[t]![k] =
          (t < steps ? beta * dY[t + 1]![k]! : 0) + (trial.when[k] === t && t > 0 ? trial.error[k]! : 0);
        dHeard[t]![k] = t < steps ? alpha * dHeard[t + 1]![k]! + dY[t + 1]![k]! : 0;
      }
      if (t === steps) continue;
      for (let j = 0; j < hidden; j++) {
        const [u, s, i] = [trial.u[t]![j]!, trial.spikes[t]![j]!, trial.current[t]![j]!];
        let dSpike = 0;
        for (let k = 0; k < outputs; k++) dSpike += weights.last[j * outputs + k]! * dHeard[t + 1]![k]!;
        if (weights.around && t + 1 < steps)
          for (let to = 0; to < hidden; to++)
            dSpike += weights.around[j * hidden + to]! * dCurrent[t + 2]![to]!;
        if (model.attached) dSpike -= (beta * u + i) * dU[t + 1]![j]!;
        dU[t]![j] = beta * (1 - s) * dU[t + 1]![j]! + slope(model, u - 1) * dSpike;
        dCurrent[t]![j] = alpha * dCurrent[t + 1]![j]! + (1 - s) * dU[t + 1]![j]!;
        for (let k = 0; k < outputs; k++) last[j * outputs + k]! += share * s * dHeard[t + 1]![k]!;
        for (let i = 0; i < inputs; i++)
          if (sample.times[i] === t) first[i * hidden + j]! += share * dCurrent[t + 1]![j]!;
      }
      if (t > 0)
        for (let from = 0; from < hidden; from++)
          for (let j = 0; j < hidden; j++)
            around[from * hidden + j]! += share * trial.spikes[t - 1]![from]! * dCurrent[t + 1]![j]!;
    }
  }
  return { loss, first, last, around };
}
