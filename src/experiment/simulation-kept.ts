/** What a simulation has brought to the host: spikes as they came, submit by submit, and watched values. */
import { mostNeurons } from "../net/spiking/spec";

/** Spikes of a population, by step, then neuron. */
export interface RecordedSpikes {
  readonly steps: Uint32Array;
  readonly neurons: Uint32Array;
}

export class Kept {
  /** (step, neuron) in no order within a submit. */
  private readonly lists: Uint32Array[] = [];
  /** One row a step. */
  private readonly rows: Float32Array[] = [];

  add(list: Uint32Array, rows: Float32Array | undefined): void {
    this.lists.push(list);
    if (rows) this.rows.push(rows);
  }

  forget(): void {
    this.lists.length = 0;
    this.rows.length = 0;
  }

  /** Spikes of `size` neurons that are numbered from `first`. */
  spikes(first: number, size: number): RecordedSpikes {
    let count = 0;
    const each = (visit: (step: number, neuron: number) => void) => {
      for (const list of this.lists)
        for (let k = 0; k < list.length; k += 2) {
          const neuron = list[k + 1]! - first;
          if (neuron >= 0 && neuron < size) visit(list[k]!, neuron);
        }
    };
    each(() => count++);
    // One number a spike, as a typed array of them sorts without objects: both fit into a double's 53 bits.
    const keys = new Float64Array(count);
    count = 0;
    each((step, neuron) => {
      keys[count++] = step * mostNeurons + neuron;
    });
    keys.sort();
    return {
      steps: Uint32Array.from(keys, (key) => Math.floor(key / mostNeurons)),
      neurons: Uint32Array.from(keys, (key) => key % mostNeurons),
    };
  }

  /** All rows, [steps, columns], with what is added to each column. */
  values(offsets: readonly number[]): Float32Array {
    const all = new Float32Array(this.rows.reduce((sum, one) => sum + one.length, 0));
    let at = 0;
    for (const one of this.rows) {
      all.set(one, at);
      at += one.length;
    }
    offsets.forEach((offset, column) => {
      if (offset !== 0) for (let k = column; k < all.length; k += offsets.length) all[k]! += offset;
    });
    return all;
  }
}
