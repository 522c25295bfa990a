/** `engram inspect`: what did this synapse hear? */
import { Experiment } from "../experiment/experiment";
import { checkPlace, inspectSynapse, learnedBy } from "../experiment/inspect";
import { sampleOf } from "../experiment/sample";
import { type Command, type Context, type OptionValues, UsageError } from "./command";
import { inspectionText } from "./inspect-text";
import { openTerminalDevice } from "./open";
import { asUsage, text, whole } from "./options";
import { type Plan, planTraining } from "./plan";
import { percent } from "./text";

const u32 = 0xffffffff;
const mostPerSubmit = 64;

export const inspectCommand: Command = {
  name: "inspect",
  summary: "what one synapse heard on one sample, what it did, and what backprop would have asked",
  help: `Takes one training step on one sample, and shows of one synapse every value that its update read, where each came
from (the audit's word: own, lateral, delivered or broadcast), the change it made, and what backprop would have asked.

Usage: engram inspect --rule RULE --task TASK --layer L --synapse PRE,POST --sample N [flags]
       engram inspect --preset NAME --task TASK --layer L --synapse PRE,POST --sample N [flags]

  --rule NAME           which rule; --preset NAME takes a whole set-up instead
  --task NAME           xor, digits, mnist, …; --data DIR, --train N and --test N as in engram train
  --layer L             1 for the first weights, up to the number of weight layers
  --synapse PRE,POST    numbers of its two neurons, from 0; a PRE of the lower layer's size is the bias
  --sample N            which training sample, from 0; it is learned alone, in a batch of 1
  --steps K             train K steps first, as engram train would; default 0
  --resume FILE         start from a checkpoint of engram train
  --layers, --activation, --output, --batch, --seed, --optimizer, --rate, --set    as in engram train
  --json                one object {task, sample, rule, weight, layer, pre, post, bias, label, steps, values, updates:
                        [{record, records, phase, kernel, heard: [{field, site, at, index, origin, carrier, values}],
                        direction, rate, before, after, change, memory}], change, alone, backprop: {gradient, asks, agrees}, fresh}

  engram inspect --rule feedback-alignment --task digits --layer 1 --synapse 409,17 --sample 7 --steps 200
`,
  options: {
    rule: { type: "string" },
    preset: { type: "string" },
    task: { type: "string" },
    data: { type: "string" },
    layer: { type: "string" },
    synapse: { type: "string" },
    sample: { type: "string" },
    steps: { type: "string" },
    resume: { type: "string" },
    layers: { type: "string" },
    activation: { type: "string" },
    output: { type: "string" },
    batch: { type: "string" },
    seed: { type: "string" },
    optimizer: { type: "string" },
    rate: { type: "string" },
    set: { type: "string", multiple: true },
    train: { type: "string" },
    test: { type: "string" },
  },
  async run(values, context) {
    const asked = readPlace(values);
    const steps = whole(values, "steps", 0, u32) ?? 0;
    const plan = await planTraining(values, context, "inspect");
    const { options, dataset } = plan;
    const [rule, another] = options.rules;
    if (another !== undefined)
      throw new UsageError(
        `engram inspect looks at one rule, but got ${options.rules.join(", ")}; name one with --rule.`,
      );
    const place = asUsage(() => {
      checkPlace(options.layers, asked);
      return asked;
    });
    const sample = asUsage(() => sampleOf(dataset, asked.sample));
    const { learned, device, chosen } = await learn(plan, steps, context);
    const { rules: _, ...network } = options;
    const inspection = await inspectSynapse(
      device,
      { ...network, rule: rule!, values: learned.values, options: chosen },
      { layer: place.layer, pre: place.pre, post: place.post },
      sample,
      learned,
    );
    const facts = { task: dataset.name, sample: asked.sample, ...inspection };
    context.stdout.write(
      context.json ? `${JSON.stringify(facts)}\n` : inspectionText(dataset, asked.sample, inspection),
    );
    return 0;
  },
};

/** Trains as far as asked, and hands over what was learned. */
async function learn({ dataset, options, resume }: Plan, steps: number, { stderr }: Context) {
  const experiment = await Experiment.create(openTerminalDevice, dataset, options);
  try {
    if (resume) experiment.restore(resume.checkpoint, resume.file);
    const trainer = experiment.trainers[0]!;
    const last = trainer.steps + steps;
    for (let first = trainer.steps; trainer.steps < last; ) {
      await trainer.advance(Math.min(mostPerSubmit, last - trainer.steps));
      if (stderr.isTTY)
        stderr.write(`\r\x1b[KTraining first: ${percent((trainer.steps - first) / steps, 0)}`);
    }
    if (stderr.isTTY && steps > 0) stderr.write("\r\x1b[K");
    const stepsPerEpoch = dataset.train.count / trainer.net.batch;
    return {
      learned: await learnedBy(trainer, stepsPerEpoch),
      device: experiment.device,
      chosen: trainer.chosen,
    };
  } finally {
    experiment.destroy();
  }
}

function readPlace(values: OptionValues) {
  const need = (name: string, example: string) => {
    const given = text(values, name);
    if (given === undefined)
      throw new UsageError(
        `engram inspect needs --${name}, such as --${name} ${example}; see engram inspect --help.`,
      );
    return given;
  };
  need("layer", "1");
  need("sample", "0");
  const [, pre, post] = /^\s*(\d+)\s*,\s*(\d+)\s*$/.exec(need("synapse", "42,17")) ?? [];
  if (pre === undefined || post === undefined)
    throw new UsageError(
      `--synapse takes two whole numbers, the pre and the post neuron's, such as 42,17, but got "${text(values, "synapse")}".`,
    );
  return {
    layer: whole(values, "layer", 1, u32)!,
    pre: Number(pre),
    post: Number(post),
    sample: whole(values, "sample", 0, u32)!,
  };
}
