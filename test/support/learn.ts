/** Short lessons on synthetic digits, for laws that show only after learning. */
import { type DataOnDevice, uploadDataset } from "../../src/experiment/data";
import type { TrainerOptions } from "../../src/experiment/plan";
import { Trainer } from "../../src/experiment/trainer";
import { findTask } from "../../src/task/task";
import { testDevice } from "./device";

let loaded: Promise<DataOnDevice> | undefined;

async function digits(): Promise<DataOnDevice> {
  loaded ??= findTask("digits")
    .load({ train: 2000, test: 100 })
    .then(async (dataset) => uploadDataset(await testDevice(), dataset));
  return loaded;
}

export interface Lesson {
  readonly trainer: Trainer;
  /** Angles between the hidden error and backprop's, before and after. */
  readonly angles: readonly [number, number];
  /** Training accuracy over the last steps. */
  readonly accuracy: number;
}

/** 784-64-10, batch 64, for `steps` steps. */
export async function lesson(options: Omit<TrainerOptions, "layers">, steps: number): Promise<Lesson> {
  const trainer = await Trainer.create(
    await testDevice(),
    { layers: [784, 64, 10], batch: 64, ...options },
    await digits(),
  );
  const angle = async () => (await trainer.alignment())[0]!.errorAngle!;
  const before = await angle();
  let last = await trainer.advance(steps % 100 || 100);
  while (trainer.steps < steps) last = await trainer.advance(100);
  const accuracy = last.reduce((sum, score) => sum + score.accuracy, 0) / last.length;
  return { trainer, angles: [before, await angle()], accuracy };
}
