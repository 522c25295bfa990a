/**
 * The model `surrogate-fashion`: 784 latency-coded inputs, 100 spiking neurons and 10 outputs that integrate learn
 * Fashion-MNIST by surrogate gradients, as SpyTorch's second tutorial does (86.3 % of the test set after 30 epochs there).
 */
import type { Device } from "../gpu/device";
import { TemporalBuilder } from "../net/temporal/builder";
import { latencyField, latencyTable, mostLatencySteps } from "../net/temporal/latency";
import { type SurrogateOptions, surrogateNetwork } from "../net/temporal/surrogate-network";
import type { Time } from "../net/temporal/time";
import { predictInTime, surrogateGradient } from "../rule/temporal/surrogate-gradient";
import type { Dataset } from "../task/dataset";
import { type DataFields, type DataOnDevice, describeDataset, uploadDataset } from "./data";
import { checkShapes } from "./plan";
import { checkSeed } from "./rules";
import { testMetrics, trainMetrics } from "./schedules";
import { type TrialPlan, Trials } from "./trials";

export interface SurrogateFashionOptions extends Omit<SurrogateOptions, "prefix" | "spike"> {
  /** Keys the weights and the order of the samples; u32, default 1. */
  readonly seed?: number;
  /** Passes over the training set. Default 30. */
  readonly epochs?: number;
  /** Adam's learning rate. Default 2e-4. */
  readonly rate?: number;
  /** Steps of a trial, up to 256. Default 100. */
  readonly steps?: number;
  /**
   * Steps that are kept for the way back, a divisor of `steps`; fewer take less memory and a second run forward, and leave every
   * bit as it is. Default all.
   */
  readonly segment?: number;
  /** Stops the run between two submits. */
  readonly signal?: AbortSignal;
}

/** Steps done since the last event. */
export interface SurrogateProgress {
  readonly type: "steps";
  /** Passes over the training set so far, with their fraction. */
  readonly epoch: number;
  readonly loss: number;
  readonly accuracy: number;
  readonly samplesPerSecond: number;
}

export interface SurrogateEpoch {
  readonly type: "epoch";
  readonly epoch: number;
  readonly samples: number;
  readonly trainLoss: number;
  readonly trainAccuracy: number;
  readonly testLoss: number;
  readonly testAccuracy: number;
  /** Of training alone. */
  readonly samplesPerSecond: number;
}

export interface SurrogateResult {
  readonly model: "surrogate-fashion";
  readonly task: string;
  readonly seed: number;
  readonly epochs: number;
  readonly samples: number;
  /** On the test set, after the last epoch and at the best one. */
  readonly accuracy: number;
  readonly best: number;
  /** Of training, the tests not counted. */
  readonly seconds: number;
  readonly samplesPerSecond: number;
  readonly adapter: string;
}

/** Samples at a time when testing. */
const testBatch = 250;

/** Everything about a run that needs no GPU. @throws one sentence for numbers or layers that can't be */
export function planSurrogate(data: DataFields, options: SurrogateFashionOptions = {}): TrialPlan {
  const { seed = 1, steps = 100, segment = steps, rate = 2e-4, epochs = 30 } = options;
  const { layers = [784, 100, 10] } = options;
  checkSeed(seed);
  checkShapes(layers, data.dataset);
  if (!Number.isInteger(epochs) || epochs < 1)
    throw new Error(`Training takes a whole number of epochs, 1 or more, but got ${epochs}.`);
  if (!Number.isInteger(steps) || steps < 1 || steps > mostLatencySteps)
    throw new Error(`A trial takes from 1 to ${mostLatencySteps} steps, but got ${steps}.`);
  if (!(rate > 0)) throw new Error(`The rate must be above 0, but is ${rate}.`);
  const network = surrogateNetwork(options);
  const time: Time = { steps, rows: segment, span: network.recurrent ? 1 : segment };
  const step = new TemporalBuilder(network.net, time, "adam", seed);
  step.inPhase("sample").sample(data.train, "shuffled");
  surrogateGradient(step, network);
  step.inPhase("score").tally(trainMetrics, "shuffled");
  step.tick();
  return {
    step,
    test: planTest(data, options, time, seed),
    values: { rate, momentum: 0.9, variance: 0.999, epsilon: 1e-8 },
    seed,
    stepsPerEpoch: data.train.count / network.net.batch,
    tables: { [latencyField.name]: latencyTable(steps, options.dtMs) },
  };
}

function planTest(
  { test }: DataFields,
  options: SurrogateFashionOptions,
  time: Time,
  seed: number,
): TrialPlan["test"] {
  const batch = Math.min(testBatch, test.count);
  const network = surrogateNetwork({ ...options, batch, prefix: "test:" });
  const step = new TemporalBuilder(network.net, time, "written", seed);
  const metrics = testMetrics(network.net, test);
  step.repeat(metrics.shape[0]!, "batch", () => {
    step.inPhase("test").sample(test, "in-order");
    predictInTime(step, network);
    step.tally(metrics, "in-order");
  });
  return { step, metrics, count: test.count };
}

/**
 * Trains, and tests after every epoch.
 * @throws one sentence for options that can't be, before anything is allocated; DeviceLostError
 */
export async function* surrogateFashion(
  device: Device,
  dataset: Dataset,
  options: SurrogateFashionOptions = {},
): AsyncGenerator<SurrogateProgress | SurrogateEpoch, SurrogateResult> {
  const { epochs = 30, seed = 1, signal } = options;
  const plan = planSurrogate(describeDataset(dataset), options);
  const { batch } = plan.step.net;
  const data: DataOnDevice = await uploadDataset(device, dataset);
  let trials: Trials | undefined;
  try {
    trials = await Trials.create(device, plan, data.memory);
    let [ms, best, accuracy] = [0, 0, 0];
    for (let epoch = 1; epoch <= epochs; epoch++) {
      const until = Math.ceil(epoch * plan.stepsPerEpoch);
      const from = trials.steps;
      let [epochMs, loss, correct] = [0, 0, 0];
      while (trials.steps < until) {
        signal?.throwIfAborted();
        const { scores, ms: took } = await trials.advance(until - trials.steps);
        const sums = scores.reduce((sum, score) => [sum[0]! + score.loss, sum[1]! + score.accuracy], [0, 0]);
        [epochMs, loss, correct] = [epochMs + took, loss + sums[0]!, correct + sums[1]!];
        yield {
          type: "steps",
          epoch: trials.steps / plan.stepsPerEpoch,
          loss: sums[0]! / scores.length,
          accuracy: sums[1]! / scores.length,
          samplesPerSecond: (1000 * batch * scores.length) / took,
        };
      }
      const test = await trials.evaluate();
      ms += epochMs;
      accuracy = test.accuracy;
      best = Math.max(best, accuracy);
      yield {
        type: "epoch",
        epoch,
        samples: trials.steps * batch,
        trainLoss: loss / (until - from),
        trainAccuracy: correct / (until - from),
        testLoss: test.loss,
        testAccuracy: accuracy,
        samplesPerSecond: (1000 * batch * (until - from)) / epochMs,
      };
    }
    const samples = trials.steps * batch;
    return {
      ...{ model: "surrogate-fashion", task: dataset.name, seed, epochs, samples, accuracy, best },
      ...{ seconds: ms / 1000, samplesPerSecond: (1000 * samples) / ms, adapter: device.facts.name },
    };
  } finally {
    trials?.destroy();
    data.memory.destroy();
  }
}
