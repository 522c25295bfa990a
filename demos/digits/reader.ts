/**
 * Reader: what the network's spikes say. It alone sees labels, and looks on: a neuron stands for the digit that it has fired most
 * for lately, and an image is read as the digit whose neurons fire most for it, on average (Diehl & Cook 2015). Each image is
 * read before its own label is heard.
 */
const classes = 10;
/** What is left of a count after an image: some hundreds of them are remembered. */
const keep = 0.997;
/** Images of which the share that was read right is told. */
const recently = 100;

export class Reader {
  private readonly fired: Float64Array;
  private readonly shown = new Float64Array(classes);
  private readonly right: boolean[] = [];

  constructor(private readonly neurons: number) {
    this.fired = new Float64Array(neurons * classes);
  }

  /** The digit that a neuron stands for; −1 where it has not fired yet. */
  labelOf(neuron: number): number {
    let [best, most] = [-1, 0];
    for (let digit = 0; digit < classes; digit++) {
      const rate = this.fired[neuron * classes + digit]! / Math.max(1e-9, this.shown[digit]!);
      if (rate > most) [best, most] = [digit, rate];
    }
    return best;
  }

  /** @param spikes [neurons] @returns the digit that they stand for, or −1 */
  read(spikes: Uint32Array): number {
    const sums = new Float64Array(classes);
    const counts = new Float64Array(classes);
    for (const [neuron, count] of spikes.entries()) {
      const label = this.labelOf(neuron);
      if (label < 0) continue;
      sums[label]! += count;
      counts[label]!++;
    }
    let [best, most] = [-1, 0];
    for (let digit = 0; digit < classes; digit++) {
      const mean = counts[digit] === 0 ? 0 : sums[digit]! / counts[digit]!;
      if (mean > most) [best, most] = [digit, mean];
    }
    return best;
  }

  /** Reads an image, and then hears what it was. @returns what it read */
  hear(spikes: Uint32Array, label: number): number {
    const read = this.read(spikes);
    this.right.push(read === label);
    this.right.splice(0, this.right.length - recently);
    for (let k = 0; k < this.fired.length; k++) this.fired[k]! *= keep;
    for (let digit = 0; digit < classes; digit++) this.shown[digit]! *= keep;
    this.shown[label]!++;
    for (const [neuron, count] of spikes.entries()) this.fired[neuron * classes + label]! += count;
    return read;
  }

  /** Of the last hundred images. */
  get accuracy(): number {
    return this.right.length === 0 ? 0 : this.right.filter(Boolean).length / this.right.length;
  }

  /** How many neurons stand for a digit. */
  get labelled(): number {
    return Array.from({ length: this.neurons }, (_, neuron) => this.labelOf(neuron)).filter((one) => one >= 0)
      .length;
  }
}
