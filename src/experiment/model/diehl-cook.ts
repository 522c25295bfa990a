/** Handwritten digits learned by STDP alone, without labels: Diehl & Cook 2015. */
import type { Device } from "../../gpu/device";
import { writeNpy } from "../npy";
import { learningJson, percent } from "./common/learning";
import type { Model, ModelOptions, ModelResult, Progress } from "./common/model";
import { Digits, type Responses } from "./diehl-cook/digits";
import { accuracyOf, assignLabels, classify } from "./diehl-cook/labels";
import { diehlCookNumbers } from "./diehl-cook/network";

/** Excitatory neurons at scale 1. */
const neuronsAtOne = 100;
/** Images of a submit. */
const learning = 8;
const showing = 50;
/** Neurons are labelled by their responses to so many of the last training images. */
const labelling = 10_000;

/** Responses to many images, a submit after another. */
class Gathered {
  readonly spikes: Uint32Array;
  images = 0;
  presentations = 0;
  total = 0;

  constructor(
    private readonly neurons: number,
    most: number,
  ) {
    this.spikes = new Uint32Array(most * neurons);
  }

  add({ spikes, intensities }: Responses): void {
    this.spikes.set(spikes, this.images * this.neurons);
    this.images += intensities.length;
    for (const intensity of intensities) this.presentations += 1 + intensity - diehlCookNumbers.intensity;
    this.total += spikes.reduce((sum, count) => sum + count, 0);
  }

  /** The last `count` images' spikes. */
  last(count: number): Uint32Array {
    return this.spikes.subarray((this.images - count) * this.neurons, this.images * this.neurons);
  }
}

/** Calls for images in portions of at most `portion`, until there are enough or the signal stops it. */
async function portions(
  count: number,
  portion: number,
  signal: AbortSignal | undefined,
  each: (first: number, size: number) => Promise<void>,
): Promise<void> {
  for (let first = 0; first < count && !signal?.aborted; first += portion)
    await each(first, Math.min(portion, count - first));
}

async function run(
  device: Device,
  { scale, seed, settings, dataset, signal }: ModelOptions,
  progress: Progress,
): Promise<ModelResult> {
  if (!dataset) throw new Error("diehl-cook needs the samples of mnist, but was given none.");
  const { inputs, classes, train, test } = dataset;
  const neurons = Math.round(neuronsAtOne * scale);
  const passes = settings.passes as number;
  const wanted = Math.round(passes * train.count);
  const size = { inputs, neurons, seed, inhibits: settings.inhibition as number };
  progress(0, "compiling");
  const pixels = (data: typeof train.data) => data as Uint8Array;
  const learner = await Digits.create(device, { ...size, images: pixels(train.data), learning, showing: 1 });
  let tester: Digits | undefined;
  try {
    const started = performance.now();
    const learned = new Gathered(neurons, wanted);
    const whole = wanted + test.count;
    await portions(wanted, learning, signal, async (_, count) => {
      learned.add(await learner.learn(count));
      progress(learned.images / whole, `${learned.images} images learned`);
    });
    const trainSeconds = (performance.now() - started) / 1000;
    const weights = await learner.readWeights();
    const thresholds = await learner.readThresholds();

    const labelled = Math.min(labelling, learned.images);
    const labels = Uint8Array.from(
      { length: labelled },
      (_, k) => train.labels[(learned.images - labelled + k) % train.count]!,
    );
    const assigned = assignLabels(learned.last(labelled), labels, neurons, classes);

    tester = await Digits.create(device, { ...size, images: pixels(test.data), learning: 1, showing });
    tester.weights = weights;
    tester.thresholds = thresholds;
    const shown = new Gathered(neurons, test.count);
    await portions(test.count, showing, signal, async (first, count) => {
      shown.add(await tester!.show(first, count));
      progress((learned.images + shown.images) / whole, `${shown.images} test images shown`);
    });
    const wallSeconds = (performance.now() - started) / 1000;
    const accuracy =
      shown.images === 0
        ? null
        : accuracyOf(
            classify(shown.last(shown.images), assigned, classes),
            test.labels.subarray(0, shown.images),
          );
    const { shown: shownMs, rest } = diehlCookNumbers;
    const simulatedSeconds =
      (learned.presentations * (shownMs + rest) + shown.presentations * shownMs) / 1000;
    const perClass = Array.from(
      { length: classes },
      (_, label) => assigned.filter((one) => one === label).length,
    );
    const figures = {
      neurons: inputs + 2 * neurons,
      synapses: inputs * neurons + neurons + neurons * (neurons - 1),
      samples: learned.images,
      simulatedSeconds,
      wallSeconds,
    };
    const perImage = ({ total, images }: Gathered) => (images > 0 ? total / images : 0);
    return {
      json: {
        ...{ model: "diehl-cook", scale, seed, settings, accuracy },
        excitatory: neurons,
        trainImages: learned.images,
        trainPresentations: learned.presentations,
        labelImages: labelled,
        testImages: shown.images,
        neuronsPerClass: perClass,
        spikesPerImage: { training: perImage(learned), test: perImage(shown) },
        trainSeconds,
        ...learningJson(figures, device.facts.name),
      },
      lines: [
        `diehl-cook, seed ${seed}, on ${device.facts.name}: ${neurons} excitatory neurons learned ${learned.images} images in ${learned.presentations} presentations, without labels.`,
        {
          rows: [
            ["test accuracy", accuracy === null ? "stopped before the test" : percent(accuracy)],
            ["test images", `${shown.images}`],
            ["labels from", `the last ${labelled} training images, as they were learned`],
            ["neurons of each class", perClass.join(" ")],
            [
              "spikes an image",
              `${perImage(learned).toFixed(1)} training, ${perImage(shown).toFixed(1)} test`,
            ],
            ["time", `${trainSeconds.toFixed(1)} s to learn, ${wallSeconds.toFixed(1)} s in all`],
          ],
        },
        "Published: 82.9 % with 100 neurons, 87.0 % with 400 (--scale 4).",
      ],
      files: {
        "weights-learned.npy": writeNpy({ shape: [inputs, neurons], data: weights }),
        "thresholds.npy": writeNpy({ shape: [neurons], data: thresholds }),
        "labels.npy": writeNpy({ shape: [neurons], data: Float32Array.from(assigned) }),
      },
    };
  } finally {
    learner.destroy();
    tester?.destroy();
  }
}

export const model: Model = {
  name: "diehl-cook",
  about: "handwritten digits, learned without labels by STDP and inhibition",
  source: "Diehl & Cook 2015, table 1",
  shows: "Neurons that inhibit one another come to stand for a way of writing a digit each.",
  seconds: 0,
  scale: { default: 1, min: 0.05, max: 16 },
  task: "mnist",
  settings: {
    train: { default: 0, min: 0, max: 60_000, about: "training images; 0: all" },
    passes: { default: 1, min: 1e-3, max: 100, about: "passes over them" },
    inhibition: {
      default: diehlCookNumbers.inhibits,
      min: 0,
      max: 1000,
      about: "conductance of an inhibitory spike; 100 neurons learn better at 120",
    },
    test: { default: 0, min: 0, max: 10_000, about: "test images; 0: all" },
  },
  run,
};
