/** What runs: a network, what it has stored, and the recall under way. It knows no page; `Shown` hears what there is to see. */
import { Hopfield } from "../../src/experiment/hopfield";
import type { Storage } from "../../src/experiment/hopfield-options";
import type { Recall } from "../../src/experiment/hopfield-recall";
import { overlap, type Pattern, randomPatterns, spoil } from "../../src/experiment/patterns";
import type { Device } from "../../src/gpu/device";
import type { Play } from "../../src/view/stage";
import { type Shape, shapes, side } from "./shapes";

export const neurons = side * side;

/** Neurons that take their turn between two pictures: some forty pictures for two sweeps. */
export const turnsAtOnce = 20;

/** Soft enough that the modern form takes a few steps, sharp enough for hundreds of patterns. */
const beta = 0.03;

/** Pictures for which a recalled shape stands before the next one is spoilt. */
const pause = 70;

export interface Progress {
  /** The energy before the first step, and after each. */
  readonly energy: readonly number[];
  /** With the pattern that the state is nearest to, and which that is. */
  readonly overlap: number;
  readonly nearest: number;
  readonly steps: number;
  readonly settled: boolean;
  /** How many have begun, this one among them. */
  readonly recalls: number;
}

export interface Shown {
  state(values: ArrayLike<number>): void;
  progress(progress: Progress): void;
  stored(patterns: readonly Pattern[], warning: string | undefined): void;
}

export class Demo implements Play {
  private recalling: Recall | undefined;
  private energy: number[] = [];
  /** Enough to settle. */
  readonly still = 60;
  /** Shapes are spoilt and recalled by turns, until a person takes over. */
  touring = true;
  private toured = -1;
  private idle = 0;
  private spoilt = 0;
  private recalls = 0;
  private random = 0;
  private work: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly device: Device,
    private network: Hopfield,
    private readonly shown: Shown,
    /** Share of neurons that spoiling turns over. */
    private readonly noise: () => number,
  ) {}

  static async create(device: Device, storage: Storage, shown: Shown, noise: () => number): Promise<Demo> {
    const network = await Hopfield.create(device, { neurons, storage, beta });
    const self = new Demo(device, network, shown, noise);
    await self.store(shapes.slice(0, 5).map(({ pattern }) => pattern));
    await self.tour();
    return self;
  }

  get patterns(): readonly Pattern[] {
    return this.network.patterns;
  }

  get storage(): Storage {
    return this.network.storage;
  }

  /** One thing at a time: turns and what a person asks for never overlap. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.work.then(work);
    this.work = result.catch(() => undefined);
    return result;
  }

  turn(): Promise<boolean> {
    return this.inTurn(async () => {
      const recall = this.recalling;
      if (recall) await this.step(recall);
      else if (this.touring && this.patterns.length > 0 && ++this.idle > pause) await this.tour();
      return true;
    });
  }

  private async step(recall: Recall): Promise<void> {
    const { energy } = await recall.step();
    this.energy.push(energy[0]!);
    const [state] = await recall.states();
    if (recall !== this.recalling) return; // a person has drawn meanwhile
    this.tell(state!, recall);
    if (recall.settled) this.stop();
  }

  private tell(state: Float32Array, { steps, settled }: Recall): void {
    this.shown.state(state);
    const bySign = state.map((value) => (value < 0 ? -1 : 1));
    const overlaps = this.patterns.map((pattern) => overlap(pattern, bySign));
    const most = Math.max(...overlaps);
    const nearest = overlaps.indexOf(most);
    const progress = { energy: this.energy, overlap: most, nearest, steps, settled, recalls: this.recalls };
    this.shown.progress(progress);
  }

  /** The next stored shape, spoilt. */
  private async tour(): Promise<void> {
    this.toured = (this.toured + 1) % Math.min(this.patterns.length, shapes.length);
    await this.begin(this.spoiltOf(this.patterns[this.toured]!));
  }

  private spoiltOf(pattern: Pattern): Int8Array {
    this.spoilt++;
    return spoil(pattern, this.noise(), this.spoilt);
  }

  private async begin(probe: Pattern): Promise<void> {
    this.stop();
    if (this.patterns.length === 0) return;
    this.recalling = await this.network.begin([probe], { turns: turnsAtOnce });
    this.energy = [this.recalling.now.energy[0]!];
    this.recalls++;
    this.tell(Float32Array.from(probe), this.recalling);
  }

  /** Ends the recall under way: the board is someone else's. */
  stop(): void {
    this.recalling?.destroy();
    this.recalling = undefined;
    this.idle = 0;
  }

  /** Lets the network settle from a pattern. */
  recall(pattern: Pattern): Promise<void> {
    this.touring = false;
    return this.inTurn(() => this.begin(pattern));
  }

  /** @returns the pattern spoilt, which the board shows and the network settles from */
  spoil(pattern: Pattern): Promise<void> {
    return this.recall(this.spoiltOf(pattern));
  }

  store(patterns: readonly Pattern[]): Promise<void> {
    return this.inTurn(async () => {
      this.stop();
      const { warning } = await this.network.store(patterns);
      this.shown.stored(this.patterns, warning);
    });
  }

  /** The shapes that are not stored yet, five at most. */
  get missing(): readonly Shape[] {
    const held = new Set(this.patterns);
    return shapes.filter(({ pattern }) => !held.has(pattern)).slice(0, 5);
  }

  storeRandom(count: number): Promise<void> {
    const first = this.random;
    this.random += count;
    return this.store(randomPatterns(count, neurons, 1, first));
  }

  forget(): Promise<void> {
    return this.inTurn(async () => {
      this.stop();
      await this.network.clear();
      this.shown.stored([], undefined);
    });
  }

  /** The same patterns, stored otherwise. @throws where they can't be, and then all stays as it was */
  change(storage: Storage): Promise<void> {
    return this.inTurn(async () => {
      const network = await Hopfield.create(this.device, { neurons, storage, beta });
      try {
        const { warning } = this.patterns.length > 0 ? await network.store(this.patterns) : {};
        this.stop();
        this.network.destroy();
        this.network = network;
        this.shown.stored(this.patterns, warning);
      } catch (error) {
        network.destroy();
        throw error;
      }
    });
  }

  destroy(): void {
    this.stop();
    this.network.destroy();
  }
}
