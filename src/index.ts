/// <reference types="@webgpu/types" />
/**
 * Engram as a library: what the terminal and the page use, from Node or from a page.
 *
 * ```ts
 * const device = await openDevice(navigator.gpu); // in Node: (await openDawn()).gpu
 * const trainer = await Trainer.create(device, { rule: "feedback-alignment", layers: [784, 512, 10], batch: 128 });
 * trainer.write("input-hidden/weight", weights); // Float32Array, row-major [784 + 1, 512], the last row the bias
 * await trainer.step(inputs, labels); // exactly one training step on [128, 784] and [128]
 * const learned = await trainer.read("input-hidden/weight");
 * ```
 */

export type { LayerAlignment } from "./audit/alignment";
export { audit, type UpdateAudit } from "./audit/audit";
export type { AuditReport, AuditSummary } from "./audit/report";
export { auditRule } from "./experiment/audit";
export { type Checkpoint, readCheckpoint, writeCheckpoint } from "./experiment/checkpoint";
export { type Estimate, estimate } from "./experiment/estimate";
export type { EpochResult, ExperimentEvent } from "./experiment/events";
export { Experiment, type ExperimentOptions } from "./experiment/experiment";
export { NotFiniteError } from "./experiment/health";
export { Hopfield, type Stored } from "./experiment/hopfield";
export type { HopfieldOptions } from "./experiment/hopfield-options";
export type { Recall, Recalled, RecallOptions } from "./experiment/hopfield-recall";
export {
  type Heard,
  type Inspection,
  Inspector,
  inspectSynapse,
  type Learned,
  learnedBy,
  type Sample,
  type SynapsePlace,
  type SynapseUpdate,
} from "./experiment/inspect";
export { neuronModels, plasticityModels } from "./experiment/neurons";
export { overlap, type Pattern, randomPatterns, spoil } from "./experiment/patterns";
export type { TrainerOptions } from "./experiment/plan";
export { type Remaining, StepTimes } from "./experiment/remaining";
export { parametersOf, rules } from "./experiment/rules";
export { sampleOf } from "./experiment/sample";
export {
  type RecordedSpikes,
  Simulation,
  type SimulationOptions,
  type Synapses,
  type Watched,
} from "./experiment/simulation";
export { type Score, type StepScore, Trainer } from "./experiment/trainer";
export { type AdapterFacts, type Device, DeviceLostError, openDevice, TooLargeError } from "./gpu/device";
export type { Field, FieldData } from "./gpu/field";
export { isRepeat, type Schedule, type ScheduleRecord, unroll } from "./gpu/schedule";
export { type Network, type NetworkOptions, network } from "./net/network";
export { optimiserNames } from "./net/optimiser";
export type {
  Connect,
  Draw,
  NeuronModel,
  Plasticity,
  PlasticityModel,
  PopulationSpec,
  ProjectionSpec,
  SpikingNetwork,
} from "./net/spiking/model";
export { type OwnFile, type OwnOptions, readOwnData } from "./task/own";
export { type Dataset, findTask, fromFiles, type Task, tasks } from "./task/task";
