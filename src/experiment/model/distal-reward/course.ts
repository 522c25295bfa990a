/** Course: the distal-reward network on the GPU, a second at a time. */
import type { Device } from "../../../gpu/device";
import { Memory } from "../../../gpu/memory";
import { Runner } from "../../../gpu/runner";
import {
  chunkSteps,
  crowdedAt,
  type DistalFields,
  distalFields,
  distalLowerings,
  distalSchedule,
  intervalsAt,
  mostFiring,
  rowsAt,
  rowWords,
} from "./kernel";
import { chosenSynapse, type DistalSize, distalPosts } from "./network";

/** What came of one second. */
export interface Second {
  /** Its end, s. */
  readonly time: number;
  /** The rewarded synapse's weight at its end, and the mean of all that are plastic. */
  readonly chosen: number;
  readonly mean: number;
  /** In it. */
  readonly excitatorySpikes: number;
  readonly inhibitorySpikes: number;
  /** Since the start, those still to come too. */
  readonly rewards: number;
}

export class Course {
  /** s simulated. */
  time = 0;
  /** ms that a second took: Dawn keeps a core busy while a read waits, so it is asked for when it is nearly due. */
  private pace = 0;

  private constructor(
    private readonly device: Device,
    readonly size: DistalSize,
    readonly chosen: number,
    private readonly memory: Memory,
    private readonly fields: DistalFields,
    private readonly runner: Runner,
    private readonly chunks: number,
  ) {}

  /** @param chunks seconds of a submit */
  static async create(device: Device, size: DistalSize, chunks = 10): Promise<Course> {
    const posts = distalPosts(size);
    const chosen = chosenSynapse(size, posts);
    const fields = distalFields(size, chunks);
    const schedule = distalSchedule(size, fields, { chosen, post: posts[chosen]!, chunks });
    const memory = new Memory(device);
    try {
      const runner = await Runner.create(device, memory, schedule, distalLowerings(size));
      const weights = new Float32Array(size.excitatory * size.synapses).fill(1);
      weights[chosen] = 0;
      const state = new Float32Array(fields.state.shape[0]!);
      const neurons = size.excitatory + size.inhibitory;
      state.fill(-13, neurons, 2 * neurons);
      memory.write(fields.state.name, state);
      memory.write(fields.posts.name, posts);
      memory.write(fields.columns.name, columnsOf(size, posts));
      memory.write(fields.weights.name, weights);
      return new Course(device, size, chosen, memory, fields, runner, chunks);
    } catch (error) {
      memory.destroy();
      throw error;
    }
  }

  /** @param seconds at most as many as a submit holds */
  async run(seconds: number): Promise<Second[]> {
    if (seconds > this.chunks)
      throw new Error(`${seconds} s were asked for at once, but a submit holds ${this.chunks}.`);
    this.runner.runPart(0, seconds);
    const started = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 0.8 * seconds * this.pace));
    const head = rowsAt(this.size);
    const buffer = this.memory.buffer(this.fields.results.name);
    const words = new Uint32Array(await this.device.readBuffer(buffer, 4 * (head + seconds * rowWords)));
    this.pace = Math.min(2000, (performance.now() - started) / seconds);
    const crowd = words[crowdedAt(this.size)]!;
    if (crowd !== 0)
      throw new Error(
        `${crowd} neurons fired in one step, but their list holds ${mostFiring}; the network has run away.`,
      );
    const reals = new Float32Array(words.buffer);
    const { excitatory, synapses } = this.size;
    return Array.from({ length: seconds }, (_, k) => {
      const row = head + k * rowWords;
      const sum = reals.subarray(row + 4, row + rowWords).reduce((total, one) => total + one, 0);
      this.time += chunkSteps / 1000;
      return {
        time: this.time,
        chosen: reals[row]!,
        mean: sum / (excitatory * synapses),
        excitatorySpikes: words[row + 1]!,
        inhibitorySpikes: words[row + 2]!,
        rewards: words[row + 3]!,
      };
    });
  }

  /** [excitatory, synapses]. */
  readWeights(): Promise<Float32Array> {
    return this.memory.read(this.fields.weights.name);
  }

  /** The mean CV of the intervals between a neuron's spikes since the start, over those that fired three times; null without any. */
  async readCvs(): Promise<{ excitatory: number | null; inhibitory: number | null }> {
    const { excitatory, inhibitory } = this.size;
    const neurons = excitatory + inhibitory;
    const state = await this.memory.read<Float32Array>(this.fields.state.name);
    const [counts, sums, squares] = [0, 1, 2].map((k) => state.subarray(intervalsAt(neurons) + k * neurons));
    const mean = (first: number, size: number) => {
      let [sum, fired] = [0, 0];
      for (let neuron = first; neuron < first + size; neuron++) {
        const count = counts![neuron]!;
        if (count < 2) continue;
        const interval = sums![neuron]! / count;
        sum += Math.sqrt(Math.max(0, squares![neuron]! / count - interval ** 2)) / interval;
        fired++;
      }
      return fired > 0 ? sum / fired : null;
    };
    return { excitatory: mean(0, excitatory), inhibitory: mean(excitatory, inhibitory) };
  }

  destroy(): void {
    this.runner.destroy();
    this.memory.destroy();
  }
}

/** Where the plastic synapses onto each neuron start, their end, then the synapses themselves. */
function columnsOf({ excitatory, inhibitory, synapses }: DistalSize, posts: Uint32Array): Uint32Array {
  const neurons = excitatory + inhibitory;
  const plastic = posts.subarray(0, excitatory * synapses);
  const columns = new Uint32Array(neurons + 1 + plastic.length);
  for (const post of plastic) columns[post + 1]!++;
  for (let post = 0; post < neurons; post++) columns[post + 1]! += columns[post]!;
  const next = columns.slice(0, neurons);
  plastic.forEach((post, s) => {
    columns[neurons + 1 + next[post]!++] = s;
  });
  return columns;
}
