/**
 * What forward-forward is made of (Hinton 2022): images that bear a label or are hybrids of two, activity that is passed on
 * without its length, goodness and its gradient. Rows 2i and 2i + 1 of a pair of passes are sample i's positive and negative.
 */
import type { Field } from "../gpu/field";
import type { Builder } from "./builder";
import type { Network } from "./network";
import { neuronField, type Population } from "./population";
import type { Projection } from "./projection";
import type { Trained } from "./rule";
import { activationSlot, own } from "./synapses";

export interface GoodnessOptions {
  readonly data: "label" | "hybrid";
  readonly classify: "readout" | "labels";
  readonly goodness: "sum" | "mean";
  readonly brightness: number;
}

/** Neurons that can always reach a threshold, given time: what they say has no upper bound. */
const unbounded = ["relu", "identity"];

/** @throws one sentence when a network or its data can't be told good from bad this way */
export function checkGoodness({ populations, output }: Network, { data, classify }: GoodnessOptions): void {
  const [input, hidden, last] = [populations[0]!, populations[1]!, populations.at(-1)!];
  if (populations.length < 3)
    throw new Error(
      `forward-forward needs a hidden layer whose goodness can be told, but layers is [${populations.map(({ size }) => size)}]; put one between.`,
    );
  if (!unbounded.includes(hidden.activation))
    throw new Error(
      `forward-forward compares squared activity with a threshold, which no layer of ${hidden.activation} neurons may ever reach, since none says more than 1; use the activation relu.`,
    );
  if (output !== "softmax")
    throw new Error(`forward-forward reads classes out by softmax, but output is ${output}; use softmax.`);
  if (last.size < 2)
    throw new Error(
      `forward-forward needs a wrong label for its negative data, but the output has one class only; use a task with at least 2.`,
    );
  if (data === "label" && last.size >= input.size)
    throw new Error(
      `forward-forward writes the label over the first ${last.size} of the input's pixels, but there are ${input.size}, so nothing would be left to see; use a task with more inputs than classes.`,
    );
  if (data === "hybrid" && !Number.isInteger(Math.sqrt(input.size)))
    throw new Error(
      `Hybrid images need square images, but the input has ${input.size} pixels; use data: label instead.`,
    );
  if (data === "hybrid" && classify === "labels")
    throw new Error(
      `Hybrid images bear no labels, so classes can't be told by trying all labels; use classify: readout.`,
    );
}

/** A scratch field of a population with another number of rows than the batch. */
const scratch = (step: Builder, population: Population, what: string, rows: number, columns?: number) =>
  step.neurons(population, what, { rows, ...(columns !== undefined && { columns }) });

/**
 * The input with a label over its first pixels: [copies · batch, inputs], a sample's copies one below the other.
 * @param brightness of a label's pixel; an image's are at most 1
 * @param labels `pair`: the true one and a wrong one; `neutral`: all of them a little; `trial`: each of them
 */
export function overlay(step: Builder, labels: "pair" | "neutral" | "trial", brightness: number): Field {
  const { populations, target, batch } = step.net;
  const input = populations[0]!;
  const classes = populations.at(-1)!.size;
  const copies = { pair: 2, neutral: 1, trial: classes }[labels];
  const result = scratch(step, input, labels, copies * batch);
  const wrong =
    labels === "pair" &&
    step.local("neuron/draw", scratch(step, input, "choice", batch, 1), {}, { layer: 0 });
  step.add({
    verb: "local",
    kernel: "local/overlay",
    bind: { image: input.activity, result, ...(wrong && { label: target, choice: wrong }) },
    writes: [{ field: result, from: own(input.activity, ...(wrong ? [target, wrong] : [])) }],
    layer: 0,
    slots: { OVERLAY: `lib/overlay/${labels}` },
    constants: { BATCH: batch, SIZE: input.size, COPIES: copies, CLASSES: classes, BRIGHTNESS: brightness },
    threads: copies * batch * Math.ceil(input.size / 4),
  });
  return result;
}

/**
 * Images and hybrids of two of them, [2 · batch, inputs]. The mask is noise, blurred twice `blurs` times and cut at its
 * mean, so that it has large patches of either kind.
 */
export function hybrids(step: Builder, blurs: number): Field {
  const { batch } = step.net;
  const input = step.net.populations[0]!;
  const result = scratch(step, input, "pair", 2 * batch);
  const noise = step.noise(input);
  const mask = step.neurons(input, "mask");
  const blur = (image: Field, blurred: Field) =>
    step.add({
      verb: "local",
      kernel: "local/blur",
      bind: { image, result: blurred },
      writes: [{ field: blurred, from: [{ field: image, index: "layer" }] }],
      layer: 0,
      constants: { BATCH: batch, SIDE: Math.sqrt(input.size) },
      threads: batch * Math.ceil(input.size / 4) * 4,
    });
  step.repeat(blurs, "blur", () => {
    blur(noise, mask);
    blur(mask, noise);
  });
  step.add({
    verb: "local",
    kernel: "local/hybrid",
    bind: { image: input.activity, mask: noise, result },
    writes: [{ field: result, from: [{ field: input.activity, index: "batch" }, ...own(noise)] }],
    layer: 0,
    constants: { BATCH: batch, SIZE: input.size },
    threads: batch * Math.ceil(input.size / 4),
  });
  return result;
}

/** A pass of activity through the layers, each given only the direction of what the last one said. */
export interface Pass {
  /** Activity by population, from the input (its pixels) on: [rows, size]. */
  readonly activity: readonly Field[];
  /** Its mean square over the population: [rows, 1]. */
  readonly meanSquare: readonly Field[];
  /** Activity of mean square 1: what the next layer sees. */
  readonly normalised: readonly Field[];
}

/**
 * Passes `image` [rows, inputs] up through the hidden layers, length taken out before every one of them.
 * @param name of the pass, which keeps its fields apart from another's
 * @param ownFields the populations' own activity fields hold it; the image then has as many rows as the batch
 */
export function normalisedPass(step: Builder, image: Field, name: string, ownFields = false): Pass {
  const rows = image.shape[0]!;
  const pass = { activity: [image], meanSquare: [] as Field[], normalised: [] as Field[] };
  for (const population of step.net.populations.slice(0, -1)) {
    const { layer, size } = population;
    const field = (what: string, columns?: number) =>
      scratch(step, population, `${what} ${name}`, rows, columns);
    if (layer > 0)
      pass.activity.push(
        step.project(step.net.projections[layer - 1]!, {
          from: pass.normalised[layer - 1]!,
          to: ownFields ? population.activity : field("activity"),
        }),
      );
    const activity = pass.activity[layer]!;
    const value = { value: activity };
    const meanSquare = field("mean square", 1);
    step.sum("neuron/square", meanSquare, value, { layer, columns: size, scale: 1 / size });
    pass.meanSquare.push(meanSquare);
    pass.normalised.push(
      step.local("neuron/normalise", field("normalised"), { activity, meanSquare }, { layer }),
    );
  }
  return pass;
}

/**
 * The gradient of a hidden layer's loss by its drives: softplus(−evidence) on positive data and softplus(evidence) on
 * negative, where evidence is goodness less its threshold, and a peer normalisation on positive data.
 * @param pass of pairs
 * @param goodness `sum` of squares, with a threshold that grows with the layer, or `mean`
 */
export function goodnessError(step: Builder, pass: Pass, population: Population, goodness: string): Field {
  const { layer } = population;
  const { activity, meanSquare } = pass;
  const [rows = 1, columns = 1] = activity[layer]!.shape;
  const mean = step.lasting(population, "mean activity");
  const shown = scratch(step, population, "shown", 1);
  step.average("neuron/positive", shown, { activity: activity[layer]! }, { layer, rows });
  step.local("neuron/running-mean", mean, { mean, shown }, { layer });
  const peers = scratch(step, population, "peers", 1, 1);
  step.sum("neuron/total", peers, { value: mean }, { layer, columns, scale: 1 / columns });
  return step.local(
    "neuron/goodness",
    scratch(step, population, "error pair", rows),
    {
      activity: activity[layer]!,
      meanSquare: meanSquare[layer]!,
      brightness: meanSquare[0]!,
      mean,
      peers,
    },
    { layer, slots: { ...activationSlot(population.activation), GOODNESS: `lib/goodness/${goodness}` } },
  );
}

/**
 * Says where no positive sample of the last batch came to the threshold, so that a layer takes everything for negative.
 * Rows of a pass of pairs are positive and negative by turns.
 */
export async function unreached({ net, values, read }: Trained): Promise<string | undefined> {
  const { threshold = 0 } = values;
  const most = await Promise.all(
    net.populations.slice(1, -1).map(async ({ name }) => {
      const goodness = await read(neuronField(name, "mean square pair", 2 * net.batch, 1, net.prefix));
      return {
        name,
        most: Array.from(goodness).reduce((a, b, row) => (row % 2 === 0 ? Math.max(a, b) : a), 0),
      };
    }),
  );
  const under = most.filter((layer) => layer.most < threshold);
  if (under.length === 0) return undefined;
  const layers = under
    .map((layer) => `${layer.name} (${layer.most.toPrecision(3)} at the most)`)
    .join(" or ");
  return `forward-forward: no positive sample of the last batch made the mean square activity of ${layers} as high as the threshold of ${threshold}, so that all data is taken for negative there; lower the threshold, or train on.`;
}

/**
 * The output's drive from what the layers say: all hidden layers but the first, or the only one (Hinton 2022, section 3.3).
 * @param extra the weights from a hidden population to the output, where the network has no projection of its own
 */
export function readOut(step: Builder, pass: Pass, extra: (hidden: Population) => Projection): Field {
  const { populations, projections } = step.net;
  const output = populations.at(-1)!;
  const last = projections.at(-1)!;
  const drive = step.project(last, { from: pass.normalised[last.layer - 1]! });
  for (const hidden of readBeside(step.net)) {
    const more = step.neurons(output, `drive from ${hidden.name}`);
    step.project(extra(hidden), { from: pass.normalised[hidden.layer]!, to: more, bias: false });
    step.local("neuron/plus", drive, { value: drive, more }, { layer: output.layer });
  }
  return step.readout();
}

/** The hidden layers that the readout hears besides the last: all but the first. */
export const readBeside = ({ populations }: Network) => populations.slice(2, -2);

/**
 * Which label makes the layers like an image best: the goodness of all hidden layers, for each label, becomes the output's
 * drive (Hinton 2022, section 3.3; he leaves the first layer out, with which the smaller networks here do better).
 */
export function labelTrial(step: Builder, { goodness, brightness }: GoodnessOptions): Field {
  const { populations, batch } = step.net;
  const output = populations.at(-1)!;
  const pass = normalisedPass(step, overlay(step, "trial", brightness), "trial");
  const rows = output.size * batch;
  const judges = populations.slice(1, -1);
  const evidence = scratch(step, output, "evidence", rows, 1);
  for (const [at, { layer, size }] of judges.entries()) {
    const scale = goodness === "sum" ? 1 : 1 / size;
    const own = at === 0 ? evidence : scratch(step, populations[layer]!, "goodness trial", rows, 1);
    step.sum("neuron/square", own, { value: pass.activity[layer]! }, { layer, columns: size, scale });
    if (at > 0) step.local("neuron/plus", evidence, { value: evidence, more: own }, { layer: output.layer });
  }
  const drive = step.drive(output);
  step.add({
    verb: "local",
    kernel: "local/by-class",
    bind: { evidence, result: drive },
    writes: [{ field: drive, from: own(evidence) }],
    layer: output.layer,
    constants: { BATCH: batch, CLASSES: output.size },
    threads: batch * Math.ceil(output.size / 4) * 4,
  });
  return step.readout();
}

/**
 * The error of a population's normalised activity, back through the normalisation and the activation.
 * @param error the gradient by the normalised activity, [rows, size]
 */
export function beforeNormalisation(step: Builder, error: Field, pass: Pass, population: Population): Field {
  const { layer, size, activation } = population;
  const normalised = pass.normalised[layer]!;
  const share = scratch(step, population, "share", error.shape[0]!, 1);
  step.sum("neuron/radial", share, { error, normalised }, { layer, columns: size, scale: 1 / size });
  return step.local(
    "neuron/normalised-error",
    population.error,
    { error, normalised, share, meanSquare: pass.meanSquare[layer]!, activity: pass.activity[layer]! },
    { layer, slots: activationSlot(activation) },
  );
}
