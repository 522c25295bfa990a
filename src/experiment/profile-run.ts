/** Profile run: makes a plan ready on a device, and measures it and the adapter's peaks. For the terminal and the page. */
import type { Device } from "../gpu/device";
import { Memory } from "../gpu/memory";
import { measurePeaks, type Peaks } from "../gpu/peaks";
import { compileTimes, type Profile, type ProfileOptions, profile } from "../gpu/profiler";
import { keyOf, pcg } from "../gpu/random";
import { Runner } from "../gpu/runner";
import { fieldsOf, type ScheduleRecord } from "../gpu/schedule";
import { type Trace, traceSteps } from "../gpu/trace";
import { Builder } from "../net/builder";
import { lowerings } from "../net/dense";
import { network } from "../net/network";
import { settingValues, type Values } from "../net/optimiser";
import { noiseFields, writeNoise } from "./profile-noise";
import {
  isSpiking,
  type LayeredPlan,
  type ProfilePlan,
  profileSeed,
  type SpikingPlan,
  spikingNetwork,
  stepOf,
} from "./profile-plan";
import { resolveValues } from "./rules";
import { Simulation } from "./simulation";

/** A plan on a device, ready to be run and timed. */
export interface Subject {
  readonly plan: ProfilePlan;
  readonly runner: Runner;
  /** Where the fields of a layered network are; a spiking one keeps its own. */
  readonly memory: Memory | undefined;
  /** ms to compile each record's kernels; a kernel met before costs nothing. Empty where that was not timed. */
  readonly compileMs: ReadonlyMap<ScheduleRecord, number>;
  /** Whether FLOPs and bytes follow from the shapes; what an event-driven kernel does depends on the spikes. */
  readonly counted: boolean;
  /** Steps of time that a step of the profile stands for; 1 where it is a training step. */
  readonly timeSteps: number;
  /** Sets the rates: `lively` as the rule has them, else 0, so that forward weights stay as they are. */
  setRates(lively: boolean): void;
  destroy(): void;
}

/** Hears what is done next. */
export type Next = (done: number, of: number, what: string) => void;

/** @throws one sentence where it can't be built, or the adapter can't hold it */
export async function makeReady(
  device: Device,
  plan: ProfilePlan,
  { progress, signal }: { progress?: Next | undefined; signal?: AbortSignal | undefined } = {},
): Promise<Subject> {
  const next: Next = (...told) => {
    signal?.throwIfAborted();
    progress?.(...told);
  };
  return isSpiking(plan) ? readySpiking(device, plan, next) : readyLayered(device, plan, next);
}

async function readyLayered(device: Device, plan: LayeredPlan, next: Next): Promise<Subject> {
  const split = noiseFields(plan);
  const { rule, optimiser, step } = stepOf(plan, split);
  const memory = new Memory(device);
  try {
    await memory.allocate(fieldsOf(step.schedule), profileSeed); // what can't fit is refused here, before anything is compiled
    await writeNoise(memory, split, plan);
    const compileMs = await compileTimes(device, step.schedule, lowerings, next);
    const runner = await Runner.create(device, memory, step.schedule, lowerings, profileSeed);
    const setRates = (lively: boolean) => {
      const numbers: Values = resolveValues(rule, optimiser, lively ? {} : { rate: 0 });
      for (const [name, source] of step.settings) memory.write(name, settingValues(source, numbers));
    };
    setRates(false);
    const destroy = () => {
      runner.destroy();
      memory.destroy();
    };
    return { plan, runner, memory, compileMs, counted: true, timeSteps: 1, setRates, destroy };
  } catch (error) {
    memory.destroy();
    throw error;
  }
}

/** Steps of time that are timed as one step: what one submit might take on a busy page. */
const timedSteps = 64;
/** ms that a network runs before it is timed, so that its spikes are those of its own activity. */
const settleMs = 20;

async function readySpiking(device: Device, plan: SpikingPlan, next: Next): Promise<Subject> {
  next(0, 2, "the network's synapses");
  const simulation = await Simulation.create(device, spikingNetwork(plan), { record: [] });
  next(1, 2, "its first milliseconds");
  await simulation.run(settleMs);
  return {
    plan,
    runner: simulation.runnerToTime(timedSteps),
    memory: undefined,
    compileMs: new Map(),
    counted: false,
    timeSteps: timedSteps,
    setRates: () => {},
    destroy: () => simulation.destroy(),
  };
}

/** The adapter's peaks, with a square product in the engine's own lowering: enough to fill a CPU, or a GPU. */
export async function peaksOf(device: Device): Promise<Peaks> {
  const size = device.facts.software ? 512 : 2048;
  const step = new Builder(network({ layers: [size, size], batch: size, output: "identity" }), "written", 0);
  step.inPhase("peak").project(step.net.projections[0]!);
  const memory = new Memory(device);
  try {
    const runner = await Runner.create(device, memory, step.schedule, lowerings, profileSeed);
    const key = keyOf(profileSeed, 0);
    const row = Float32Array.from({ length: size }, (_, index) => (pcg(index ^ key) >>> 8) / 2 ** 24);
    const random = new Float32Array(size * size);
    for (let at = 0; at < size; at++) random.set(row, at * size); // no kernel gains from rows that are alike
    memory.write(step.net.populations[0]!.activity.name, random);
    const peaks = await measurePeaks(device, runner);
    runner.destroy();
    return peaks;
  } finally {
    memory.destroy();
  }
}

/** A profile with all that a reader needs to judge it. */
export interface Measured extends Pick<Subject, "plan" | "compileMs" | "counted" | "timeSteps"> {
  readonly peaks: Peaks;
  readonly profile: Profile;
}

/** @param then what else to do with what was measured, once it was */
export async function measure(
  device: Device,
  plan: ProfilePlan,
  options: Omit<ProfileOptions, "peaks"> = {},
  then: (subject: Subject) => Promise<void> = async () => {},
): Promise<Measured> {
  const subject = await makeReady(device, plan, { signal: options.signal });
  try {
    const peaks = await peaksOf(device);
    const result = await profile(device, subject.runner, { ...options, peaks });
    await then(subject);
    await device.settled();
    return measuredOf(subject, peaks, result);
  } finally {
    subject.destroy();
  }
}

export function measuredOf(subject: Subject, peaks: Peaks, profile: Profile): Measured {
  const { plan, compileMs, counted, timeSteps } = subject;
  return { plan, compileMs, counted, timeSteps, peaks, profile };
}

/** Records that are traced: more would be too many to look at, and each has a pass of its own. */
const tracedRecords = 1200;
const tracedSteps = 3;

/** Three real steps, record by record; fewer, or the beginning of one, where a step is long. */
export function traceSubject(device: Device, { runner }: Subject): Promise<Trace> {
  const { length } = runner.records;
  const steps = Math.max(1, Math.min(tracedSteps, Math.floor(tracedRecords / length)));
  return traceSteps(device, runner, steps, runner.records.slice(0, tracedRecords));
}
