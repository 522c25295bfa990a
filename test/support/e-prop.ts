/** A small e-prop step on the GPU, and what its float64 twin needs to know of it. */
import type { Device } from "../../src/gpu/device";
import { Memory } from "../../src/gpu/memory";
import { Runner } from "../../src/gpu/runner";
import { lowerings } from "../../src/net/dense";
import type { Change } from "../../src/net/synapses";
import { type AdaptiveOptions, adaptiveNetwork } from "../../src/net/temporal/adaptive-network";
import { TemporalBuilder } from "../../src/net/temporal/builder";
import { drawEvidence, type EvidenceTask, trialSteps } from "../../src/net/temporal/evidence";
import { eProp, type Feedback } from "../../src/rule/temporal/e-prop";
import type { Lsnn, LsnnWeights } from "../reference/temporal/e-prop";
import { uniform } from "./random";

export const sizes = { inputs: 9, regular: 5, adaptive: 6, outputs: 3, batch: 3, adaptationMs: 60 } as const;

export const task: EvidenceTask = {
  ...{ cues: 3, cue: 6, interval: 8, delay: 6, recall: 10 },
  ...{ likely: 0.7, active: 0.4, noise: 0.3 },
};

const hidden = sizes.regular + sizes.adaptive;

const weights: Record<string, Float32Array> = {
  "input-hidden/weight": uniform(sizes.inputs * hidden, 11, 0.9),
  "hidden-hidden/weight": uniform(hidden * hidden, 12, 0.5),
  "hidden-output/weight": uniform(hidden * sizes.outputs, 13, 1),
  "hidden-output/feedback": uniform(hidden * sizes.outputs, 14, 1),
};

/** The records of one step, whose gradients are written out unless told; `rows` 1 for what happens as time goes by. */
export function smallStep(
  feedback: Feedback,
  rows: number,
  options: AdaptiveOptions = {},
  change: Change = "written",
) {
  const network = adaptiveNetwork({ ...sizes, adaptation: 0.15, ...options });
  const step = new TemporalBuilder(network.net, { steps: trialSteps(task), rows, span: rows }, change, 1);
  const draw = (spikes: Parameters<typeof drawEvidence>[2]) => drawEvidence(step, task, spikes, 3);
  eProp(step, network, { draw, answer: task.recall }, feedback);
  return { network, step };
}

export async function runEProp(
  device: Device,
  feedback: Feedback,
  rows: number,
  options: AdaptiveOptions = {},
) {
  const { network, step } = smallStep(feedback, rows, options);
  const memory = new Memory(device);
  const runner = await Runner.create(device, memory, step.schedule, lowerings, 1);
  for (const [name, values] of Object.entries(weights))
    if (memory.names().includes(name)) memory.write(name, values);
  // Twice: a step must not find what the one before it left.
  runner.run(2);
  return { network, memory, runner, step };
}

/** The model and weights of the float64 loops. */
export function twin(feedback: Feedback, recurrent = true): { model: Lsnn; weights: LsnnWeights } {
  const { network } = smallStep(feedback, 1);
  return {
    model: {
      ...{ inputs: sizes.inputs, hidden, outputs: sizes.outputs, steps: trialSteps(task) },
      ...{ regular: network.regular, alpha: network.membraneKeeps, rho: network.adaptationKeeps },
      ...{ kappa: network.outputKeeps, threshold: network.threshold, adaptation: network.adaptation },
      ...{ dampening: network.dampening, window: task.recall, attached: false, smooth: false },
    },
    weights: {
      in: weights["input-hidden/weight"]!,
      ...(recurrent && { around: weights["hidden-hidden/weight"]! }),
      out: weights["hidden-output/weight"]!,
      ...(feedback !== "symmetric" && { back: weights["hidden-output/feedback"]! }),
    },
  };
}
