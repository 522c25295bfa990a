/** Labels: what neurons that learned without labels have come to stand for, and what their spikes say of an image. */

/** Stands for no class, having never fired. */
export const noClass = -1;

/**
 * Each neuron's class: that whose images made it fire most, on average (Diehl & Cook 2015).
 * @param spikes [images, neurons]
 */
export function assignLabels(
  spikes: Uint32Array,
  labels: ArrayLike<number>,
  neurons: number,
  classes: number,
): Int32Array {
  const sums = new Float64Array(classes * neurons);
  const counts = new Float64Array(classes);
  for (let image = 0; image < labels.length; image++) {
    const label = labels[image]!;
    counts[label]!++;
    for (let neuron = 0; neuron < neurons; neuron++)
      sums[label * neurons + neuron]! += spikes[image * neurons + neuron]!;
  }
  return Int32Array.from({ length: neurons }, (_, neuron) => {
    let [best, most] = [noClass, 0];
    for (let label = 0; label < classes; label++) {
      const mean = counts[label]! > 0 ? sums[label * neurons + neuron]! / counts[label]! : 0;
      if (mean > most) [best, most] = [label, mean];
    }
    return best;
  });
}

/** The class of each image: that whose neurons fired most, on average; the lowest of equals. */
export function classify(spikes: Uint32Array, assigned: ArrayLike<number>, classes: number): Int32Array {
  const neurons = assigned.length;
  const sizes = new Float64Array(classes);
  for (let neuron = 0; neuron < neurons; neuron++) if (assigned[neuron]! >= 0) sizes[assigned[neuron]!]!++;
  const sums = new Float64Array(classes);
  return Int32Array.from({ length: spikes.length / neurons }, (_, image) => {
    sums.fill(0);
    for (let neuron = 0; neuron < neurons; neuron++)
      if (assigned[neuron]! >= 0) sums[assigned[neuron]!]! += spikes[image * neurons + neuron]!;
    let [best, most] = [0, -1];
    for (let label = 0; label < classes; label++) {
      const mean = sizes[label]! > 0 ? sums[label]! / sizes[label]! : -1;
      if (mean > most) [best, most] = [label, mean];
    }
    return best;
  });
}

/** The share of images whose class is right. */
export function accuracyOf(classified: ArrayLike<number>, labels: ArrayLike<number>): number {
  let right = 0;
  for (let image = 0; image < labels.length; image++) if (classified[image] === labels[image]) right++;
  return right / labels.length;
}
