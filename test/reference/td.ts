/** TD(λ) with a complete serial compound stimulus, in float64: Sutton 1988; Schultz, Dayan & Montague 1997. */
export interface Conditioned {
  readonly steps: number;
  readonly cue: number;
  readonly reward: number;
  readonly rate: number;
  readonly discount: number;
  readonly trace: number;
}

/** One trial: δ by time step; changes the weights, one for each moment since the cue. */
export function tdTrial(task: Conditioned, weights: Float64Array, size: number): Float64Array {
  const eligible = new Float64Array(weights.length);
  let before = 0;
  return Float64Array.from({ length: task.steps }, (_, t) => {
    const since = t - task.cue;
    const value = since >= 0 ? weights[since]! : 0;
    const delta = (t === task.reward ? size : 0) + task.discount * value - before;
    for (let i = 0; i < weights.length; i++) {
      weights[i]! += task.rate * delta * eligible[i]!;
      eligible[i]! *= task.discount * task.trace;
    }
    if (since >= 0) eligible[since]! += 1;
    before = value;
    return delta;
  });
}
