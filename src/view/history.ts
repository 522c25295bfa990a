/**
 * History: what a race has shown so far, small enough to draw. Steps fall into buckets, each with its mean; when there
 * are too many, every two become one. The same buckets serve all rules, so their curves share an axis.
 */

/** Scores of a step or a bucket: loss in nats, accuracy as a fraction. */
export interface Scored {
  readonly loss: number;
  readonly accuracy: number;
}

interface Bucket {
  steps: number;
  loss: number;
  accuracy: number;
  /** The last test that ended in it. */
  test: Scored | undefined;
}

export interface Curve {
  /** Means over samples that the network had not yet learned from in this epoch. */
  readonly train: (Scored | undefined)[];
  readonly test: (Scored | undefined)[];
}

/** What takes down what a race shows, and tells it to its charts. */
export interface Log {
  /** Grows whenever something is added. */
  version: number;
  /** @param step from 0 */
  addStep(rule: string, step: number, scored: Scored): void;
  /** @param samples seen when it was tested */
  addTest(rule: string, samples: number, test: Scored): void;
  /** Forgets a rule, or what it did from a step on. */
  forget(rule: string, fromStep?: number): void;
  /** Samples seen at the end of each bucket. */
  readonly samples: number[];
  curve(rule: string): Curve;
  /** The newest test score of a rule, if it was tested yet. */
  lastTest(rule: string): Scored | undefined;
}

/** A curve put away: sums of loss and accuracy over the steps of each bucket, as plain data. */
export interface KeptCurve {
  /** Of a bucket, in samples. */
  readonly width: number;
  /** [steps, summed loss, summed accuracy, test loss, test accuracy]; no test, no last two. */
  readonly buckets: readonly (readonly number[])[];
}

const mostBuckets = 600;
/** Samples in a bucket at first: fewer would be mostly noise. */
const leastSamples = 512;

export class History implements Log {
  private readonly rules = new Map<string, Bucket[]>();
  private width: number;
  /** Grows whenever something is added. */
  version = 0;

  /** @param batch samples to a step */
  constructor(readonly batch: number) {
    this.width = Math.max(1, Math.round(leastSamples / batch));
  }

  /** @param step from 0 */
  addStep(rule: string, step: number, { loss, accuracy }: Scored): void {
    const bucket = this.bucket(rule, step);
    bucket.steps += 1;
    bucket.loss += loss;
    bucket.accuracy += accuracy;
    this.version += 1;
  }

  /** @param samples seen when it was tested */
  addTest(rule: string, samples: number, test: Scored): void {
    this.bucket(rule, Math.round(samples / this.batch) - 1).test = test;
    this.version += 1;
  }

  /** Forgets a rule, or what it did from a step on. */
  forget(rule: string, fromStep = 0): void {
    const buckets = this.rules.get(rule);
    if (!buckets) return;
    buckets.length = Math.min(buckets.length, Math.floor(fromStep / this.width));
    if (buckets.length === 0) this.rules.delete(rule);
    this.version += 1;
  }

  private bucket(rule: string, step: number): Bucket {
    while (step >= this.width * mostBuckets) this.halve();
    const buckets = this.rules.get(rule) ?? [];
    this.rules.set(rule, buckets);
    const index = Math.floor(step / this.width);
    while (buckets.length <= index) buckets.push({ steps: 0, loss: 0, accuracy: 0, test: undefined });
    return buckets[index]!;
  }

  private halve(): void {
    for (const [rule, buckets] of this.rules)
      this.rules.set(
        rule,
        Array.from({ length: Math.ceil(buckets.length / 2) }, (_, index) =>
          merged(buckets[2 * index]!, buckets[2 * index + 1]),
        ),
      );
    this.width *= 2;
  }

  /** Samples seen at the end of each bucket. */
  get samples(): number[] {
    const length = Math.max(0, ...[...this.rules.values()].map((buckets) => buckets.length));
    return Array.from({ length }, (_, index) => (index + 1) * this.width * this.batch);
  }

  curve(rule: string): Curve {
    const buckets = this.rules.get(rule) ?? [];
    return {
      train: buckets.map(({ steps, loss, accuracy }) =>
        steps > 0 ? { loss: loss / steps, accuracy: accuracy / steps } : undefined,
      ),
      test: buckets.map(({ test }) => test),
    };
  }

  /** The newest test score of a rule, if it was tested yet. */
  lastTest(rule: string): Scored | undefined {
    return this.rules.get(rule)?.findLast(({ test }) => test)?.test;
  }

  /** A rule's curve to put away. */
  keep(rule: string): KeptCurve {
    const buckets = (this.rules.get(rule) ?? []).map(({ steps, loss, accuracy, test }) =>
      test ? [steps, loss, accuracy, test.loss, test.accuracy] : [steps, loss, accuracy],
    );
    return { width: this.width * this.batch, buckets };
  }

  /** Takes a curve up again that was put away, in place of what the rule has. */
  put(rule: string, { width, buckets }: KeptCurve): void {
    this.rules.delete(rule);
    while (this.width * this.batch < width || width * buckets.length > this.width * this.batch * mostBuckets)
      this.halve();
    const mine: Bucket[] = [];
    buckets.forEach(([steps = 0, loss = 0, accuracy = 0, testLoss, testAccuracy], index) => {
      const at = Math.floor((index * width) / (this.width * this.batch));
      const tested = testLoss !== undefined && testAccuracy !== undefined;
      const test = tested ? { loss: testLoss, accuracy: testAccuracy } : undefined;
      const bucket = { steps, loss, accuracy, test };
      const before = mine[at];
      mine[at] = before ? merged(before, bucket) : bucket;
    });
    this.rules.set(rule, mine);
    this.version += 1;
  }
}

function merged(a: Bucket, b: Bucket | undefined): Bucket {
  if (!b) return a;
  return {
    steps: a.steps + b.steps,
    loss: a.loss + b.loss,
    accuracy: a.accuracy + b.accuracy,
    test: b.test ?? a.test,
  };
}
