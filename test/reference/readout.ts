/** How the output is compared with a label. A label outside the classes means that the sample is missing. */
import { type ActivationName, slope } from "./activation";
import type { Numbers } from "./dense";

export interface Readout {
  readonly activity: Float64Array;
  /** Gradient of each sample's loss by the drive. */
  readonly error: Float64Array;
  /** Loss and correctness (the first of equals wins) of each sample. */
  readonly score: Float64Array;
}

function first(values: Numbers, from: number, count: number): number {
  let best = 0;
  for (let n = 1; n < count; n++) if (values[from + n]! > values[from + best]!) best = n;
  return best;
}

/** Softmax of the drive and cross-entropy. */
export function crossEntropy(drive: Numbers, labels: Numbers, classes: number): Readout {
  const batch = labels.length;
  const activity = new Float64Array(batch * classes);
  const error = new Float64Array(batch * classes);
  const score = new Float64Array(batch * 2);
  for (let s = 0; s < batch; s++) {
    const row = s * classes;
    const label = labels[s]!;
    const highest = drive[row + first(drive, row, classes)]!;
    let sum = 0;
    for (let n = 0; n < classes; n++) sum += Math.exp(drive[row + n]! - highest);
    for (let n = 0; n < classes; n++) activity[row + n] = Math.exp(drive[row + n]! - highest) / sum;
    if (label >= classes) continue;
    for (let n = 0; n < classes; n++) error[row + n] = activity[row + n]! - (n === label ? 1 : 0);
    score[2 * s] = Math.log(sum) + highest - drive[row + label]!;
    score[2 * s + 1] = first(drive, row, classes) === label ? 1 : 0;
  }
  return { activity, error, score };
}

/** Half the squared distance of the activity to a one-hot target; to the label itself where one neuron tells two classes apart. */
export function squaredError(
  activity: Numbers,
  labels: Numbers,
  classes: number,
  f: ActivationName,
): Readout {
  const batch = labels.length;
  const error = new Float64Array(batch * classes);
  const score = new Float64Array(batch * 2);
  for (let s = 0; s < batch; s++) {
    const label = labels[s]!;
    if (label >= Math.max(2, classes)) continue;
    for (let n = 0; n < classes; n++) {
      const y = activity[s * classes + n]!;
      const off = y - (classes === 1 ? label : n === label ? 1 : 0);
      error[s * classes + n] = off * slope[f](y);
      score[2 * s]! += (off * off) / 2;
    }
    const said = classes === 1 ? Number(activity[s]! > 0.5) : first(activity, s * classes, classes);
    score[2 * s + 1] = said === label ? 1 : 0;
  }
  return { activity: Float64Array.from(activity), error, score };
}
