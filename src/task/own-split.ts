/** Samples of someone's own become a data set: in two splits, every class in each by the same share. */
import type { Dataset } from "./dataset";
import { drawsOf } from "./draws";
import { type Allowance, breathe, type OwnOptions } from "./own-file";

/** Samples that were read, however they are held. */
export interface Samples {
  /** What the files are called. */
  readonly name: string;
  /** What was done with them, for people. */
  readonly done: string;
  readonly shape: readonly number[];
  readonly classNames: readonly string[];
  /** [count], below the number of class names. */
  readonly labels: Uint8Array;
  /** 1 for every sample to test on. */
  readonly isTest: Uint8Array;
  /** Whether the files said which. */
  readonly told: boolean;
  readonly type: "u8" | "f32";
  /** Copies a sample's values to `at` in `target`. */
  copy(sample: number, target: Uint8Array | Float32Array, at: number): void;
}

/** The most classes that a data set may have: labels are bytes. */
export const mostClasses = 256;

/** The stream of random numbers that splits. */
const splitting = 0x5711;

/**
 * Which samples to test on: of each class this share, at least one where it has two and never all, chosen by chance.
 * @param options.testShare default 1/6
 * @param options.seed default 1
 * @returns 1 for every sample to test on
 */
export function stratified(
  labels: Uint8Array,
  classes: number,
  { testShare = 1 / 6, seed = 1 }: Pick<OwnOptions, "testShare" | "seed">,
): Uint8Array {
  const isTest = new Uint8Array(labels.length);
  for (let label = 0; label < classes; label++) {
    const members: number[] = [];
    for (let sample = 0; sample < labels.length; sample++) if (labels[sample] === label) members.push(sample);
    if (members.length < 2) continue;
    const wanted = Math.min(members.length - 1, Math.max(1, Math.round(testShare * members.length)));
    const draws = drawsOf(seed, splitting, label);
    // The first steps of a shuffle (Fisher & Yates): each takes one of those not yet taken.
    for (let taken = 0; taken < wanted; taken++) {
      const other = taken + draws.pick(members.length - taken);
      [members[taken], members[other]] = [members[other]!, members[taken]!];
      isTest[members[taken]!] = 1;
    }
  }
  return isTest;
}

/** Samples copied before a page may draw again, in values. */
const stretch = 2 ** 20;

/**
 * The data set in its two splits.
 * @throws one sentence when there are not two classes, one split would be empty, or it would take more than is allowed
 */
export async function datasetOf(samples: Samples, allowance: Allowance): Promise<Dataset> {
  const { name, labels, classNames, shape, type, isTest } = samples;
  const inputs = shape.reduce((product, n) => product * n, 1);
  if (classNames.length < 2)
    throw new Error(
      `${name}: expected samples of at least two classes, found only "${classNames[0]}"; add those of another.`,
    );
  allowance.check(labels.length * inputs * (type === "u8" ? 1 : 4), `The data set of ${name}`);
  const tests = isTest.reduce((sum, one) => sum + one, 0);
  if (tests === 0 || tests === labels.length)
    throw new Error(
      `${name}: expected samples to learn from and samples to test on, found ${labels.length} to ${tests === 0 ? "learn from" : "test on"} and none to ${tests === 0 ? "test on" : "learn from"}; every class needs two samples at least.`,
    );
  const split = async (wanted: number, count: number) => {
    const data = type === "u8" ? new Uint8Array(count * inputs) : new Float32Array(count * inputs);
    const own = new Uint8Array(count);
    let at = 0;
    for (let sample = 0; sample < labels.length; sample++) {
      if (isTest[sample] !== wanted) continue;
      samples.copy(sample, data, at * inputs);
      own[at++] = labels[sample]!;
      if ((at * inputs) % stretch < inputs) await breathe();
    }
    return { data, labels: own, count };
  };
  const train = await split(0, labels.length - tests);
  const test = await split(1, tests);
  const chosen = samples.told ? "as the files say" : "chosen by chance";
  return {
    name: `own:${name}`,
    title: `${name}: ${samples.done}; ${train.count} samples of ${classNames.length} classes to learn from and ${tests} to test on, ${chosen}`,
    ...{ synthetic: false, shape, inputs, classes: classNames.length, classNames, train, test },
  };
}
