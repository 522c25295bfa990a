/**
 * RasterRing: the picture of a raster as numbers on the GPU, a ring of columns in which spikes are counted. The spikes come from
 * the list that the engine leaves there; the host gets a few numbers for the labels.
 */
import type { Device } from "../gpu/device";
import { type Kernel, kernelFor } from "../gpu/kernel";
import type { Band } from "./raster-bands";

/** Where an engine's spikes lie: a count, and a list of (step, neuron), in words of `events`. */
export interface SpikeList {
  readonly events: GPUBuffer;
  readonly countAt: number;
  readonly listAt: number;
  readonly room: number;
  readonly populations: readonly { readonly name: string; readonly first: number; readonly size: number }[];
}

/** What the host hears of a submit. */
export interface Tally {
  /** Spikes of each population since the raster was made. */
  readonly counts: Uint32Array;
  /** The most spikes in one column of those that the submit reached. */
  readonly peak: number;
  /** Spikes since the raster was made that the engine's list had no room for. */
  readonly lost: number;
  /** (step, neuron) of the first `sample` neurons of each population, in the order of steps; undefined where they were too many. */
  readonly sampled: readonly (readonly [step: number, neuron: number])[] | undefined;
}

export interface RingShape {
  readonly columns: number;
  readonly rows: number;
  /** Steps of a column. */
  readonly steps: number;
  readonly bands: readonly Band[];
}

/** Neurons of each population whose spikes the host hears of, and room for their spikes in one submit. */
export const sample = 64;
const sampleRoom = 4096;
/** Of a band on the GPU (shaders/view/band.wgsl). */
const bandWords = 12;

export class RasterRing {
  /** Columns begun so far. */
  begun = 0;

  private constructor(
    private readonly device: Device,
    private readonly spikes: SpikeList,
    readonly shape: RingShape,
    private readonly splat: Kernel,
    /** [columns, rows + 1]: spikes in each cell, and in a column's last word all of them. */
    readonly image: GPUBuffer,
    readonly bands: GPUBuffer,
    private readonly tally: GPUBuffer,
  ) {}

  /** An empty ring. */
  static async create(device: Device, spikes: SpikeList, shape: RingShape): Promise<RasterRing> {
    const { events, countAt, listAt, room } = spikes;
    const { columns, rows, steps, bands } = shape;
    const buffer = (label: string, words: number) =>
      device.gpu.createBuffer({
        label,
        size: 4 * words,
        usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
      });
    const splat = await kernelFor(device, {
      shader: "view/splat",
      sizes: {
        BANDS: bands.length,
        COLUMNS: columns,
        ROWS: rows,
        STEPS: steps,
        COUNT_AT: countAt,
        LIST_AT: listAt,
        ROOM: Math.min(room, (events.size / 4 - listAt) / 2),
        SAMPLE: sample,
        SAMPLE_ROOM: sampleRoom,
      },
    });
    return new RasterRing(
      device,
      spikes,
      shape,
      splat,
      buffer("raster", columns * (rows + 1)),
      buffer("raster bands", bandWords * bands.length),
      buffer("tally", bands.length + 3 + 2 * sampleRoom),
    );
  }

  /** @param looks of each band: spikes in a cell that leave little paper to be seen, and a colour [red, green, blue, alpha] */
  paint(looks: readonly (readonly [full: number, ...colour: number[]])[]): void {
    const { bands } = this.shape;
    const table = new ArrayBuffer(4 * bandWords * bands.length);
    bands.forEach(({ first, size, row, rows, top, height }, index) => {
      const [full, ...colour] = looks[index]!;
      const at = 4 * bandWords * index;
      new Uint32Array(table, at, 6).set([first, size, row, rows, top, height]);
      new Float32Array(table, at + 24, 6).set([full, 0, ...colour]);
    });
    this.device.gpu.queue.writeBuffer(this.bands, 0, table);
  }

  /** Adds the spikes of the submit that took the network from step `first` to `last`, which is not in it any more. */
  async add(first: number, last: number): Promise<Tally> {
    const { columns, rows, steps, bands } = this.shape;
    const { gpu, facts } = this.device;
    const encoder = gpu.createCommandEncoder();
    const bytes = 4 * (rows + 1);
    for (let column = Math.ceil(first / steps); column * steps < last; column++)
      encoder.clearBuffer(this.image, (column % columns) * bytes, bytes);
    encoder.clearBuffer(this.tally, 4 * bands.length, 8);
    const pass = encoder.beginComputePass();
    pass.setPipeline(this.splat.pipeline);
    const { events } = this.spikes;
    pass.setBindGroup(
      0,
      this.splat.bind({ bands: this.bands, events, image: this.image, tally: this.tally }),
    );
    pass.dispatchWorkgroups(facts.software ? 4 : 128);
    pass.end();
    gpu.queue.submit([encoder.finish()]);
    this.begun = Math.ceil(last / steps);
    const words = new Uint32Array(await this.device.readBuffer(this.tally));
    const [peak, sampled, lost] = words.subarray(bands.length);
    const at = bands.length + 3;
    const list = Array.from(
      { length: Math.min(sampled!, sampleRoom) },
      (_, k) => [words[at + 2 * k]!, words[at + 2 * k + 1]!] as const,
    );
    return {
      counts: words.slice(0, bands.length),
      peak: peak!,
      lost: lost!,
      sampled: sampled! > sampleRoom ? undefined : list.sort(([a], [b]) => a - b),
    };
  }

  destroy(): void {
    for (const buffer of [this.image, this.bands, this.tally]) buffer.destroy();
  }
}
