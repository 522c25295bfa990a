/**
 * Raster: spikes scroll by, each as a dot in its neuron's row, drawn from the list that the engine leaves on the GPU. Neurons
 * that share a pixel add up. Below them, on the same axis, stand each population's rate and the membranes that are followed.
 * No picture passes through the host.
 */
import type { Device } from "../gpu/device";
import { CanvasPicture } from "./canvas-picture";
import { type Frame, frameOf } from "./raster-frame";
import { LaneRange, parts, type Range } from "./raster-lanes";
import { type Followed, laneTable, rgba, viewTable } from "./raster-look";
import { RasterRing } from "./raster-ring";
import type { RingShape, Sources, Submit, Tally } from "./raster-shape";

export interface RasterOptions {
  /** ms of a step, and how many steps the network has behind it. */
  readonly dt: number;
  readonly step: number;
  /** ms across, rounded so that a pixel holds whole steps. */
  readonly span: number;
  /** ms that a rate is of. */
  readonly rateMs: number;
  /** For each population the CSS custom property of its colour. */
  readonly colours: readonly string[];
  /** The neurons whose membranes are followed. */
  readonly followed: readonly Followed[];
  /** Whether it draws straight into the canvas; by default where the adapter is no program (`CanvasPicture`). */
  readonly direct?: boolean;
}

/** At this rate a cell shows nine tenths of its colour; a lone spike does so too, where fewer are expected. */
const fullRate = 20;

export class Raster {
  private readonly ranges: readonly LaneRange[];
  /** The first column that each lane may show. */
  private readonly since: number[];
  /** What the picture shows; undefined where all of it must be drawn anew. */
  private drawn: number | undefined;
  private drawing = false;
  private again = false;

  private constructor(
    private readonly device: Device,
    private readonly canvas: HTMLCanvasElement,
    private readonly options: RasterOptions & { readonly followed: Followed[] },
    private readonly frame: Frame,
    private readonly ring: RasterRing,
    private readonly picture: CanvasPicture,
    private readonly view: GPUBuffer,
    private readonly lanes: GPUBuffer,
  ) {
    const { colours, followed } = options;
    this.ranges = [
      ...colours.map(() => new LaneRange()),
      ...followed.map(({ mark, rest }) => new LaneRange(mark, rest)),
    ];
    const first = Math.ceil(options.step / ring.shape.steps);
    this.since = this.ranges.map(() => first);
    this.paint();
  }

  /** An empty raster, as large as its canvas is shown. */
  static async create(
    device: Device,
    sources: Sources,
    canvas: HTMLCanvasElement,
    options: RasterOptions,
  ): Promise<Raster> {
    const { followed, direct = !device.facts.software } = options;
    const neurons = sources.spikes.populations.map(({ size }) => size);
    const { shape, frame } = frameOf(neurons, canvas, options);
    Object.assign(canvas, { width: shape.columns, height: Math.round(canvas.clientHeight * frame.scale) });
    const ring = await RasterRing.create(device, sources, shape);
    const { columns, rows, bands } = shape;
    const constants = { BANDS: bands.length, FOLLOWED: followed.length, COLUMNS: columns, ROWS: rows };
    const picture = await CanvasPicture.create(device, canvas, "view/raster", constants, direct);
    const buffer = (label: string, size: number, usage: number) =>
      device.gpu.createBuffer({ label, size, usage: usage | GPUBufferUsage.COPY_DST });
    return new Raster(
      device,
      canvas,
      { ...options, followed: [...followed] },
      frame,
      ring,
      picture,
      buffer("raster view", 64, GPUBufferUsage.UNIFORM),
      buffer("lanes", 48 * frame.lanes.length, GPUBufferUsage.STORAGE),
    );
  }

  /** Whether the canvas is no longer shown as large as the raster was made for. */
  get outgrown(): boolean {
    const { clientWidth, clientHeight, width, height } = this.canvas;
    const fits = (css: number, pixels: number) => Math.round(css * devicePixelRatio) === pixels;
    return clientWidth > 0 && !(fits(clientWidth, width) && fits(clientHeight, height));
  }

  /** Steps across: no more may be added at once, so that no column is met twice. */
  get mostSteps(): number {
    const { columns, steps } = this.ring.shape;
    return columns * steps;
  }

  /** ms across. */
  get span(): number {
    return this.mostSteps * this.options.dt;
  }

  /** In CSS pixels each population's band, then the lanes: rates, then membranes. */
  get places(): readonly { readonly top: number; readonly height: number }[] {
    const { scale, lanes } = this.frame;
    return [...this.ring.shape.bands, ...lanes].map(({ top, height }) => ({
      top: top / scale,
      height: height / scale,
    }));
  }

  /** What each lane reaches from and to: spikes/s, or a membrane as the GPU measures it, up to its threshold. */
  get reaches(): readonly Range[] {
    return this.ranges.map(({ told }) => told);
  }

  /** The most neurons that share a pixel, and its ms. */
  get pixel(): { readonly neurons: number; readonly ms: number } {
    const { bands, ms } = this.ring.shape;
    return { neurons: Math.max(...bands.map(({ size, rows }) => Math.ceil(size / rows))), ms };
  }

  /** The first neuron of the row at a height of the canvas, in CSS pixels; undefined where there is no row. */
  neuronAt(y: number): { readonly population: number; readonly neuron: number } | undefined {
    const at = Math.floor(y * this.frame.scale);
    const population = this.ring.shape.bands.findIndex(({ top, height }) => at >= top && at < top + height);
    if (population < 0) return undefined;
    const { top, height, rows, size } = this.ring.shape.bands[population]!;
    const row = Math.floor(((at - top) * rows) / height);
    return { population, neuron: Math.ceil((row * size) / rows) };
  }

  /** Where a neuron's row stands, in CSS pixels: its middle. */
  heightOf(population: number, neuron: number): number {
    const { top, height, rows, size } = this.ring.shape.bands[population]!;
    const row = Math.floor((neuron * rows) / size);
    return (top + ((row + 0.5) * height) / rows) / this.frame.scale;
  }

  /** Adds what a submit left behind. */
  async add(submit: Submit): Promise<Tally> {
    const tally = await this.ring.add(submit);
    const part = Math.floor((parts * submit.last) / this.mostSteps);
    tally.ranges.forEach(([least, most], lane) => {
      if (this.ranges[lane]!.take(least, most, part)) this.relane();
    });
    return tally;
  }

  /** Follows another neuron, or one whose threshold is another now. @param anew whether its past is not this lane's */
  follow(index: number, followed: Followed, anew: boolean): void {
    this.options.followed[index] = followed;
    const lane = this.ring.shape.bands.length + index;
    if (anew) this.since[lane] = this.ring.begun;
    this.ranges[lane]!.remark(followed.mark, followed.rest, anew);
    this.relane();
  }

  /** Shows what has been added, now or as soon as the picture before is there. */
  draw(): void {
    this.again = this.drawing;
    if (this.drawing) return;
    const { begun, bands, image, courses } = this.ring;
    const { view, lanes } = this;
    this.device.gpu.queue.writeBuffer(view, 0, viewTable(begun, this.frame));
    const shift = begun - (this.drawn ?? 0);
    // The newest column that was shown may since have been added to.
    const kept = this.drawn === undefined ? undefined : { shift, fresh: shift + 1 };
    this.drawn = begun;
    const shown = this.picture.draw({ bands, image, view, courses, lanes }, kept);
    if (!shown) return;
    this.drawing = true;
    void shown.then(() => {
      this.drawing = false;
      if (this.again) this.draw();
    });
  }

  /** Takes the page's present colours, and draws. */
  paint(): void {
    const { ms } = this.pixel;
    this.ring.paint(
      this.ring.shape.bands.map(({ size, rows }, index) => [
        Math.max(1, ((size / rows) * ms * fullRate) / 1000),
        ...rgba(this.options.colours[index]!),
      ]),
    );
    this.relane();
    this.draw();
  }

  /** Lanes as they are now, with all of the picture to be drawn anew. */
  private relane(): void {
    const { colours, followed } = this.options;
    const looks = [
      ...colours.map((colour) => ({ colour, mark: 0 })),
      ...followed.map(({ colour, mark }) => ({ colour, mark })),
    ].map((look, k) => ({ ...look, range: this.ranges[k]!.range, since: this.since[k]! }));
    this.device.gpu.queue.writeBuffer(this.lanes, 0, laneTable(this.frame.lanes, looks));
    this.drawn = undefined;
  }

  /** The ring as numbers (shaders/view/column.wgsl): its columns, and the lanes' courses. */
  async read(): Promise<RingShape & { readonly cells: Uint32Array; readonly courses: Float32Array }> {
    const { shape, image, courses } = this.ring;
    const { device } = this;
    return {
      ...shape,
      cells: new Uint32Array(await device.readBuffer(image)),
      courses: new Float32Array(await device.readBuffer(courses)),
    };
  }

  destroy(): void {
    this.again = false;
    this.picture.destroy();
    this.ring.destroy();
    this.view.destroy();
    this.lanes.destroy();
  }
}
