/**
 * Weights: how many synapses deliver how much, counted on the GPU where the weights lie. Of plastic synapses they are counted over
 * and over, as they move; of others when a slider has changed what they deliver.
 */
import type { Simulation } from "../../src/experiment/simulation";
import { type Kernel, kernelFor } from "../../src/gpu/kernel";
import type { ProjectionSpec } from "../../src/net/spiking/model";
import { nameOf } from "../../src/net/spiking/spec";
import { byId, setText } from "../../src/view/dom";
import { count, rough } from "../../src/view/format";
import { roundAbove } from "../../src/view/raster-lanes";
import { WeightHistogram } from "../../src/view/weight-histogram";
import { middleOf } from "./sliders";

const bins = 60;
/** Plastic weights are counted every so often, ms. */
const everyMs = 500;

let picture: WeightHistogram | undefined;

/** What a projection's synapses may weigh at most. */
function heaviestOf(projection: ProjectionSpec): number {
  const { weight, plasticity } = projection;
  const middle = Math.abs(middleOf(projection));
  if (plasticity) return Math.max(Math.abs(plasticity.min), Math.abs(plasticity.max));
  return typeof weight !== "number" && "normal" in weight ? middle + 3.5 * weight.normal[1] : middle;
}

export class Weights {
  private readonly counted: Float64Array = new Float64Array(bins);
  private range: readonly [number, number] = [0, 1];
  private at = 0;
  private stale = true;
  private counting = false;
  private gone = false;

  private constructor(
    private readonly simulation: Simulation,
    private readonly kernel: Kernel,
    private readonly bins: GPUBuffer,
    private readonly numbers: GPUBuffer,
    private readonly unit: string,
  ) {}

  /** @param unit of the weights */
  static async create(simulation: Simulation, unit: string): Promise<Weights> {
    const { device } = simulation;
    const kernel = await kernelFor(device, { shader: "view/weigh", sizes: { BINS: bins } });
    const buffer = (label: string, size: number, usage: number) =>
      device.gpu.createBuffer({ label, size, usage: usage | GPUBufferUsage.COPY_DST });
    const counts = buffer("weights' bins", 4 * bins, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC);
    return new Weights(simulation, kernel, counts, buffer("weighed", 16, GPUBufferUsage.UNIFORM), unit);
  }

  /** What they deliver has changed. */
  outdate(): void {
    this.stale = true;
  }

  /** Counts and draws them anew where that is due. */
  refresh(): void {
    const plastic = this.simulation.network.projections.some(({ plasticity }) => plasticity);
    const due = this.stale || (plastic && performance.now() - this.at > everyMs);
    if (!due || this.counting) return;
    this.counting = true;
    this.stale = false;
    this.at = performance.now();
    void this.count()
      .then(
        () => this.gone || this.draw(),
        () => undefined,
      ) // a lost device is told of by whoever computes on it
      .finally(() => {
        this.counting = false;
      });
  }

  /** What is drawn: [low, high], and synapses in each bin. */
  get now(): { readonly range: readonly [number, number]; readonly counts: readonly number[] } {
    return { range: this.range, counts: [...this.counted] };
  }

  private async count(): Promise<void> {
    const { simulation } = this;
    const { projections } = simulation.network;
    const gain = (projection: ProjectionSpec) => simulation.gainOf(nameOf(projection));
    const reaches = (sign: number) =>
      projections
        .filter((one) => Math.sign(middleOf(one)) === sign)
        .reduce((most, one) => Math.max(most, gain(one) * heaviestOf(one)), 0);
    const [most, least] = [reaches(1), reaches(-1)];
    const grain = roundAbove((most + least) / 6 || 1);
    const reach = (weight: number) => Number((Math.ceil((1.001 * weight) / grain) * grain).toPrecision(6));
    this.range = [least === 0 ? 0 : -reach(least), Math.max(grain, reach(most))];
    const all = new Float64Array(bins);
    const [from, to] = this.range;
    for (const projection of projections) {
      const list = simulation.weightList(nameOf(projection));
      const times = gain(projection);
      if (list.constant !== undefined) {
        const bin = Math.floor(((list.constant * times - from) / (to - from)) * bins);
        all[Math.min(bins - 1, bin)]! += list.count;
      } else if (list.kept && times > 0) {
        const counts = await this.countKept(list.kept, list.count, times);
        counts.forEach((one, k) => {
          all[k]! += one;
        });
      }
      if (this.gone) return;
    }
    this.counted.set(all);
  }

  private async countKept(
    { weights, at }: { readonly weights: GPUBuffer; readonly at: number },
    length: number,
    times: number,
  ): Promise<Uint32Array> {
    const { device } = this.simulation;
    const [from, to] = this.range;
    const words = new ArrayBuffer(16);
    new Uint32Array(words, 0, 2).set([at, length]);
    new Float32Array(words, 8, 2).set([from / times, (bins * times) / (to - from)]);
    device.gpu.queue.writeBuffer(this.numbers, 0, words);
    const encoder = device.gpu.createCommandEncoder();
    encoder.clearBuffer(this.bins);
    const pass = encoder.beginComputePass();
    pass.setPipeline(this.kernel.pipeline);
    pass.setBindGroup(0, this.kernel.bind({ weights, bins: this.bins, weighed: this.numbers }));
    pass.dispatchWorkgroups(device.facts.software ? 4 : 256);
    pass.end();
    device.gpu.queue.submit([encoder.finish()]);
    return new Uint32Array(await device.readBuffer(this.bins));
  }

  private draw(): void {
    const [from, to] = this.range;
    const { projections } = this.simulation.network;
    const colour = (bin: number) =>
      from + ((bin + 0.5) / bins) * (to - from) < 0 ? "--negative" : "--positive";
    const marks = [...new Set([from, 0, to])];
    const options = { range: this.range, bins, colour, marks, label: "How many synapses deliver how much" };
    picture ??= new WeightHistogram(byId("spikes-histogram"), options);
    picture.change(options);
    picture.draw(this.counted);
    const kept = this.counted.reduce((sum, one) => sum + one, 0);
    const unkept = this.simulation.synapses - kept;
    const plastic = projections.some(({ plasticity }) => plasticity);
    setText(
      byId("spikes-histogram-told"),
      `${this.unit} at a spike’s arrival, from ${rough(from)} to ${rough(to)}; ${
        plastic ? "plastic ones move" : "they are fixed"
      }.${unkept > 0 ? ` ${count(unkept)} that are drawn anew at each spike, as memory is short, are not counted.` : ""}`,
    );
  }

  destroy(): void {
    this.gone = true;
    this.bins.destroy();
    this.numbers.destroy();
  }
}
