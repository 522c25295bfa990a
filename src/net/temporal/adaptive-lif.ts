/** What e-prop's schedule is made of: adaptive neurons, traces, voting outputs, and eligible synapses (Bellec et al. 2020). */
import type { Field } from "../../gpu/field";
import type { Population } from "../population";
import { own } from "../synapses";
import type { AdaptiveNetwork } from "./adaptive-network";
import type { TemporalBuilder } from "./builder";

const quads = (n: number) => Math.ceil(n / 4);

/** The fields of the hidden neurons. */
export interface HiddenFields {
  readonly membrane: Field;
  readonly adaptation: Field;
  /** [rows, batch, size]: spikes, and the pseudo-derivative ψ. */
  readonly spikes: Field;
  readonly slope: Field;
}

/** Neurons that one workgroup can hold. */
export const mostTogether = 256;

/**
 * The hidden neurons live through a span, each by itself: a single step, where they hear each other through `drive`.
 * @param around the weights through which they hear each other, a step later, where that is done here as well, for a whole span
 */
export function fire(
  step: TemporalBuilder,
  network: AdaptiveNetwork,
  drive: Field,
  fields: HiddenFields,
  around?: Field,
): void {
  const { membrane, adaptation, spikes, slope } = fields;
  const { batch, size, layer } = network.populations[1];
  const heard = around ? [drive, around] : [drive];
  const past = step.takesAll ? [] : [spikes];
  const before = [...heard, membrane, adaptation, ...past];
  if (around) step.travels(around);
  step.inTime({
    verb: around ? "project" : "local",
    kernel: around ? "temporal/adaptive-lif-together" : "temporal/adaptive-lif",
    bind: { drive, membrane, adaptation, spikes, slope, ...(around && { weight: around }) },
    writes: [
      { field: membrane, from: step.within([...heard, membrane, ...past], before) },
      { field: adaptation, from: step.within([adaptation, ...past], before) },
      { field: spikes, from: own(...before) },
      { field: slope, from: own(...before, ...step.kept(slope)) },
    ],
    layer,
    constants: {
      ...{ BATCH: batch, SIZE: size, REGULAR: network.regular },
      ...{ MEMBRANE_KEEPS: network.membraneKeeps, ADAPTATION_KEEPS: network.adaptationKeeps },
      ...{ THRESHOLD: network.threshold, ADAPTATION: network.adaptation, DAMPENING: network.dampening },
    },
    ...(around ? { groups: batch } : { threads: batch * quads(size) }),
  });
}

/**
 * Spikes, `delay` steps old, leave a trace that keeps a share of itself from step to step: [rows, batch, size]. It belongs to the
 * layer whose synapses read it.
 */
export function traceOf(
  step: TemporalBuilder,
  { batch, size }: Population,
  spikes: Field,
  { now, trace }: { readonly now: Field; readonly trace: Field },
  { keeps, layer, delay = 0 }: { readonly keeps: number; readonly layer: number; readonly delay?: number },
): void {
  step.inTime({
    verb: "local",
    kernel: "temporal/trace",
    bind: { spikes, now, trace },
    writes: [
      { field: now, from: own(spikes, now) },
      { field: trace, from: own(spikes, now, ...step.kept(trace)) },
    ],
    layer,
    constants: { BATCH: batch, SIZE: size, DELAY: delay, KEEPS: keeps },
    threads: batch * quads(size),
  });
}

/** The outputs integrate and, in the last `answer` steps, vote. */
export function decide(
  step: TemporalBuilder,
  network: AdaptiveNetwork,
  drive: Field,
  answer: number,
  { membrane, votes, error }: { readonly membrane: Field; readonly votes: Field; readonly error: Field },
): void {
  const { batch, size, layer } = network.populations[2];
  const { target, score } = step.net;
  const seen = [drive, membrane].map((field) => ({ field, index: "layer" }) as const);
  step.inTime({
    verb: "pool",
    kernel: "temporal/decide",
    bind: { drive, label: target, membrane, votes, error, score },
    writes: [
      { field: membrane, from: own(drive, membrane) },
      { field: votes, from: [...seen, ...own(votes)] },
      { field: error, from: [...seen, ...own(target, ...step.kept(error))] },
      { field: score, from: [...seen, { field: votes, index: "layer" }, ...own(target, score)] },
    ],
    layer,
    constants: {
      ...{ BATCH: batch, SIZE: size, STEPS: step.time.steps },
      ...{ WINDOW: answer, KEEPS: network.outputKeeps },
    },
    threads: batch,
  });
}

/** What the synapses of each sample carry: [batch, pre, post]. */
export interface EligibleFields {
  /** ε, what adaptation holds of the synapse's past. */
  readonly adapting: Field;
  /** ē, the eligibility trace as the outputs' leak filters it. */
  readonly eligible: Field;
  /** What the learning signal has made of it so far. */
  readonly sum: Field;
}

export function eligibleFields(step: TemporalBuilder, weight: Field): EligibleFields {
  const field = (what: string): Field => ({
    ...weight,
    name: `${step.net.prefix}${weight.home}/${what}`,
    shape: [step.net.batch, ...weight.shape],
    initial: { kind: "zero" },
  });
  return { adapting: field("adapting"), eligible: field("eligibility"), sum: field("sum of each sample") };
}

/**
 * Eligibility traces move on, and the learning signal acts on them.
 * @param silent steps at the trial's beginning in which there is no signal yet
 */
export function makeEligible(
  step: TemporalBuilder,
  network: AdaptiveNetwork,
  weight: Field,
  { pre, slope, signal }: { readonly pre: Field; readonly slope: Field; readonly signal: Field },
  silent: number,
  { adapting, eligible, sum }: EligibleFields,
): void {
  const { batch, layer } = network.populations[1];
  const [ins = 1, outs = 1] = weight.shape;
  const seen = [pre, slope, adapting];
  step.inTime({
    verb: "correlate",
    kernel: "temporal/eligibility",
    bind: { pre, slope, signal, adapting, eligible, gradient: sum },
    writes: [
      { field: adapting, from: own(...seen) },
      { field: eligible, from: own(...seen, eligible) },
      { field: sum, from: own(...seen, eligible, signal, sum) },
    ],
    layer,
    constants: {
      ...{ BATCH: batch, IN: ins, OUT: outs, REGULAR: network.regular },
      ...{ ADAPTATION_KEEPS: network.adaptationKeeps, ADAPTATION: network.adaptation },
      ...{ KEEPS: network.outputKeeps, SILENT: silent },
    },
    threads: batch * quads(ins) * quads(outs),
  });
}

/** A weight's gradient is the sum of what its synapses added up in each sample. */
export function sumSamples(step: TemporalBuilder, sum: Field, gradient: Field, layer: number): void {
  const [batch = 1, ins = 1, outs = 1] = sum.shape;
  step.add({
    verb: "correlate",
    kernel: "temporal/sum-samples",
    bind: { each: sum, gradient },
    writes: [{ field: gradient, from: own(sum) }],
    layer,
    constants: { BATCH: batch, QUADS: ins * quads(outs) },
    threads: ins * quads(outs),
  });
}
