/**
 * The model `evidence-accumulation`: 50 LIF and 50 adaptive neurons learn by e-prop to say on which side more of seven cues came
 * (Bellec et al. 2020, figure 3), half a second after the last of them.
 */
import type { Device } from "../gpu/device";
import { unknownName } from "../gpu/name";
import { type AdaptiveOptions, adaptiveNetwork } from "../net/temporal/adaptive-network";
import { TemporalBuilder } from "../net/temporal/builder";
import { drawEvidence, type EvidenceTask, trialSteps } from "../net/temporal/evidence";
import { eProp, type Feedback, feedbacks, predictTrial } from "../rule/temporal/e-prop";
import { checkSeed } from "./rules";
import { trainMetrics } from "./schedules";
import { type TrialPlan, Trials } from "./trials";

export interface EvidenceOptions extends Omit<AdaptiveOptions, "prefix" | "outputs" | "dtMs"> {
  /** Default 2 ms, where the paper has 1: half the work, and the same rates and time constants. */
  readonly dtMs?: number;
  /** Keys weights and trials; u32, default 1. */
  readonly seed?: number;
  /** Default `symmetric`. */
  readonly feedback?: Feedback;
  /** Training steps, a batch of new trials each. Default 200. */
  readonly iterations?: number;
  /** Adam's learning rate. Default 5e-3. */
  readonly rate?: number;
  /** Test trials. Default 512. */
  readonly tests?: number;
  /** Training steps between tests. Default 25. */
  readonly testEvery?: number;
  /** Training ends at a test with fewer errors than this share; default 0: never. */
  readonly until?: number;
  /** Delay between the last cue and the recall signal. Default 500 ms. */
  readonly delayMs?: number;
  /** Stops the run between two submits. */
  readonly signal?: AbortSignal;
}

export interface EvidenceProgress {
  readonly type: "steps";
  readonly iteration: number;
  readonly loss: number;
  readonly accuracy: number;
  readonly samplesPerSecond: number;
}

export interface EvidenceTest {
  readonly type: "test";
  readonly iteration: number;
  readonly samples: number;
  /** On trials that are never learned from. */
  readonly testLoss: number;
  readonly testAccuracy: number;
  /** Spikes a second of a hidden neuron, in the last training trials. */
  readonly rate: number;
  readonly seconds: number;
}

export interface EvidenceResult {
  readonly model: "evidence-accumulation";
  readonly feedback: Feedback;
  readonly seed: number;
  readonly iterations: number;
  readonly samples: number;
  /** Share of the test trials, at the last test and at the best. */
  readonly accuracy: number;
  readonly best: number;
  /** Of training, the tests not counted. */
  readonly seconds: number;
  readonly samplesPerSecond: number;
  readonly adapter: string;
}

/** Keys test trials apart from those that are learned from. */
const testKey = 0x7e57;

/** The task as in the paper, but for the delay, in steps of `dtMs`. */
export function evidenceTask(dtMs: number, delayMs: number): EvidenceTask {
  const steps = (ms: number) => Math.round(ms / dtMs);
  return {
    ...{ cues: 7, cue: steps(100), interval: steps(150), delay: steps(delayMs), recall: steps(150) },
    ...{ likely: 0.7, active: 0.04 * dtMs, noise: 0.01 * dtMs },
  };
}

/** Everything about a run that needs no GPU. @throws one sentence for numbers that can't be */
export function planEvidence(options: EvidenceOptions = {}): TrialPlan & { readonly tests: number } {
  const { seed = 1, rate = 5e-3, tests = 512, dtMs = 2, delayMs = 500, feedback = "symmetric" } = options;
  const { iterations = 200, testEvery = 25 } = options;
  checkSeed(seed);
  if (!feedbacks.includes(feedback)) throw new Error(unknownName("feedback", feedback, feedbacks));
  for (const [what, value] of Object.entries({ iterations, tests, testEvery }))
    if (!Number.isInteger(value) || value < 1)
      throw new Error(`Evidence accumulation takes a whole number of ${what}, 1 or more, but got ${value}.`);
  if (!(rate > 0)) throw new Error(`The rate must be above 0, but is ${rate}.`);
  const task = evidenceTask(dtMs, delayMs);
  const steps = trialSteps(task);
  const time = { steps, rows: steps, span: steps };
  const network = adaptiveNetwork({ ...options, dtMs });
  const step = new TemporalBuilder(network.net, time, "adam", seed);
  const trial = (on: TemporalBuilder, key: number) => ({
    draw: (spikes: Parameters<typeof drawEvidence>[2]) => drawEvidence(on, task, spikes, key),
    answer: task.recall,
  });
  eProp(step, network, trial(step, seed), feedback);
  step.inPhase("score").tally(trainMetrics, "shuffled");
  step.tick();
  const batches = Math.ceil(tests / network.net.batch);
  const apart = adaptiveNetwork({ ...options, dtMs, prefix: "test:" });
  // The test has a clock of its own, which counts its batches.
  const net = { ...apart.net, clock: { ...apart.net.clock, name: "test:clock" } };
  const test = new TemporalBuilder(net, time, "written", seed);
  predictTrial(test, { ...apart, net }, trial(test, seed ^ testKey));
  const metrics = { ...trainMetrics, name: "metrics/test", shape: [batches, 2] };
  test.tally(metrics, "shuffled");
  test.tick();
  return {
    step,
    test: { step: test, metrics, count: batches * network.net.batch, runs: batches },
    values: { rate, momentum: 0.9, variance: 0.999, epsilon: 1e-8, readoutDecay: 0.01 },
    seed,
    stepsPerEpoch: 1,
    tests: batches * network.net.batch,
  };
}

/**
 * Trains, and tests every so often.
 * @throws one sentence for options that can't be, before anything is allocated; DeviceLostError
 */
export async function* evidenceAccumulation(
  device: Device,
  options: EvidenceOptions = {},
): AsyncGenerator<EvidenceProgress | EvidenceTest, EvidenceResult> {
  const {
    seed = 1,
    iterations = 200,
    testEvery = 25,
    feedback = "symmetric",
    until = 0,
    dtMs = 2,
    signal,
  } = options;
  const plan = planEvidence(options);
  const { batch } = plan.step.net;
  const trials = await Trials.create(device, plan);
  try {
    let [ms, best, accuracy] = [0, 0, 0];
    while (trials.steps < iterations && !(accuracy > 0 && 1 - accuracy < until)) {
      const boundary = Math.min(iterations, trials.steps + testEvery);
      while (trials.steps < boundary) {
        signal?.throwIfAborted();
        const { scores, ms: took } = await trials.advance(boundary - trials.steps);
        ms += took;
        const mean = (of: (score: (typeof scores)[number]) => number) =>
          scores.reduce((sum, score) => sum + of(score), 0) / scores.length;
        yield {
          type: "steps",
          iteration: trials.steps,
          loss: mean(({ loss }) => loss),
          accuracy: mean((score) => score.accuracy),
          samplesPerSecond: (1000 * batch * scores.length) / took,
        };
      }
      const test = await trials.evaluate();
      accuracy = test.accuracy;
      best = Math.max(best, accuracy);
      const spikes = await trials.read("hidden/spikes");
      const rate = spikes.reduce((sum, spike) => sum + spike, 0) / spikes.length;
      yield {
        type: "test",
        iteration: trials.steps,
        samples: trials.steps * batch,
        testLoss: test.loss,
        testAccuracy: accuracy,
        rate: (1000 * rate) / dtMs,
        seconds: ms / 1000,
      };
    }
    const samples = trials.steps * batch;
    return {
      ...{
        model: "evidence-accumulation",
        feedback,
        seed,
        iterations: trials.steps,
        samples,
        accuracy,
        best,
      },
      ...{ seconds: ms / 1000, samplesPerSecond: (1000 * samples) / ms, adapter: device.facts.name },
    };
  } finally {
    trials.destroy();
  }
}
