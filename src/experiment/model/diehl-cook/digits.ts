/**
 * Digits: Diehl & Cook's network on the GPU, where its images stay too. It learns them one after another; shown them with
 * its weights fixed, it sees many at once, each from rest.
 */
import type { Device } from "../../../gpu/device";
import { Memory } from "../../../gpu/memory";
import { Runner } from "../../../gpu/runner";
import { drawValues } from "../../../net/spiking/draw";
import { poisson } from "../../../neuron/poisson";
import {
  type DiehlCookFields,
  type DiehlCookKernel,
  diehlCookFields,
  diehlCookLowerings,
  diehlCookSchedule,
  resultsHead,
  thetaAt,
} from "./kernel";
import { type DiehlCookSize, diehlCookNetwork, diehlCookNumbers, mostIntensity, rateOf } from "./network";

/** What images brought: spikes of each excitatory neuron, [images, neurons], and the intensity at which they came. */
export interface Responses {
  readonly spikes: Uint32Array;
  readonly intensities: Uint32Array;
}

/** The step of a spike that was half of time ago. */
const never = 2 ** 31;

interface Lane {
  readonly kernel: DiehlCookKernel;
  readonly fields: DiehlCookFields;
  readonly runner: Runner;
}

export interface DigitsOptions extends DiehlCookSize {
  /** [images, inputs], a byte a pixel; a multiple of four inputs. */
  readonly images: Uint8Array;
  /** Images of a submit while it learns, and side by side while it is shown; default 8 and 32. */
  readonly learning?: number;
  readonly showing?: number;
}

export class Digits {
  /** Images learned. */
  learned = 0;
  /** What a submit took, ms an image: Dawn keeps a core busy while a read waits, so it is asked for when it is nearly due. */
  private readonly pace = { learning: 0, showing: 0 };

  private constructor(
    private readonly device: Device,
    readonly size: DiehlCookSize,
    readonly images: number,
    private readonly memory: Memory,
    private readonly learner: Lane,
    private readonly shower: Lane,
  ) {}

  /** @throws where there is no whole number of images, or the adapter can't hold them */
  static async create(device: Device, options: DigitsOptions): Promise<Digits> {
    const { inputs, neurons, seed, total, inhibits, images, learning = 8, showing = 32 } = options;
    const count = images.length / inputs;
    if (!(Number.isInteger(count) && count > 0 && inputs % 4 === 0))
      throw new Error(
        `Images of ${inputs} pixels, in fours, were expected, but ${images.length} bytes were given.`,
      );
    const size = {
      ...{ inputs, neurons, seed },
      ...(total !== undefined && { total }),
      ...(inhibits !== undefined && { inhibits }),
    };
    const memory = new Memory(device);
    try {
      const lane = async (learns: boolean, atOnce: number): Promise<Lane> => {
        const kernel = { ...size, images: count, learns, atOnce };
        const fields = diehlCookFields(kernel);
        const schedule = diehlCookSchedule(kernel, fields);
        return {
          kernel,
          fields,
          runner: await Runner.create(device, memory, schedule, diehlCookLowerings(size)),
        };
      };
      const digits = new Digits(
        device,
        size,
        count,
        memory,
        await lane(true, learning),
        await lane(false, showing),
      );
      digits.fill(images);
      return digits;
    } catch (error) {
      memory.destroy();
      throw error;
    }
  }

  /** The start that the network's plain data says, and the images. */
  private fill(images: Uint8Array): void {
    const { inputs, neurons, seed } = this.size;
    const { dt } = diehlCookNumbers;
    const { fields } = this.learner;
    const [learned] = diehlCookNetwork(this.size).projections;
    const count = inputs * neurons;
    this.memory.write(fields.images.name, images);
    this.weights = Float32Array.from(drawValues(learned!.weight, count, seed, "learned/weight"));
    const delays = drawValues(learned!.delay!, count, seed, "learned/delay");
    this.memory.write(
      fields.delays.name,
      Uint32Array.from(delays, (ms) => Math.min(20, Math.max(1, Math.round(ms / dt)))),
    );
    this.thresholds = new Float32Array(neurons).fill(20);
    const chances = new Float32Array(2 * 256 * mostIntensity);
    for (let intensity = 0; intensity < mostIntensity; intensity++)
      for (let byte = 0; byte < 256; byte++) {
        const { whole, part } = poisson.derive({ rate: rateOf(byte, intensity) }, dt);
        chances.set([whole!, part!], 2 * (256 * intensity + byte));
      }
    this.memory.write(fields.chances.name, chances);
    const results = new Uint32Array(fields.results.shape[0]!);
    results.fill(never, 1, 1 + inputs);
    this.memory.write(fields.results.name, results);
  }

  /** [inputs, neurons], row-major. */
  set weights(values: Float32Array) {
    this.memory.write(this.learner.fields.weights.name, values);
  }

  readWeights(): Promise<Float32Array> {
    return this.memory.read(this.learner.fields.weights.name);
  }

  /** θ of each excitatory neuron, mV; all else of the state is set to rest. */
  set thresholds(values: Float32Array) {
    const { state } = this.learner.fields;
    const all = new Float32Array(state.shape[0]!);
    all.set(values, thetaAt * this.size.neurons);
    this.memory.write(state.name, all);
  }

  async readThresholds(): Promise<Float32Array> {
    const { neurons } = this.size;
    const all = await this.memory.read(this.learner.fields.state.name);
    return all.slice(thetaAt * neurons, (thetaAt + 1) * neurons);
  }

  /**
   * Learns the next images, over and over from the first.
   * @param count at most as many as a submit holds
   */
  async learn(count: number): Promise<Responses> {
    const { runner, fields } = this.learner;
    this.memory.write(fields.submitted.name, Uint32Array.of(this.learned, 0, 0, 0));
    runner.runPart(0, count);
    this.learned += count;
    return this.results(this.learner, count);
  }

  /** Shows images from `first` on, with weights and thresholds as they are; at most as many as a submit holds. */
  async show(first: number, count: number): Promise<Responses> {
    const { runner, fields } = this.shower;
    this.memory.write(fields.submitted.name, Uint32Array.of(first, 0, 0, 0));
    runner.run();
    return this.results(this.shower, count);
  }

  private async results({ kernel, fields }: Lane, count: number): Promise<Responses> {
    const { neurons } = this.size;
    const which = kernel.learns ? "learning" : "showing";
    const started = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 0.8 * count * this.pace[which]));
    if (count > kernel.atOnce)
      throw new Error(`${count} images were asked for at once, but a submit holds ${kernel.atOnce}.`);
    const buffer = this.memory.buffer(fields.results.name);
    const words = new Uint32Array(
      await this.device.readBuffer(buffer, 4 * count * (1 + neurons), 4 * resultsHead(this.size)),
    );
    this.pace[which] = Math.min(1000, (performance.now() - started) / count);
    const rows = Array.from({ length: count }, (_, k) => k * (1 + neurons));
    const spikes = new Uint32Array(count * neurons);
    for (const [k, at] of rows.entries()) spikes.set(words.subarray(at + 1, at + 1 + neurons), k * neurons);
    return { spikes, intensities: Uint32Array.from(rows, (at) => words[at]!) };
  }

  destroy(): void {
    this.learner.runner.destroy();
    this.shower.runner.destroy();
    this.memory.destroy();
  }
}
