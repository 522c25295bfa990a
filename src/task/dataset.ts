/** What a task is and what it loads: labelled samples in two splits, as plain arrays ready for the GPU. */

/** One split: `count` samples, row-major. */
export interface Split {
  /** [count, inputs]: u8 pixels 0..255 (the GPU reads them as /255), or f32 values. */
  readonly data: Uint8Array | Float32Array;
  /** [count], each in 0..classes-1. */
  readonly labels: Uint8Array;
  readonly count: number;
}

/** A loaded task. */
export interface Dataset {
  /** The task's name, as the terminal takes it. */
  readonly name: string;
  /** For people. */
  readonly title: string;
  /** True when a program drew the samples rather than people or the world. */
  readonly synthetic: boolean;
  /** The shape of one sample, for example [28, 28] or [2]; its product is `inputs`. */
  readonly shape: readonly number[];
  readonly inputs: number;
  readonly classes: number;
  /** What the classes are called, where that is known. */
  readonly classNames?: readonly string[];
  readonly train: Split;
  readonly test: Split;
}

/** How to load a task; each task says what it does with these. */
export interface TaskOptions {
  /** Seed of a synthetic task, u32; default 1. Real data ignore it. */
  seed?: number | undefined;
  /** How many training samples; default all of them, or the synthetic task's own number. */
  train?: number | undefined;
  /** How many test samples; as `train`. */
  test?: number | undefined;
  /** Supplies a file's bytes by name and rejects when there is none; default: cache, then the network. */
  read?: ((file: string) => Promise<Uint8Array<ArrayBuffer>>) | undefined;
  /** Called as work proceeds: bytes of files, or synthetic samples. */
  progress?: ((done: number, total: number) => void) | undefined;
}

/** A problem to learn: seeded samples, or a data set from files. */
export interface Task {
  readonly name: string;
  readonly title: string;
  /** One sentence for people. */
  readonly summary: string;
  readonly inputs: number;
  readonly classes: number;
  /** Layer sizes that suit it, from the inputs to the classes. */
  readonly defaultLayers: readonly number[];
  /** Resolves to the samples; rejects with one sentence. */
  load(options?: TaskOptions): Promise<Dataset>;
}

/** No synthetic split is larger: a million images of 28×28 are 784 MB. */
export const mostSynthetic = 1_000_000;

/**
 * How many samples to make of a split: the number asked for, or `usual`.
 * Throws a RangeError unless it is a whole number from `least` to `most`.
 */
export function sampleCount(
  task: string,
  split: "train" | "test",
  asked: number | undefined,
  { usual, least = 1, most }: { usual: number; least?: number; most: number },
): number {
  const count = asked ?? usual;
  if (Number.isInteger(count) && count >= least && count <= most) return count;
  const range = least === most ? `exactly ${most}` : `a whole number from ${least} to ${most}`;
  throw new RangeError(
    `Task ${task}: ${split} samples must be ${range}, not ${count}; leave it out for ${usual}.`,
  );
}

/** The seed, checked; default 1. Throws a RangeError unless it is a whole number from 0 to 4294967295. */
export function seedOf(task: string, asked: number | undefined): number {
  const seed = asked ?? 1;
  if (Number.isInteger(seed) && seed >= 0 && seed <= 0xffffffff) return seed;
  throw new RangeError(`Task ${task}: the seed must be a whole number from 0 to 4294967295, not ${seed}.`);
}
