/**
 * A recurrent network of LIF and adaptive LIF neurons in float64, and three ways to its gradient: backpropagation through time,
 * e-prop with the total derivative dE/dz, and e-prop with what the outputs tell at each step (Bellec et al. 2020). One sample.
 */

export interface Lsnn {
  readonly inputs: number;
  readonly hidden: number;
  readonly outputs: number;
  readonly steps: number;
  /** Neurons from this one on adapt. */
  readonly regular: number;
  /** α, ρ, κ, θ, β, γ. */
  readonly alpha: number;
  readonly rho: number;
  readonly kappa: number;
  readonly threshold: number;
  readonly adaptation: number;
  readonly dampening: number;
  /** The last steps, in which the outputs' cross-entropy counts, each with an equal share. */
  readonly window: number;
  /** Whether the way back goes through the reset, −θ z. */
  readonly attached: boolean;
  /** Whether spikes are the primitive of ψ, to check by differences. */
  readonly smooth: boolean;
}

/** Row-major, row i what neuron i sends; `around` where neurons hear each other; `back` where feedback isn't `out`. */
export interface LsnnWeights {
  readonly in: ArrayLike<number>;
  readonly around?: ArrayLike<number>;
  readonly out: ArrayLike<number>;
  readonly back?: ArrayLike<number>;
}

const grid = (rows: number, columns: number) => Array.from({ length: rows }, () => new Float64Array(columns));

const psi = ({ dampening, threshold }: Lsnn, x: number) =>
  (dampening / threshold) * Math.max(0, 1 - Math.abs(x) / threshold);

/** The integral of ψ. */
function smoothSpike({ dampening, threshold: w }: Lsnn, x: number): number {
  if (x <= -w) return 0;
  if (x >= w) return dampening;
  return (dampening / w) * (x < 0 ? (x + w) ** 2 / (2 * w) : w - (w - x) ** 2 / (2 * w));
}

/** @param spikes [steps][inputs] */
export function runLsnn(model: Lsnn, weights: LsnnWeights, spikes: ArrayLike<number>[], label: number) {
  const { inputs, hidden, outputs, steps, regular, alpha, rho, kappa, threshold, window } = model;
  const z = grid(steps, hidden);
  const slope = grid(steps, hidden);
  const error = grid(steps, outputs);
  const v = new Float64Array(hidden);
  const a = new Float64Array(hidden);
  const y = new Float64Array(outputs);
  let loss = 0;
  for (let t = 0; t < steps; t++) {
    for (let j = 0; j < hidden; j++) {
      const before = t > 0 ? z[t - 1]![j]! : 0;
      let drive = 0;
      for (let i = 0; i < inputs; i++) drive += spikes[t]![i]! * weights.in[i * hidden + j]!;
      if (weights.around && t > 0)
        for (let i = 0; i < hidden; i++) drive += z[t - 1]![i]! * weights.around[i * hidden + j]!;
      v[j] = alpha * v[j]! + drive - threshold * before;
      a[j] = rho * a[j]! + before;
      const x = v[j]! - threshold - (j < regular ? 0 : model.adaptation * a[j]!);
      z[t]![j] = model.smooth ? smoothSpike(model, x) : x > 0 ? 1 : 0;
      slope[t]![j] = psi(model, x);
    }
    for (let k = 0; k < outputs; k++) {
      y[k] = kappa * y[k]!;
      for (let j = 0; j < hidden; j++) y[k]! += z[t]![j]! * weights.out[j * outputs + k]!;
    }
    if (t < steps - window) continue;
    const sum = y.reduce((total, value) => total + Math.exp(value), 0);
    loss += (Math.log(sum) - y[label]!) / window;
    for (let k = 0; k < outputs; k++) error[t]![k] = (Math.exp(y[k]!) / sum - (k === label ? 1 : 0)) / window;
  }
  return { z, slope, error, loss };
}

type Run = ReturnType<typeof runLsnn>;

export interface LsnnGradient {
  readonly in: Float64Array;
  readonly around: Float64Array;
  readonly out: Float64Array;
}

/** dE/dz as the outputs alone have it: what each spike does through the outputs' own leak. */
function throughOutputs({ hidden, outputs, steps, kappa }: Lsnn, { out }: LsnnWeights, { error }: Run) {
  const found = grid(steps, hidden);
  const leak = new Float64Array(outputs);
  for (let t = steps - 1; t >= 0; t--) {
    for (let k = 0; k < outputs; k++) leak[k] = kappa * leak[k]! + error[t]![k]!;
    for (let j = 0; j < hidden; j++)
      for (let k = 0; k < outputs; k++) found[t]![j]! += out[j * outputs + k]! * leak[k]!;
  }
  return found;
}

/** Backpropagation through time, and with it the total derivative dE/dz of each spike (its own neuron's adaptation aside). */
export function backpropagate(model: Lsnn, weights: LsnnWeights, spikes: ArrayLike<number>[], run: Run) {
  const { inputs, hidden, outputs, steps, regular, alpha, rho, kappa, threshold, attached } = model;
  const total = throughOutputs(model, weights, run);
  const found = {
    in: new Float64Array(inputs * hidden),
    around: new Float64Array(hidden * hidden),
    out: new Float64Array(hidden * outputs),
  };
  let dV = new Float64Array(hidden);
  let dA = new Float64Array(hidden);
  for (let t = steps - 1; t >= 0; t--) {
    const nowV = new Float64Array(hidden);
    const nowA = new Float64Array(hidden);
    for (let j = 0; j < hidden; j++) {
      const beta = j < regular ? 0 : model.adaptation;
      if (weights.around)
        for (let to = 0; to < hidden; to++) total[t]![j]! += weights.around[j * hidden + to]! * dV[to]!;
      if (attached) total[t]![j]! -= threshold * dV[j]!;
      const all = run.slope[t]![j]! * (total[t]![j]! + dA[j]!);
      nowV[j] = all + alpha * dV[j]!;
      nowA[j] = rho * dA[j]! - beta * all;
    }
    [dV, dA] = [nowV, nowA];
    for (let j = 0; j < hidden; j++) {
      for (let i = 0; i < inputs; i++) found.in[i * hidden + j]! += spikes[t]![i]! * dV[j]!;
      if (t > 0) for (let i = 0; i < hidden; i++) found.around[i * hidden + j]! += run.z[t - 1]![i]! * dV[j]!;
    }
  }
  outWeights(found.out, run, kappa);
  return { gradient: found satisfies LsnnGradient, total };
}

function outWeights(out: Float64Array, { z, error }: Run, kappa: number): void {
  const hidden = z[0]!.length;
  const outputs = error[0]!.length;
  const trace = new Float64Array(hidden);
  for (const [t, spikes] of z.entries())
    for (let j = 0; j < hidden; j++) {
      trace[j] = kappa * trace[j]! + spikes[j]!;
      for (let k = 0; k < outputs; k++) out[j * outputs + k]! += trace[j]! * error[t]![k]!;
    }
}

/**
 * e-prop: eligibility traces forward in time, times a learning signal [steps][hidden].
 * @param filtered whether the traces pass the outputs' leak, as they do for the signal that the outputs tell at once
 */
export function eligibility(
  model: Lsnn,
  weights: LsnnWeights,
  spikes: ArrayLike<number>[],
  run: Run,
  signal: ArrayLike<number>[],
  filtered: boolean,
): LsnnGradient {
  const { hidden, steps, regular, alpha, rho, kappa } = model;
  const learn = (count: number, pre: (t: number, i: number) => number) => {
    const found = new Float64Array(count * hidden);
    for (let i = 0; i < count; i++)
      for (let j = 0; j < hidden; j++) {
        const beta = j < regular ? 0 : model.adaptation;
        let [trace, adapting, eligible] = [0, 0, 0];
        for (let t = 0; t < steps; t++) {
          const before = t > 0 ? run.slope[t - 1]![j]! : 0;
          adapting = before * trace + (rho - beta * before) * adapting;
          trace = alpha * trace + pre(t, i);
          const e = run.slope[t]![j]! * (trace - beta * adapting);
          eligible = filtered ? kappa * eligible + e : e;
          found[i * hidden + j]! += signal[t]![j]! * eligible;
        }
      }
    return found;
  };
  const out = new Float64Array(weights.out.length);
  outWeights(out, run, kappa);
  return {
    in: learn(model.inputs, (t, i) => spikes[t]![i]!),
    around: learn(hidden, (t, i) => (t > 0 ? run.z[t - 1]![i]! : 0)),
    out,
  };
}

/** What the outputs tell each neuron at each step: L = Σ B (π − π*). */
export function onlineSignal({ hidden, outputs }: Lsnn, { out, back = out }: LsnnWeights, { error }: Run) {
  return error.map((e) =>
    Float64Array.from({ length: hidden }, (_, j) =>
      Array.from({ length: outputs }, (_, k) => back[j * outputs + k]! * e[k]!).reduce((a, b) => a + b, 0),
    ),
  );
}
