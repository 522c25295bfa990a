/** The network that is followed: it learns one sample at a time, and each step told is read back from the engine's own fields. */
import { type DataOnDevice, uploadDataset } from "../../src/experiment/data";
import { Trainer } from "../../src/experiment/trainer";
import type { Device } from "../../src/gpu/device";
import type { Dataset } from "../../src/task/dataset";

export const layers: readonly number[] = [2, 5, 4, 2];
/** η of plain gradient descent. */
export const rate = 0.15;

/** One step of learning, by layer from the input at 0, as the GPU left it. */
export interface LearnedStep {
  /** Samples learned from, this one included. */
  readonly steps: number;
  /** What each neuron said: [size]. */
  readonly activity: readonly Float32Array[];
  /** δ, the gradient of this sample's loss by what each neuron added up: [size]; the input has none. */
  readonly error: readonly Float32Array[];
  /** Of the projection into each layer from 1: [pre + 1, post], the biases last; `before[0]` and `after[0]` are empty. */
  readonly before: readonly Float32Array[];
  readonly after: readonly Float32Array[];
  readonly label: number;
}

/** How it does on points that it never learns from. */
export interface Standing {
  readonly steps: number;
  readonly weights: readonly Float32Array[];
  readonly loss: number;
  readonly accuracy: number;
}

export class Learner {
  private constructor(
    private readonly trainer: Trainer,
    private readonly data: DataOnDevice,
  ) {}

  static async create(device: Device, dataset: Dataset, seed: number): Promise<Learner> {
    const data = await uploadDataset(device, dataset);
    const trainer = await Trainer.create(
      device,
      { rule: "backprop", layers, batch: 1, activation: "tanh", optimizer: "sgd", values: { rate }, seed },
      data,
    );
    return new Learner(trainer, data);
  }

  get steps(): number {
    return this.trainer.steps;
  }

  private weights(): Promise<Float32Array[]> {
    const { projections } = this.trainer.net;
    return Promise.all([
      new Float32Array(),
      ...projections.map(({ weight }) => this.trainer.read(weight.name)),
    ]);
  }

  /** Learns from one sample. All of it is submitted at once, so that nothing comes between the readings and the step. */
  async step(): Promise<LearnedStep> {
    const { trainer } = this;
    const { populations, target } = trainer.net;
    const before = this.weights();
    const learned = trainer.advance(1);
    const after = this.weights();
    const activity = Promise.all(populations.map((one) => trainer.read(one.activity.name)));
    const error = Promise.all([
      new Float32Array(),
      ...populations.slice(1).map((one) => trainer.read(one.error.name)),
    ]);
    const label = trainer.read<Uint32Array>(target.name);
    await learned;
    return {
      steps: trainer.steps,
      activity: await activity,
      error: await error,
      before: await before,
      after: await after,
      label: (await label)[0]!,
    };
  }

  /** Learns from `count` samples. @returns the last step of them */
  async learn(count: number): Promise<LearnedStep> {
    if (count > 1) await this.trainer.advance(count - 1);
    return this.step();
  }

  async standing(): Promise<Standing> {
    const [weights, { loss, accuracy }] = await Promise.all([this.weights(), this.trainer.evaluate()]);
    return { steps: this.trainer.steps, weights, loss, accuracy };
  }

  destroy(): void {
    this.trainer.destroy();
    this.data.memory.destroy();
  }
}
