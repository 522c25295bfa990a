/** Fashion-MNIST by surrogate gradients, as SpyTorch's second tutorial does it. */
import type { Device } from "../../gpu/device";
import { surrogates } from "../../net/temporal/current-lif";
import {
  type SurrogateEpoch,
  type SurrogateFashionOptions,
  type SurrogateProgress,
  surrogateFashion,
} from "../surrogate";
import { follow, learningJson, percent } from "./common/learning";
import type { Model, ModelOptions, ModelResult, Progress, Settings } from "./common/model";

const layers = [784, 100, 10] as const;
const batch = 256;
/** ms. */
const step = 1;

function optionsOf(settings: Settings): SurrogateFashionOptions {
  const { epochs, rate, steps, segment, surrogate, steepness, recurrent } = settings;
  return {
    layers,
    batch,
    dtMs: step,
    epochs: epochs as number,
    rate: rate as number,
    steps: steps as number,
    segment: (segment as number) || (steps as number),
    surrogate: surrogate as (typeof surrogates)[number],
    steepness: steepness as number,
    recurrent: recurrent === "yes",
  };
}

async function run(
  device: Device,
  { seed, settings, dataset, signal }: ModelOptions,
  progress: Progress,
): Promise<ModelResult> {
  if (!dataset) throw new Error("surrogate-fashion needs the samples of fashion-mnist, but was given none.");
  const options = optionsOf(settings);
  const epochs: SurrogateEpoch[] = [];
  let [seen, wallSeconds] = [0, 0];
  const hear = (event: SurrogateProgress | SurrogateEpoch) => {
    if (event.type === "epoch") {
      epochs.push(event);
      return;
    }
    const samples = event.epoch * dataset.train.count;
    wallSeconds += (samples - seen) / event.samplesPerSecond;
    seen = samples;
    const test = epochs.at(-1) ? `, test ${percent(epochs.at(-1)!.testAccuracy)}` : "";
    progress(event.epoch / options.epochs!, `epoch ${event.epoch.toFixed(1)}${test}`);
  };
  progress(0, "compiling");
  await follow(
    surrogateFashion(device, dataset, { ...options, seed, ...(signal && { signal }) }),
    hear,
    signal,
  );
  const [inputs, hidden, outputs] = layers;
  const figures = {
    neurons: inputs + hidden + outputs,
    synapses: inputs * hidden + hidden * outputs + (options.recurrent ? hidden * hidden : 0),
    samples: Math.round(seen),
    simulatedSeconds: (seen * options.steps! * step) / 1000,
    wallSeconds,
  };
  const accuracy = epochs.at(-1)?.testAccuracy ?? null;
  const best = epochs.length > 0 ? Math.max(...epochs.map(({ testAccuracy }) => testAccuracy)) : null;
  return {
    json: {
      ...{ model: "surrogate-fashion", seed, settings, epochs, accuracy, best },
      ...learningJson(figures, device.facts.name),
    },
    lines: [
      `surrogate-fashion, seed ${seed}, on ${device.facts.name}: ${layers.join("-")} neurons, ${dataset.train.count} samples of ${options.steps} ms an epoch.`,
      {
        rows: [
          ["epoch", "train loss", "train", "test", "samples/s"],
          ...epochs.map((one) => [
            `${one.epoch}`,
            one.trainLoss.toFixed(4),
            percent(one.trainAccuracy),
            percent(one.testAccuracy),
            one.samplesPerSecond.toFixed(0),
          ]),
        ],
        numeric: [0, 1, 2, 3, 4],
      },
      `Aims at 86.3 % after 30 epochs (SpyTorch, tutorial 2). Trained for ${wallSeconds.toFixed(1)} s.`,
    ],
  };
}

export const model: Model = {
  name: "surrogate-fashion",
  about: "Fashion-MNIST by surrogate gradients: 784 latency-coded inputs, 100 spiking neurons",
  source: "Neftci, Mostafa & Zenke 2019; Zenke 2019, SpyTorch, tutorial 2",
  shows: "Backpropagation through time works for spikes once their derivative is replaced by a smooth one.",
  seconds: 0,
  task: "fashion-mnist",
  settings: {
    epochs: { default: 30, min: 1, max: 1e6, about: "passes over the training set" },
    rate: { default: 2e-4, min: 1e-9, max: 1e3, about: "Adam's learning rate" },
    steps: { default: 100, min: 1, max: 256, about: "steps of 1 ms that a sample lasts" },
    segment: {
      default: 0,
      min: 0,
      max: 256,
      about: "steps kept for the way back, a divisor of them; 0: all",
    },
    surrogate: {
      default: "super-spike",
      choices: surrogates,
      about: "the derivative that stands for a spike's",
    },
    steepness: { default: 100, min: 1e-3, max: 1e6, about: "how steep it is" },
    recurrent: { default: "no", choices: ["no", "yes"], about: "whether hidden neurons hear each other" },
    train: { default: 0, min: 0, max: 60_000, about: "training samples; 0: all" },
    test: { default: 0, min: 0, max: 10_000, about: "test samples; 0: all" },
  },
  run,
};
