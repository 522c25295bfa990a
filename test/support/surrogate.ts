/** A small surrogate-gradient step on the GPU, with weights and a batch of the test's, and its float64 twin. */
import type { Device } from "../../src/gpu/device";
import { Memory } from "../../src/gpu/memory";
import { Runner } from "../../src/gpu/runner";
import { lowerings } from "../../src/net/dense";
import { TemporalBuilder } from "../../src/net/temporal/builder";
import { latencyField, latencyTable } from "../../src/net/temporal/latency";
import { type SurrogateOptions, surrogateNetwork } from "../../src/net/temporal/surrogate-network";
import type { Time } from "../../src/net/temporal/time";
import { surrogateGradient } from "../../src/rule/temporal/surrogate-gradient";
import { gradient, type Model, type Sample } from "../reference/temporal/surrogate";
import { choices, uniform } from "./random";

export const small = { layers: [13, 9, 5], batch: 6 } as const;

/** Weights by the names that the network gives their fields. */
export function smallWeights(scale = 1): Record<string, Float32Array> {
  return {
    "input-hidden/weight": uniform(13 * 9, 1, 0.9 * scale),
    "hidden-output/weight": uniform(9 * 5, 2, 0.8),
    "hidden-hidden/weight": uniform(9 * 9, 3, 0.5 * scale),
  };
}

const pixels = () => Float32Array.from(choices(6 * 13, 4, 256), (level) => level / 255);
const labels = () => choices(6, 5, 5);

export interface Ran {
  readonly memory: Memory;
  readonly runner: Runner;
  readonly step: TemporalBuilder;
}

/** Runs one step whose gradients are written out. */
export async function runSurrogate(device: Device, time: Time, options: SurrogateOptions): Promise<Ran> {
  const network = surrogateNetwork({ ...small, ...options });
  const step = new TemporalBuilder(network.net, time, "written", 1);
  surrogateGradient(step, network);
  const memory = new Memory(device);
  const runner = await Runner.create(device, memory, step.schedule, lowerings, 1);
  const [input] = network.populations;
  memory.write(input.activity.name, pixels());
  memory.write(network.net.target.name, labels());
  memory.write(latencyField.name, latencyTable(time.steps));
  const given = smallWeights();
  for (const { name } of network.weights) memory.write(name, given[name]!);
  // Twice: a step must not find what the one before it left.
  runner.run(2);
  return { memory, runner, step };
}

/** The same step in float64. */
export function referenceOf(steps: number, options: SurrogateOptions) {
  const { neuron } = surrogateNetwork({ ...small, ...options });
  const model: Model = {
    ...{ inputs: 13, hidden: 9, outputs: 5, steps, beta: neuron.membraneKeeps, alpha: neuron.currentKeeps },
    ...{ surrogate: neuron.surrogate, steepness: neuron.steepness },
    ...{ smooth: neuron.spike === "smooth", attached: neuron.reset === "attached" },
  };
  const [image, classes] = [pixels(), labels()];
  const samples = Array.from({ length: 6 }, (_, b): Sample => {
    const times = Array.from(image.subarray(13 * b, 13 * b + 13), (x) => firingStep(x, steps));
    return { times, label: classes[b]! };
  });
  const {
    "input-hidden/weight": first,
    "hidden-output/weight": last,
    "hidden-hidden/weight": around,
  } = smallWeights();
  const weights = { first: first!, last: last!, ...(options.recurrent && { around: around! }) };
  return { model, weights, samples, found: gradient(model, weights, samples) };
}

/** A leaky integrator of 20 ms charged by x fires at τ ln(x / (x − 0.2)). */
function firingStep(x: number, steps: number): number {
  return x < 0.2 ? steps : Math.min(steps, Math.floor(20 * Math.log(x / Math.max(x - 0.2, 1e-7))));
}
