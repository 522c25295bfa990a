/** One network that learns with feedback synapses of its own, and what is measured of it between two batches. */
import type { DataOnDevice } from "../../src/experiment/data";
import type { TrainerOptions } from "../../src/experiment/plan";
import { Trainer } from "../../src/experiment/trainer";
import type { Device } from "../../src/gpu/device";
import type { Projection } from "../../src/net/projection";
import { angleBetween, mixed, normOf, scaled } from "./feedback";

/** Angles in degrees, by layer from the first that has one. */
export interface Look {
  readonly steps: number;
  /** Between what each hidden layer's weights would do next and the true gradient, on the next batch. */
  readonly change: readonly number[];
  /** Between B and Wᵀ: of the synapses above each hidden layer, through which it hears. */
  readonly feedback: readonly number[];
  /** Share of the test digits that it has right. */
  readonly accuracy: number;
}

const feedbackOf = ({ name }: Projection): string => `${name}/feedback`;

export class Learner {
  private constructor(
    private readonly trainer: Trainer,
    /** Random feedback by projection, from the second on, each as long as the weights that it stands for were at the start. */
    private readonly random: ReadonlyMap<Projection, Float32Array>,
  ) {}

  /** Every rule given here begins with the same weights and, by its rule's own draw, the same random B. */
  static async create(device: Device, options: TrainerOptions, data: DataOnDevice): Promise<Learner> {
    const trainer = await Trainer.create(device, options, data);
    const drawn = trainer.net.projections.slice(1).map(async (projection) => {
      const [weight, feedback] = await Promise.all([
        trainer.read(projection.weight.name),
        trainer.read(feedbackOf(projection)),
      ]);
      const { size } = projection.post;
      return [projection, scaled(feedback, normOf(weight, size) / normOf(feedback, size))] as const;
    });
    const random = new Map(await Promise.all(drawn));
    for (const [projection, values] of random) trainer.write(feedbackOf(projection), values);
    return new Learner(trainer, random);
  }

  /** Batches learned from. */
  get steps(): number {
    return this.trainer.steps;
  }

  /** Sets B between the present Wᵀ, at 0, and the random B that it began with, at 1. */
  async setFeedback(share: number): Promise<void> {
    const { trainer } = this;
    await Promise.all(
      [...this.random].map(async ([projection, random]) => {
        const weight = await trainer.read(projection.weight.name);
        trainer.write(feedbackOf(projection), mixed(weight, random, projection.post.size, share));
      }),
    );
  }

  /**
   * Learns from that many batches.
   * @param share what the feedback is set to before each of them and after the last, as by `setFeedback`; without it, it is its rule's business
   */
  async learn(batches: number, share?: number): Promise<void> {
    if (share !== undefined) await this.setFeedback(share);
    // At 1 it stays as it is: nothing need be read and set.
    if (share === undefined || share === 1) await this.trainer.advance(batches);
    else
      for (let batch = 0; batch < batches; batch++) {
        await this.trainer.advance(1);
        await this.setFeedback(share);
      }
  }

  async look(): Promise<Look> {
    const { trainer } = this;
    const angles = trainer.net.projections.slice(1).map(async (projection) => {
      const [weight, feedback] = await Promise.all([
        trainer.read(projection.weight.name),
        trainer.read(feedbackOf(projection)),
      ]);
      return angleBetween(weight, feedback, projection.post.size);
    });
    const [alignment, feedback, { accuracy }] = await Promise.all([
      trainer.alignment(),
      Promise.all(angles),
      trainer.evaluate(),
    ]);
    const change = alignment.slice(0, -1).map(({ updateAngle }) => updateAngle ?? Number.NaN);
    return { steps: trainer.steps, change, feedback, accuracy };
  }

  destroy(): void {
    this.trainer.destroy();
  }
}
