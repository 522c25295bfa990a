/** The three networks: one start, one random B, three ways to treat it. */
import type { DataOnDevice } from "../../src/experiment/data";
import type { Device } from "../../src/gpu/device";
import type { Values } from "../../src/net/optimiser";
import { Learner, type Look } from "./learner";

/** `slider`: B stands where a person puts it. The others' B learns. */
export const names = ["slider", "kolen-pollack", "weight-mirror"] as const;
export type Name = (typeof names)[number];

export type Looks = Readonly<Record<Name, Look>>;

/** What stands at each one's line, and the rule whose line it has. */
export const lineOf: Readonly<Record<Name, { readonly label: string; readonly rule: string }>> = {
  slider: { label: "B by the slider", rule: "feedback-alignment" },
  "kolen-pollack": { label: "Kolen-Pollack", rule: "kolen-pollack" },
  "weight-mirror": { label: "weight mirror", rule: "weight-mirror" },
};

export const batch = 64;
export const layers: readonly number[] = [784, 64, 32, 10];
/** η of plain gradient descent, the same for all. */
const rate = 0.2;

/** Where the numbers of a rule differ from its defaults. */
const ownValues: Readonly<Partial<Record<Name, Values>>> = {
  "kolen-pollack": { decay: 0.02 },
  "weight-mirror": { mirror: 0.02 },
};

export class Networks {
  private constructor(private readonly learners: Readonly<Record<Name, Learner>>) {}

  /** @param seed of the first weights, of B, and of the order of samples */
  static async create(device: Device, data: DataOnDevice, seed: number): Promise<Networks> {
    const made = names.map(async (name) => {
      const options = {
        rule: lineOf[name].rule,
        layers,
        batch,
        seed,
        activation: "tanh",
        optimizer: "sgd",
        values: { rate, ...ownValues[name] },
      } as const;
      return [name, await Learner.create(device, options, data)] as const;
    });
    return new Networks(Object.fromEntries(await Promise.all(made)) as Record<Name, Learner>);
  }

  /** Samples that each has learned from. */
  get samples(): number {
    return batch * this.learners.slider.steps;
  }

  /** @param share where the slider stands */
  async learn(batches: number, share: number): Promise<void> {
    const { slider, ...others } = this.learners;
    await Promise.all([
      slider.learn(batches, share),
      ...Object.values(others).map((learner) => learner.learn(batches)),
    ]);
  }

  setFeedback(share: number): Promise<void> {
    return this.learners.slider.setFeedback(share);
  }

  async look(): Promise<Looks> {
    const looks = names.map(async (name) => [name, await this.learners[name].look()] as const);
    return Object.fromEntries(await Promise.all(looks)) as Record<Name, Look>;
  }

  destroy(): void {
    for (const learner of Object.values(this.learners)) learner.destroy();
  }
}
