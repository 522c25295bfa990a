/**
 * Cost: what one sample costs under a rule, counted from the records of its schedules, and what a chip would spend on it.
 * Nothing here is measured by a clock, so it is the same on every adapter.
 */
import { byteLength, type Field } from "../gpu/field";
import { bytesOf, flopsOf, productsOf, type Schedule, unroll } from "../gpu/schedule";
import { forward } from "../net/backward";
import { Builder } from "../net/builder";
import { type NetworkOptions, network } from "../net/network";
import type { Chosen } from "../net/rule";
import { checkOptimiser, findRule, writerOf } from "./rules";
import { learnedFields } from "./schedules";

/** Joules by operation, and whose they are. */
export const energyConstants = {
  add: 0.9e-12,
  multiply: 3.7e-12,
  sram: 5e-12,
  dram: 640e-12,
  about:
    "32-bit floats at 45 nm and 0.9 V: add 0.9 pJ, multiply 3.7 pJ; 32 bits from an 8 kB SRAM 5 pJ, from DRAM 640 pJ (the low end of 1.3 to 2.6 nJ per 64 bits)",
  source: "Horowitz 2014, Computing's energy problem, ISSCC, fig. 1.1.9",
} as const;

/** What a human brain draws, in watts (Attwell & Laughlin 2001; Sokoloff 1960). */
export const brainWatts = 20;

/** Counts for one sample. */
export interface Operations {
  /** Floating-point operations: two for each synapse used, one for each other value written. */
  readonly flops: number;
  /** How often a synapse carried activity or a signal, or took part in a change: products that are added to a sum. */
  readonly synaptic: number;
  /** Least bytes moved: each record's fields once, shared by the samples of a batch. */
  readonly bytes: number;
}

/** Bytes that must outlast a training step. */
export interface StateBytes {
  readonly weights: number;
  readonly feedback: number;
  readonly optimiser: number;
  /** Thresholds, traces, baselines: whatever else lasts. */
  readonly neurons: number;
  readonly total: number;
}

export interface Cost {
  readonly step: Operations;
  readonly forward: Operations;
  /** FLOPs of a training step in forward passes. */
  readonly forwardEquivalents: number;
  /** Estimated joules for one sample, by where they go. */
  readonly energy: {
    readonly arithmetic: number;
    readonly sram: number;
    readonly dram: number;
    readonly total: number;
  };
  readonly state: StateBytes;
}

export interface CostOptions extends NetworkOptions {
  readonly rule: string;
  readonly optimizer?: string;
  readonly options?: Chosen;
}

/** Sums over all records, repeats unrolled, for one sample of the batch. */
export function countOperations(schedule: Schedule, batch: number): Operations {
  const sum = { flops: 0, synaptic: 0, bytes: 0 };
  for (const { record } of unroll(schedule)) {
    sum.flops += flopsOf(record);
    sum.synaptic += productsOf(record);
    sum.bytes += bytesOf(record);
  }
  return { flops: sum.flops / batch, synaptic: sum.synaptic / batch, bytes: sum.bytes / batch };
}

/**
 * What one sample costs: the rule's training step (without drawing the sample, scores and metrics), against one trip of
 * activity through the network's projections.
 * @throws in one sentence for an unknown rule or optimiser, or layers that can't be
 */
export function costOf(options: CostOptions): Cost {
  const rule = findRule(options.rule);
  const net = network(options);
  const writer = writerOf(rule, options.options);
  const step = new Builder(net, checkOptimiser(options.optimizer ?? "momentum"), 1, writer);
  step.unwatched(() => rule.write(step));
  const once = new Builder(net, "written", 1, { params: {}, options: {} });
  forward(once);
  const [whole, pass] = [
    countOperations(step.schedule, net.batch),
    countOperations(once.schedule, net.batch),
  ];
  return {
    step: whole,
    forward: pass,
    forwardEquivalents: whole.flops / pass.flops,
    energy: energyOf(whole),
    state: stateOf(learnedFields(step.schedule), new Set(net.projections.map(({ weight }) => weight.name))),
  };
}

/**
 * Joules for one sample: each synaptic operation multiplies, adds and takes its two operands from SRAM, each other value
 * takes an addition and one operand, and each field that a record touches travels once between DRAM and the chip.
 */
function energyOf({ flops, synaptic, bytes }: Operations): Cost["energy"] {
  const { add, multiply, sram, dram } = energyConstants;
  const others = flops - 2 * synaptic;
  const parts = {
    arithmetic: synaptic * (add + multiply) + others * add,
    sram: (2 * synaptic + others) * sram,
    dram: (bytes / 4) * dram,
  };
  return { ...parts, total: parts.arithmetic + parts.sram + parts.dram };
}

function stateOf(learned: readonly Field[], weights: ReadonlySet<string>): StateBytes {
  const bytes = (of: (field: Field) => boolean) =>
    learned.filter(of).reduce((sum, field) => sum + byteLength(field), 0);
  const isState = ({ name }: Field) => name.endsWith(".state");
  const isSynapse = ({ site }: Field) => site === "synapse";
  return {
    weights: bytes(({ name }) => weights.has(name)),
    optimiser: bytes(isState),
    feedback: bytes((field) => isSynapse(field) && !isState(field) && !weights.has(field.name)),
    neurons: bytes((field) => !isSynapse(field) && !isState(field)),
    total: bytes(() => true),
  };
}
