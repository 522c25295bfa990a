/**
 * Raster: spikes scroll by, each as a dot in its neuron's row, drawn from the list that the engine leaves on the GPU. Neurons
 * that share a pixel add up; below them stands the activity of all. No picture passes through the host.
 */
import type { Device } from "../gpu/device";
import { CanvasPicture } from "./canvas-picture";
import { colour } from "./palette";
import { bandsOf } from "./raster-bands";
import { RasterRing, type RingShape, type SpikeList, type Tally } from "./raster-ring";

export interface RasterOptions {
  /** ms of a step. */
  readonly dt: number;
  /** ms across, rounded so that a pixel holds whole steps. */
  readonly span: number;
  /** For each population the CSS custom property of its colour. */
  readonly colours: readonly string[];
  /** Whether it draws straight into the canvas; by default where the adapter is no program (`CanvasPicture`). */
  readonly direct?: boolean;
}

/** CSS pixels: the activity of all below the bands, the least height of a band, and what is between them. */
const [stripHeight, least, gap] = [48, 20, 3];
/** At this rate a cell shows nine tenths of its colour; a lone spike does so too, where fewer are expected. */
const fullRate = 20;

/** Where the activity stands, in pixels of the canvas, and how many of those make a CSS pixel. */
interface Strip {
  readonly top: number;
  readonly height: number;
  readonly scale: number;
}

export class Raster {
  /** The most spikes in a column of late, and what reaches the top of the activity. */
  private peak = 1;
  private most = 1;
  /** What the picture shows; undefined where all of it must be drawn anew. */
  private drawn: { readonly begun: number; readonly most: number } | undefined;
  /** Paper, and the ink of the activity. */
  private ground: readonly number[] = [];
  private drawing = false;
  private again = false;

  private constructor(
    private readonly device: Device,
    private readonly canvas: HTMLCanvasElement,
    private readonly options: RasterOptions,
    private readonly strip: Strip,
    private readonly ring: RasterRing,
    private readonly picture: CanvasPicture,
    private readonly view: GPUBuffer,
  ) {
    this.paint();
  }

  /** An empty raster, as large as its canvas is shown. */
  static async create(
    device: Device,
    spikes: SpikeList,
    canvas: HTMLCanvasElement,
    options: RasterOptions,
  ): Promise<Raster> {
    const { span, dt, direct = !device.facts.software } = options;
    const scale = devicePixelRatio;
    const columns = Math.max(1, Math.round(canvas.clientWidth * scale));
    const all = Math.max(1, Math.round(canvas.clientHeight * scale));
    const height = Math.round(stripHeight * scale);
    const strip = { top: all - height, height, scale };
    const sizes = spikes.populations.map(({ size }) => size);
    const bands = bandsOf(sizes, {
      height: strip.top - Math.round(2 * gap * scale),
      gap: Math.round(gap * scale),
      least: Math.round(least * scale),
    });
    const rows = bands.reduce((sum, band) => sum + band.rows, 0);
    const shape: RingShape = { columns, rows, bands, steps: Math.max(1, Math.round(span / dt / columns)) };
    Object.assign(canvas, { width: columns, height: all });
    const ring = await RasterRing.create(device, spikes, shape);
    const constants = { BANDS: bands.length, COLUMNS: columns, ROWS: rows };
    const picture = await CanvasPicture.create(device, canvas, "view/raster", constants, direct);
    const usage = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST;
    const view = device.gpu.createBuffer({ label: "raster view", size: 48, usage });
    return new Raster(device, canvas, options, strip, ring, picture, view);
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

  /** The bands in CSS pixels, and the activity below them. */
  get places(): readonly { readonly top: number; readonly height: number }[] {
    const { scale } = this.strip;
    return [...this.ring.shape.bands, this.strip].map(({ top, height }) => ({
      top: top / scale,
      height: height / scale,
    }));
  }

  /** The most neurons that share a pixel, and its ms. */
  get pixel(): { readonly neurons: number; readonly ms: number } {
    const { bands, steps } = this.ring.shape;
    return {
      neurons: Math.max(...bands.map(({ size, rows }) => Math.ceil(size / rows))),
      ms: steps * this.options.dt,
    };
  }

  /** Spikes/s of a neuron that the top of the activity stands for. */
  get top(): number {
    const neurons = this.ring.shape.bands.reduce((sum, { size }) => sum + size, 0);
    return (1000 * this.most) / (neurons * this.pixel.ms);
  }

  /** Adds the spikes of the submit that took the network from step `first` to `last`, which is not in it any more. */
  async add(first: number, last: number): Promise<Tally> {
    const tally = await this.ring.add(first, last);
    this.peak = Math.max(1, tally.peak, this.peak * 0.998);
    // It moves seldom, as all of the picture moves with it.
    if (this.peak > this.most || this.peak < this.most / 2.5) this.most = 1.25 * this.peak;
    return tally;
  }

  /** Shows what has been added, now or as soon as the picture before is there. */
  draw(): void {
    this.again = this.drawing;
    if (this.drawing) return;
    const { begun, bands, image } = this.ring;
    const { most, view, strip } = this;
    const words = new ArrayBuffer(48);
    new Uint32Array(words, 0, 3).set([begun, strip.top, strip.height]);
    new Float32Array(words, 12, 9).set([most, ...this.ground]);
    this.device.gpu.queue.writeBuffer(view, 0, words);
    const shift = begun - (this.drawn?.begun ?? 0);
    // The newest column that was shown may since have been added to.
    const kept = this.drawn?.most === most ? { shift, fresh: shift + 1 } : undefined;
    this.drawn = { begun, most };
    const shown = this.picture.draw({ bands, image, view }, kept);
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
    const { colours } = this.options;
    this.ring.paint(
      this.ring.shape.bands.map(({ size, rows }, index) => [
        Math.max(1, ((size / rows) * ms * fullRate) / 1000),
        ...rgba(colours[index]!),
      ]),
    );
    this.ground = [...rgba("--paper"), ...rgba("--muted")];
    this.drawn = undefined;
    this.draw();
  }

  /** The ring as numbers: [columns, rows + 1], spikes in each cell, and in each column's last place all of them. */
  async read(): Promise<RingShape & { readonly cells: Uint32Array }> {
    return { ...this.ring.shape, cells: new Uint32Array(await this.device.readBuffer(this.ring.image)) };
  }

  destroy(): void {
    this.again = false;
    this.picture.destroy();
    this.ring.destroy();
    this.view.destroy();
  }
}

/** The present value of a custom property that is written as #rgb or #rrggbb. */
function rgba(property: string): number[] {
  const digits = colour(property).slice(1);
  const each = digits.length === 3 ? digits.replace(/./g, "$&$&") : digits;
  return [0, 2, 4].map((at) => Number.parseInt(each.slice(at, at + 2), 16) / 255).concat(1);
}
