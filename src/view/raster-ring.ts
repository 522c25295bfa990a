/**
 * RasterRing: the picture of a raster as numbers on the GPU, a ring of columns in which spikes are counted, and beside it the
 * courses of rates and of membranes. All comes from what the engine leaves there; the host gets a few numbers for the labels.
 */
import type { Device } from "../gpu/device";
import { type Kernel, kernelFor } from "../gpu/kernel";
import { columnWords, floatOf, type RingShape, type Sources, type Submit, type Tally } from "./raster-shape";

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
    private readonly sources: Sources,
    readonly shape: RingShape,
    private readonly kernels: { readonly splat: Kernel; readonly courses: Kernel },
    /** [columns, rows + populations + followed + 1], shaders/view/column.wgsl. */
    readonly image: GPUBuffer,
    /** [columns, lanes, 3]. */
    readonly courses: GPUBuffer,
    readonly bands: GPUBuffer,
    private readonly tally: GPUBuffer,
    private readonly reach: GPUBuffer,
    private readonly now: GPUBuffer,
  ) {}

  /** An empty ring. */
  static async create(device: Device, sources: Sources, shape: RingShape): Promise<RasterRing> {
    const { events, countAt, listAt, room } = sources.spikes;
    const { columns, rows, steps, bands, followed, window } = shape;
    const lanes = bands.length + followed;
    const buffer = (label: string, words: number, usage = GPUBufferUsage.STORAGE) =>
      device.gpu.createBuffer({
        label,
        size: 4 * words,
        usage: usage | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
      });
    const common = { BANDS: bands.length, FOLLOWED: followed, COLUMNS: columns, ROWS: rows, STEPS: steps };
    const splat = await kernelFor(device, {
      shader: "view/splat",
      sizes: {
        ...common,
        COUNT_AT: countAt,
        LIST_AT: listAt,
        ROOM: Math.min(room, (events.size / 4 - listAt) / 2),
        SAMPLE: sample,
        SAMPLE_ROOM: sampleRoom,
      },
    });
    const courses = await kernelFor(device, {
      shader: "view/courses",
      sizes: { ...common, WINDOW: window, PROBED: sources.watched.at },
    });
    const reach = buffer("reach", sources.reach.length);
    device.gpu.queue.writeBuffer(reach, 0, sources.reach as Uint32Array<ArrayBuffer>);
    return new RasterRing(
      device,
      sources,
      shape,
      { splat, courses },
      buffer("raster", columns * columnWords(shape)),
      buffer("courses", 3 * columns * lanes),
      buffer("raster bands", bandWords * bands.length),
      buffer("tally", bands.length + 4 + 2 * lanes + 2 * sampleRoom),
      reach,
      buffer("submit", 8, GPUBufferUsage.UNIFORM),
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

  /** Adds what a submit left behind. */
  async add({ first, last, stimulated, followed }: Submit): Promise<Tally> {
    const { columns, steps, bands, ms } = this.shape;
    const { gpu, facts } = this.device;
    const lanes = bands.length + this.shape.followed;
    const bytes = 4 * columnWords(this.shape);
    const now = new ArrayBuffer(32);
    new Uint32Array(now, 0, 3).set([first, last, Number(stimulated)]);
    new Float32Array(now, 12, 1)[0] = ms;
    new Uint32Array(now, 16, 4).set([...followed, 0, 0, 0].slice(0, 4));
    gpu.queue.writeBuffer(this.now, 0, now);
    const fresh = [0, 0, 0, ...Array(lanes).fill(0xffffffff), ...Array(lanes).fill(0)];
    gpu.queue.writeBuffer(this.tally, 4 * (bands.length + 1), Uint32Array.from(fresh));
    const encoder = gpu.createCommandEncoder();
    for (let column = Math.ceil(first / steps); column * steps < last; column++)
      encoder.clearBuffer(this.image, (column % columns) * bytes, bytes);
    const pass = encoder.beginComputePass();
    const { image, tally, courses, reach } = this;
    const shared = { bands: this.bands, image, tally, now: this.now };
    const { splat, courses: course } = this.kernels;
    pass.setPipeline(splat.pipeline);
    pass.setBindGroup(0, splat.bind({ ...shared, events: this.sources.spikes.events, reach }));
    pass.dispatchWorkgroups(facts.software ? 4 : 128);
    pass.setPipeline(course.pipeline);
    pass.setBindGroup(0, course.bind({ ...shared, courses, state: this.sources.watched.state }));
    pass.dispatchWorkgroups(facts.software ? 2 : 32);
    pass.end();
    gpu.queue.submit([encoder.finish()]);
    this.begun = Math.ceil(last / steps);
    return this.told(new Uint32Array(await this.device.readBuffer(tally)));
  }

  /** The words of a tally (shaders/view/column.wgsl). */
  private told(words: Uint32Array): Tally {
    const { bands, followed } = this.shape;
    const lanes = bands.length + followed;
    const [lost, sampled, low, high] = words.subarray(bands.length);
    const least = bands.length + 4;
    const list = least + 2 * lanes;
    const spikes = Array.from(
      { length: Math.min(sampled!, sampleRoom) },
      (_, k) => [words[list + 2 * k]!, words[list + 2 * k + 1]!] as const,
    );
    return {
      counts: words.slice(0, bands.length),
      delivered: high! * 2 ** 32 + low!,
      ranges: Array.from({ length: lanes }, (_, lane) => [
        floatOf(words[least + lane]!),
        floatOf(words[least + lanes + lane]!),
      ]),
      lost: lost!,
      sampled: sampled! > sampleRoom ? undefined : spikes.sort(([a], [b]) => a - b),
    };
  }

  destroy(): void {
    const { image, courses, bands, tally, reach, now } = this;
    for (const buffer of [image, courses, bands, tally, reach, now]) buffer.destroy();
  }
}
