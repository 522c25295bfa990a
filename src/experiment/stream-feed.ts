/**
 * Feed: brings a trainer the samples of its steps and its tests, where its dataset is streamed, and keeps the order of what was
 * asked for: a test is submitted in parts, and no step may come between them.
 */
import type { Memory } from "../gpu/memory";
import type { Runner } from "../gpu/runner";
import { type DataOnDevice, stepsOfRing, testBatch } from "./data";
import type { Plan } from "./plan";
import { Stream } from "./stream";
import { shuffledOrder } from "./stream-order";

export class StreamFeed {
  /** A submit takes no more steps than this. */
  readonly mostSteps: number;
  private readonly batch: number;
  private readonly tests: number;
  private readonly trainStream: Stream;
  private readonly testStream: Stream;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(memory: Memory, { dataset, train, test }: DataOnDevice, { seed, net }: Plan) {
    this.batch = net.batch;
    this.tests = test.count;
    this.mostSteps = stepsOfRing(train, net.batch);
    const order = shuffledOrder(train.count, seed);
    this.trainStream = new Stream(memory, train, dataset.train, order, this.mostSteps * net.batch);
    this.testStream = new Stream(memory, test, dataset.test, (at) => at, testBatch(test.count));
  }

  /** Lets work begin when all that was asked for before has been submitted. */
  inTurn<T>(work: () => T | Promise<T>): Promise<T> {
    const result = this.turn.then(work);
    this.turn = result.catch(() => undefined);
    return result;
  }

  /** Puts the samples of `count` steps in their places, the first of them step `first`. */
  train(first: number, count: number): void {
    this.trainStream.feed(first * this.batch, count * this.batch);
  }

  /** Submits a pass over the test set, a batch of `records` records at a time, each behind its samples. */
  async test(runner: Runner, records: number): Promise<void> {
    const size = testBatch(this.tests);
    for (let from = 0, record = 0; from < this.tests; from += size, record += records) {
      this.testStream.feed(from, Math.min(size, this.tests - from));
      runner.runPart(record, record + records);
      await this.testStream.eased();
    }
  }
}
