/** What the page starts with: a modest network on a GPU, a small one where a program plays the GPU. */
import type { LayeredPlan, SpikingPlan } from "../../src/experiment/profile-plan";

export function usualPlans(software: boolean): { layered: LayeredPlan; spiking: SpikingPlan } {
  const common = {
    rule: "backprop",
    optimizer: "momentum",
    activation: "relu",
    output: "softmax",
  } as const;
  return {
    layered: software
      ? { ...common, layers: [196, 128, 10], batch: 32 }
      : { ...common, layers: [784, 512, 10], batch: 128 },
    spiking: { model: "cuba-4k", scale: software ? 0.6 : 1 },
  };
}
