/**
 * Stream: puts the samples of the coming steps into a ring of places on the GPU, where a data set is too large to lie there
 * whole.
 *
 * The sample at position p in the order of training has the place p mod ring. A write takes its turn among the submits, after
 * those before it and before those behind it, so that nothing is overwritten that is still to be read; and as the ring holds
 * two submits' samples, the host gathers the next ones while the last are in work.
 */
import { rowStride } from "../gpu/field";
import type { Memory } from "../gpu/memory";
import type { SplitFields } from "../net/builder";
import type { Split } from "../task/dataset";

/** Bytes that may be on their way to the GPU before the host waits for it. */
const mostUnderWay = 2 ** 25;

export class Stream {
  private readonly inputs: number;
  private readonly stride: number;
  private readonly samples: Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer>;
  private readonly labels: Uint32Array<ArrayBuffer>;
  private underWay = 0;

  /**
   * @param sampleAt the sample at each position
   * @param most samples that are fed at a time, at most half the ring
   */
  constructor(
    private readonly memory: Memory,
    private readonly fields: SplitFields,
    private readonly split: Split,
    private readonly sampleAt: (position: number) => number,
    most: number,
  ) {
    this.inputs = fields.data.shape[1]!;
    this.stride = rowStride(fields.data);
    // Pads stay zero, as those of a field are.
    const values = most * this.stride;
    this.samples = split.data instanceof Uint8Array ? new Uint8Array(values) : new Float32Array(values);
    this.labels = new Uint32Array(most);
  }

  /** Puts the samples from position `from` on into their places. */
  feed(from: number, count: number): void {
    const inputs = this.inputs;
    for (let at = 0; at < count; at++) {
      const sample = this.sampleAt(from + at);
      const row = this.split.data.subarray(sample * inputs, (sample + 1) * inputs);
      this.samples.set(row, at * this.stride);
      this.labels[at] = this.split.labels[sample]!;
    }
    const ring = this.fields.ring!;
    const first = from % ring;
    const before = Math.min(count, ring - first);
    this.write(first, 0, before);
    if (before < count) this.write(0, before, count - before); // beyond the ring's end it goes on at its start
    this.underWay += count * this.stride * this.samples.BYTES_PER_ELEMENT;
  }

  private write(slot: number, at: number, count: number): void {
    const { memory, fields, stride, samples } = this;
    const { queue } = memory.device.gpu;
    const rowBytes = stride * samples.BYTES_PER_ELEMENT;
    queue.writeBuffer(memory.buffer(fields.data.name), slot * rowBytes, samples, at * stride, count * stride);
    queue.writeBuffer(memory.buffer(fields.labels.name), slot * 4, this.labels, at, count);
  }

  /** Waits for the GPU where much is under way to it: what it has not taken yet lies in the host's memory. */
  async eased(): Promise<void> {
    if (this.underWay < mostUnderWay) return;
    await this.memory.device.settled();
    this.underWay = 0;
  }
}
