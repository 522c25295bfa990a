/** Evidence accumulation by e-prop: which of two sides had more cues, asked half a second later. */
import type { Device } from "../../gpu/device";
import { trialSteps } from "../../net/temporal/evidence";
import { type Feedback, feedbacks } from "../../rule/temporal/e-prop";
import { type EvidenceProgress, type EvidenceTest, evidenceAccumulation, evidenceTask } from "../eprop";
import { follow, learningJson, percent } from "./common/learning";
import type { Model, ModelOptions, ModelResult, Progress } from "./common/model";

const sizes = { inputs: 40, regular: 50, adaptive: 50, outputs: 2 };
const batch = 32;

async function run(
  device: Device,
  { seed, settings, signal }: ModelOptions,
  progress: Progress,
): Promise<ModelResult> {
  const { iterations, rate, tests, dt, delay, until } = settings as Record<string, number>;
  const found: EvidenceTest[] = [];
  let [trained, wallSeconds] = [0, 0];
  const hear = (event: EvidenceProgress | EvidenceTest) => {
    if (event.type === "test") {
      found.push(event);
      return;
    }
    wallSeconds += (batch * (event.iteration - trained)) / event.samplesPerSecond;
    trained = event.iteration;
    const last = found.at(-1);
    const test = last ? `, test errors ${percent(1 - last.testAccuracy)}` : "";
    progress(event.iteration / iterations!, `iteration ${event.iteration}${test}`);
  };
  progress(0, "compiling");
  const options = {
    ...sizes,
    ...{ batch, seed, iterations: iterations!, rate: rate!, tests: tests!, dtMs: dt!, delayMs: delay! },
    ...{ until: until!, feedback: settings.feedback as Feedback },
    ...(signal && { signal }),
  };
  await follow(evidenceAccumulation(device, options), hear, signal);
  const hidden = sizes.regular + sizes.adaptive;
  const samples = batch * trained;
  const figures = {
    neurons: sizes.inputs + hidden + sizes.outputs,
    synapses: sizes.inputs * hidden + hidden * hidden + hidden * sizes.outputs,
    samples,
    simulatedSeconds: (samples * trialSteps(evidenceTask(dt!, delay!)) * dt!) / 1000,
    wallSeconds,
  };
  const errors = found.map(({ testAccuracy }) => 1 - testAccuracy);
  return {
    json: {
      ...{ model: "evidence-accumulation", seed, settings, tests: found },
      ...{ errors: errors.at(-1) ?? null, leastErrors: errors.length > 0 ? Math.min(...errors) : null },
      ...learningJson(figures, device.facts.name),
    },
    lines: [
      `evidence-accumulation, seed ${seed}, on ${device.facts.name}: ${sizes.regular} LIF and ${sizes.adaptive} adaptive neurons, e-prop with ${settings.feedback} feedback, ${batch} trials an iteration.`,
      {
        rows: [
          ["iteration", "trials", "test errors", "hidden rate (1/s)", "s"],
          ...found.map((one) => [
            `${one.iteration}`,
            `${one.samples}`,
            percent(1 - one.testAccuracy),
            one.rate.toFixed(1),
            one.seconds.toFixed(1),
          ]),
        ],
        numeric: [0, 1, 2, 3, 4],
      },
      "Aims at errors below 10 %; by chance they are 50 %.",
    ],
  };
}

export const model: Model = {
  name: "evidence-accumulation",
  about: "e-prop learns to say on which side more of seven cues came",
  source: "Bellec et al. 2020, figure 3",
  shows:
    "Eligibility traces and a learning signal solve a task that needs memory over a second, without a replay of the past.",
  seconds: 0,
  settings: {
    iterations: { default: 200, min: 1, max: 1e6, about: "training steps, a batch of new trials each" },
    feedback: { default: "symmetric", choices: feedbacks, about: "what brings errors back" },
    rate: { default: 5e-3, min: 1e-9, max: 1e3, about: "Adam's learning rate" },
    tests: { default: 512, min: 1, max: 65_536, about: "test trials" },
    until: { default: 0, min: 0, max: 1, about: "ends at a test with fewer errors than this share" },
    dt: { default: 2, min: 0.1, max: 10, about: "ms of a step" },
    delay: { default: 500, min: 0, max: 10_000, about: "ms between the last cue and the answer" },
  },
  run,
};
