/**
 * Which of Engram's neurons the Neuromorphic Intermediate Representation has a node for, and the way there and back.
 * NIR's equations (Pedersen et al. 2024, "Neuromorphic intermediate representation", Nature Communications 15:8122):
 *
 * - LIF: τ dv/dt = v_leak − v + r I, v = v_reset at a spike;
 * - CubaLIF: τ_syn dI/dt = −I + w_in S, τ_mem dv/dt = v_leak − v + r I.
 *
 * Times are in s and voltages in V there, and a spike is a Dirac pulse of its weight: it moves v of a LIF by weight · r/τ,
 * and I of a CubaLIF by weight · w_in/τ_syn. So r = τ · 1 mV/V and w_in = τ_syn make a weight what it is here: mV.
 * NIR knows no refractory period and no constant input: a neuron that has them is no LIF there. The test is the way
 * back: a node is used only where it returns every parameter to the bit.
 */
import type { PopulationSpec } from "../../net/spiking/model";
import { type Column, isOneNumber, map, same } from "./numbers";

export type Columns = Readonly<Record<string, Column>>;

/** What a NIR node says in Engram's terms; weights onto it are to be multiplied by `gain`. */
export interface FromNir {
  readonly params: Columns;
  readonly gain: Column;
}

export interface NirForm {
  readonly type: "LIF" | "CubaLIF";
  /** The name of Engram's model. */
  readonly model: string;
  /** All parameters that it has. */
  readonly params: readonly string[];
  readonly to: (params: Columns) => Columns;
  readonly from: (node: Columns) => FromNir;
}

/** The number whose decimal point stands `places` further right: no rounding but to the nearest float64. */
export function shift(value: number, places: number): number {
  const [digits, exponent = "0"] = String(value).split("e");
  return Number(`${digits}e${Number(exponent) + places}`);
}

/** ms to s, mV to V. */
const milli = (column: Column) => map((value) => shift(value, -3), column);
/** s to ms, V to mV. */
const whole = (column: Column) => map((value) => shift(value, 3), column);

const voltages = ({ rest, threshold, reset }: Columns) => ({
  v_leak: milli(rest!),
  v_threshold: milli(threshold!),
  v_reset: milli(reset!),
});

const firing = ({ v_leak, v_threshold, v_reset }: Columns) => ({
  rest: whole(v_leak!),
  threshold: whole(v_threshold!),
  reset: whole(v_reset!),
  refractory: 0,
  current: 0,
});

const firingNames = ["rest", "threshold", "reset", "refractory", "current"];

const lif: NirForm = {
  type: "LIF",
  model: "lif",
  params: ["tau", ...firingNames],
  to: (p) => ({ tau: milli(p.tau!), r: milli(milli(p.tau!)), ...voltages(p) }),
  from: (node) => ({
    params: { tau: whole(node.tau!), ...firing(node) },
    gain: map((r, tau) => r / tau, whole(node.r!), node.tau!),
  }),
};

const cubaLif: NirForm = {
  type: "CubaLIF",
  model: "lif-exp",
  params: ["tau", "tauExcitatory", "tauInhibitory", ...firingNames],
  to: (p) => ({
    tau_mem: milli(p.tau!),
    tau_syn: milli(p.tauExcitatory!),
    r: 1e-3,
    w_in: milli(p.tauExcitatory!),
    ...voltages(p),
  }),
  from: (node) => ({
    params: {
      tau: whole(node.tau_mem!),
      tauExcitatory: whole(node.tau_syn!),
      tauInhibitory: whole(node.tau_syn!),
      ...firing(node),
    },
    gain: map((r, w, tau) => (r * w) / tau, whole(node.r!), node.w_in!, node.tau_syn!),
  }),
};

export const nirForms: readonly NirForm[] = [lif, cubaLif];

/** NIR's node for a population with these parameters, all of them given; undefined where none says the same. */
export function toNir(model: string, params: Columns): { form: NirForm; node: Columns } | undefined {
  const form = nirForms.find((each) => each.model === model);
  if (form === undefined) return undefined;
  const names = Object.keys(params);
  if (names.length !== form.params.length || form.params.some((name) => !names.includes(name)))
    return undefined; // another model of the same name
  const node = form.to(params);
  const back = form.from(node);
  const exact = names.every((name) => same(back.params[name]!, params[name]!)) && isOne(back.gain);
  return exact ? { form, node } : undefined;
}

export const isOne = (gain: Column) =>
  isOneNumber(gain) ? gain === 1 : Array.from(gain).every((value) => value === 1);

/** A source whose spikes come from outside is NIR's Input. */
export const isInput = ({ model: { name, timed, params, state } }: PopulationSpec) =>
  name === "spike-source" && timed === true && Object.keys({ ...params, ...state }).length === 0;
