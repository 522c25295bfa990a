/** Measure: what the figures below the race show of one rule, read back from the GPU. */
import type { Trainer } from "../../src/experiment/trainer";
import type { Angles } from "../../src/view/angles";

/** One look at one rule. */
export interface Measured {
  readonly angles: Angles;
  /** Of the first projection. */
  readonly weights: Float32Array;
}

export async function measureOne(trainer: Trainer): Promise<Measured> {
  const { rule, steps, net } = trainer;
  const [angles, weights] = await Promise.all([
    trainer.alignment(),
    trainer.read(net.projections[0]!.weight.name),
  ]);
  return {
    angles: {
      rule: rule.name,
      samples: steps * net.batch,
      byLayer: angles.map(({ updateAngle }) => updateAngle),
    },
    weights: weights as Float32Array,
  };
}
