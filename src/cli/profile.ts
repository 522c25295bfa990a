/** `engram profile`: where a training step's time goes, kernel by kernel, against what the adapter can do at its best. */
import { checkOptimiser, findRule, resolveValues } from "../experiment/rules";
import { trainingStep } from "../experiment/schedules";
import type { Device } from "../gpu/device";
import { Memory } from "../gpu/memory";
import { measurePeaks, type Peaks } from "../gpu/peaks";
import { compileTimes, type Profile, type ProfileOptions, profile } from "../gpu/profiler";
import { hash, streamOf, unit } from "../gpu/random";
import { Runner } from "../gpu/runner";
import { fieldsOf, type ScheduleRecord } from "../gpu/schedule";
import { traceSteps } from "../gpu/trace";
import { Builder, type SplitFields } from "../net/builder";
import { lowerings } from "../net/dense";
import { checkNetwork, type NetworkOptions, network, type Output } from "../net/network";
import { settingValues } from "../net/optimiser";
import type { Activation } from "../net/population";
import { type Command, type OptionValues, UsageError } from "./command";
import { openTerminalDevice } from "./open";
import { asUsage, layerSizes, text, whole } from "./options";
import { profileJson, profileText } from "./profile-text";
import { checkTraceFile, saveTrace } from "./save-trace";

const seed = 1;
const tracedSteps = 3;

/** What is to be measured. */
export interface ProfilePlan extends NetworkOptions {
  readonly rule: string;
  readonly layers: readonly number[];
  readonly batch: number;
  readonly optimizer: string;
}

/** A profile with all that a reader needs to judge it. */
export interface Measured {
  readonly plan: ProfilePlan;
  readonly peaks: Peaks;
  readonly profile: Profile;
  /** ms to compile each record's kernels; a kernel met before costs nothing. */
  readonly compileMs: ReadonlyMap<ScheduleRecord, number>;
}

export const profileCommand: Command = {
  name: "profile",
  summary: "time every kernel of a training step against the adapter's measured peaks",
  help: `Times every kernel of a rule's training step and sets it against the adapter's peaks, which are measured first.
The batches are drawn from random samples that lie on the GPU, as in training; the rate is 0, so that a kernel
that is repeated to be timed finds the same forward weights each time.

Usage: engram profile --rule RULE [--layers 784,512,10] [--batch 128] [--trace FILE] [--json]

  --rule NAME         which rule; engram rules lists them
  --layers SIZES      from input to output; default 784,512,10
  --batch N           samples at a time; default 128
  --optimizer NAME    sgd, momentum (default) or adam
  --activation NAME   of the hidden layers: identity, relu (default), tanh, sigmoid or hard-sigmoid
  --output NAME       softmax (default) or an activation
  --trace FILE        writes ${tracedSteps} real steps as a Chrome trace, for ui.perfetto.dev or chrome://tracing
  --json              one object {adapter, rule, layers, batch, optimizer, clock, peaks, kernels, step}

A kernel's "% of peak" is the time that its work would take under the roof that binds it, over the time it took:
compute (the faster of chained multiply-adds in registers and this engine's own large product), copy (reading
and writing a buffer larger than the caches), or dispatch (starting as many kernels that do nothing). More than
100 % of copy means that the data stayed in a cache.

  engram profile --rule backprop --layers 784,1024,1024,10 --optimizer sgd --trace step.json
`,
  options: {
    rule: { type: "string" },
    layers: { type: "string" },
    batch: { type: "string" },
    optimizer: { type: "string" },
    activation: { type: "string" },
    output: { type: "string" },
    trace: { type: "string" },
  },
  async run(values, { stdout, stderr, json }) {
    const plan = planProfile(values);
    const file = text(values, "trace");
    if (file !== undefined) checkTraceFile(file);
    const device = await openTerminalDevice();
    const measured = await measure(device, plan, {}, async (runner) => {
      if (file === undefined) return;
      saveTrace(file, await traceSteps(device, runner, tracedSteps));
      if (!json)
        stderr.write(
          `Wrote ${tracedSteps} steps to ${file}: open it in ui.perfetto.dev or chrome://tracing.\n`,
        );
    });
    stdout.write(
      json ? `${JSON.stringify(profileJson(device.facts, measured))}\n` : profileText(device.facts, measured),
    );
    device.destroy();
    return 0;
  },
};

/** @throws UsageError when it can't be run */
function planProfile(values: OptionValues): ProfilePlan {
  const rule = text(values, "rule");
  if (rule === undefined) throw new UsageError("engram profile needs --rule NAME; engram rules lists them.");
  const [activation, output] = [text(values, "activation"), text(values, "output")];
  const plan: ProfilePlan = {
    rule,
    layers: layerSizes(values) ?? [784, 512, 10],
    batch: whole(values, "batch", 1, 65_535) ?? 128,
    optimizer: text(values, "optimizer") ?? "momentum",
    ...(activation && { activation: activation as Activation }),
    ...(output && { output: output as Output }),
  };
  asUsage(() => {
    findRule(plan.rule);
    checkOptimiser(plan.optimizer);
    checkNetwork(plan);
  });
  return plan;
}

/** Measures on fields of its own. @param then what else to do with the step's runner, once it was timed */
export async function measure(
  device: Device,
  plan: ProfilePlan,
  options: Omit<ProfileOptions, "peaks"> = {},
  then: (runner: Runner) => Promise<void> = async () => {},
): Promise<Measured> {
  const rule = findRule(plan.rule);
  const optimiser = checkOptimiser(plan.optimizer);
  const split = noiseFields(plan);
  const step = trainingStep(rule, network(plan), optimiser, seed, { split, metrics: false });
  const memory = new Memory(device);
  await memory.allocate(fieldsOf(step.schedule), seed); // what can't fit is refused here, before anything is compiled
  writeNoise(memory, split, plan);
  const compileMs = await compileTimes(device, step.schedule, lowerings);
  const runner = await Runner.create(device, memory, step.schedule, lowerings, seed);
  const numbers = resolveValues(rule, optimiser, { rate: 0 });
  for (const [name, source] of step.settings) memory.write(name, settingValues(source, numbers));

  const peaks = await peaksOf(device);
  const result = await profile(device, runner, { ...options, peaks });
  await then(runner);
  await device.settled();
  runner.destroy();
  memory.destroy();
  return { plan, peaks, profile: result, compileMs };
}

/** The adapter's peaks, with a square product in the engine's own lowering: enough to fill a CPU, or a GPU. */
async function peaksOf(device: Device): Promise<Peaks> {
  const size = device.facts.software ? 512 : 2048;
  const step = new Builder(network({ layers: [size, size], batch: size, output: "identity" }), "written", 0);
  step.inPhase("peak").project(step.net.projections[0]!);
  const memory = new Memory(device);
  const runner = await Runner.create(device, memory, step.schedule, lowerings, seed);
  const random = Float32Array.from({ length: size * size }, (_, index) => unit(seed, 0, index));
  memory.write(step.net.populations[0]!.activity.name, random);
  const peaks = await measurePeaks(device, runner);
  runner.destroy();
  memory.destroy();
  return peaks;
}

/** Samples that take more room than a CPU's second-level cache, so that fetching them costs what it costs in training. */
const noiseBytes = 2 ** 24;

function noiseFields({ layers }: ProfilePlan): SplitFields {
  const inputs = layers[0]!;
  const count = Math.max(1, Math.min(60_000, Math.floor(noiseBytes / inputs)));
  const common = { site: "neuron", home: "task" } as const;
  return {
    data: { ...common, name: "task/noise", shape: [count, inputs], type: "u8", role: "input" },
    labels: { ...common, name: "task/noise-labels", shape: [count], type: "u32", role: "target" },
    count,
  };
}

/** Random pixels, and a random class for each sample. */
function writeNoise(memory: Memory, { data, labels, count }: SplitFields, { layers }: ProfilePlan): void {
  const bytes = count * layers[0]!;
  const [pixels, classes] = [streamOf("profile/pixels"), streamOf("profile/classes")];
  const words = Uint32Array.from({ length: Math.ceil(bytes / 4) }, (_, index) => hash(seed, pixels, index));
  memory.write(data.name, new Uint8Array(words.buffer, 0, bytes));
  memory.write(
    labels.name,
    Uint32Array.from({ length: count }, (_, index) => hash(seed, classes, index) % layers.at(-1)!),
  );
}
