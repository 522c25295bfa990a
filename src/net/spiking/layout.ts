/**
 * Layout: where everything of a network stands in the arrays that its kernels share. All populations lie in one array of
 * state and all projections in one of synapses, so that a step takes one dispatch however many of them there are.
 */
import { keyOf, streamOf } from "../../gpu/random";

import { connectionOf } from "./connection";
import { numbersOf } from "./draw";
import { type NeuronForm, type PlasticForm, stateNames } from "./forms";
import type { Draw, Plasticity, PopulationSpec, ProjectionSpec, SpikingNetwork, Trace } from "./model";
import { numbersOfPopulation, timesOf } from "./numbers";
import { filled, find, nameOf } from "./spec";
import { none, type PopulationRow, type ProjectionRow } from "./tables";
import { decayOf, type Followed, traceKinds, traceNumbers, traceNumbersOf, traceWords } from "./trace";

export interface PlacedPopulation {
  readonly spec: PopulationSpec;
  readonly form: NeuronForm;
  readonly row: PopulationRow;
}

export interface PlacedProjection {
  readonly name: string;
  readonly spec: ProjectionSpec;
  readonly row: ProjectionRow;
  /** Its plastic form, if it is plastic. */
  readonly plastic?: PlasticForm;
  /** Delays in steps, where its rows are cut by them. */
  readonly delays: readonly number[];
  /** The largest |weight| that it can have. */
  readonly heaviest: number;
}

export interface Layout {
  readonly network: SpikingNetwork;
  readonly populations: readonly PlacedPopulation[];
  readonly projections: readonly PlacedProjection[];
  readonly neuronForms: readonly NeuronForm[];
  readonly plasticForms: readonly PlasticForm[];
  /** Parameters and whatever else kernels read as numbers. */
  readonly numbers: number[];
  readonly neurons: number;
  readonly state: number;
  readonly cells: number;
  /** Steps that no spike can cross between populations in: what one dispatch may take. */
  readonly stride: number;
  /** Steps in the ring of arriving spikes, a power of two. */
  readonly slots: number;
  readonly traceSlots: number;
  readonly followed: readonly Followed[];
  /** Words of one step's lists of firing neurons. */
  readonly firedStride: number;
  readonly rows: number;
  /** Words of the build's counts. */
  readonly counts: number;
  readonly dopamineNumbers: number;
}

/** State before the populations': dopamine, and the rewards that are due (shaders/spiking/dopamine.wgsl). */
const dopamineState = 256;

/** Finds or adds an element, by what makes two of them the same. */
function indexIn<T>(list: T[], one: T, same: (a: T, b: T) => boolean): number {
  const found = list.findIndex((other) => same(other, one));
  return found >= 0 ? found : list.push(one) - 1;
}

const powerOfTwo = (n: number) => 2 ** Math.ceil(Math.log2(n));

/** A delay in steps, which are whole. */
const stepsOf = (ms: number, dt: number) => Math.round(ms / dt);

/** The least and the most steps of a projection's delays. */
function delayRange(delay: Draw, dt: number): [number, number] {
  if (typeof delay !== "number" && "values" in delay) {
    const steps = Array.from(delay.values, (ms) => stepsOf(ms, dt));
    return [steps.reduce((a, b) => Math.min(a, b), 255), steps.reduce((a, b) => Math.max(a, b), 0)];
  }
  const { low, high } = numbersOf(delay, 1 / dt);
  const least = typeof delay === "number" ? 0 : 1;
  const clip = (steps: number) => Math.min(255, Math.max(least, Math.round(steps)));
  return [clip(low), clip(high)];
}

/**
 * Lays a checked network out; nothing is drawn yet but row counts, which the host deals out.
 * @param live populations whose parameters may change while the network runs
 */
export function layOut(network: SpikingNetwork, live: readonly string[] = []): Layout {
  const { dt, seed } = network;
  const numbers: number[] = [];
  const neuronForms: NeuronForm[] = [];
  const plasticForms: PlasticForm[] = [];
  let [neurons, state, cells, rows, counts] = [0, dopamineState, 0, 0, 0];
  const take = (values: ArrayLike<number>) => {
    const at = numbers.length;
    for (let k = 0; k < values.length; k++) numbers.push(values[k]!);
    return at;
  };

  const populations = network.populations.map((spec): PlacedPopulation => {
    const { form, values } = numbersOfPopulation(spec, dt);
    const same = (a: NeuronForm, b: NeuronForm) =>
      a.model === b.model && `${a.varying}` === `${b.varying}` && `${a.background}` === `${b.background}`;
    const index = indexIn(neuronForms, form, same);
    // What differs between populations of one form, or may change, is looked up; all else is written into the kernel.
    const known = neuronForms[index]!.fixed;
    const fixed = live.includes(spec.name)
      ? {}
      : Object.fromEntries(Object.entries(known).filter(([name, value]) => form.fixed[name] === value));
    neuronForms[index] = { ...neuronForms[index]!, fixed };
    const row: PopulationRow = {
      size: spec.size,
      neurons,
      form: index,
      state,
      cells,
      numbers: take(values),
      key: keyOf(seed, streamOf(`${spec.name}/noise`)),
      outgoing: 0,
      outgoingCount: 0,
      fired: none,
      conditions: 0,
      traces: 0,
      traceCount: 0,
      traceRings: 0,
      recorded: 0,
      timesAt: spec.times ? take(timesOf(spec, dt)) : 0,
    };
    neurons += spec.size;
    state += spec.size * stateNames(spec.model).length;
    cells += spec.size * spec.model.ports.length;
    return { spec, form, row };
  });
  const indexOf = (name: string) => populations.findIndex(({ spec }) => spec.name === name);

  const placed = network.projections.map((spec): PlacedProjection => {
    const name = nameOf(spec);
    const { weight, delay = 0, plasticity, release } = spec;
    const [pre, post] = [populations[indexOf(spec.pre)]!, populations[indexOf(spec.post)]!];
    const [least, most] = delayRange(delay, dt);
    const delays = plasticity ? distinctDelays(delay, dt, least, most) : [least];
    const listed = spec.connect.kind === "list";
    const weights = typeof weight !== "number" && "values" in weight ? undefined : numbersOf(weight);
    const steps = typeof delay !== "number" && "values" in delay ? undefined : numbersOf(delay, 1 / dt);
    const plastic = plasticity && plasticFormOf(plasticity, dt, name);
    const formIndex = plastic ? indexIn(plasticForms, plastic.form, (a, b) => a.model === b.model) : none;
    const stored = spec.storage !== "procedural";
    const row: ProjectionRow = {
      preSize: pre.spec.size,
      postSize: post.spec.size,
      pre: indexOf(spec.pre),
      post: indexOf(spec.post),
      cells: post.row.cells + post.spec.model.ports.indexOf(spec.port) * post.spec.size,
      scale: 1,
      rows: stored ? rows : none,
      synapses: none,
      weights: none,
      count: 0,
      storage: stored ? 0 : 1,
      key: keyOf(seed, streamOf(`${name}/synapses`)),
      ...connectionOf(spec, pre.spec, post.spec, seed, take),
      weightKind: weights?.kind ?? 1,
      weight0: weights?.first ?? 0,
      weight1: weights?.second ?? 0,
      weightLow: weights?.low ?? 0,
      weightHigh: weights?.high ?? 0,
      delayKind: steps?.kind ?? 1,
      delay0: steps?.kind === 0 ? Math.round(steps.first) : (steps?.first ?? 0),
      delay1: steps?.second ?? 0,
      delayLow: least,
      delayHigh: most,
      rowCounts: counts,
      fanIn: counts + pre.spec.size,
      form: formIndex,
      numbers: plastic ? take(plastic.values) : 0,
      least: plasticity?.min ?? 0,
      most: plasticity?.max ?? 0,
      delays: 0,
      delayCount: delays.length,
      columns: none,
      columnEntries: none,
      heard: 0,
      preTraces: 0,
      postTraces: 0,
      release: release ? state : none,
      utilisation: release?.use ?? 0,
      recovery: release ? dt / release.recovery : 0,
      facilitation: release && release.facilitation > 0 ? dt / release.facilitation : 0,
      every: plasticity?.every ? Math.round(plasticity.every / dt) : 0,
    };
    if (release) state += 3 * pre.spec.size;
    counts += pre.spec.size + post.spec.size;
    if (stored) rows += pre.spec.size * delays.length + 1;
    if (plastic) {
      row.columns = rows;
      rows += post.spec.size + 1;
    }
    const heaviest = plasticity
      ? Math.max(Math.abs(plasticity.min), Math.abs(plasticity.max))
      : listed && !weights
        ? heaviestOf(weight)
        : Math.max(Math.abs(row.weightLow), Math.abs(row.weightHigh));
    return { name, spec, row, delays, heaviest, ...(plastic && { plastic: plastic.form }) };
  });

  const longest = placed.reduce((most, { row }) => Math.max(most, row.delayHigh), 0);
  const plastic = placed.filter((one) => one.plastic);
  const shortest = placed.reduce((least, { row }) => Math.min(least, row.delayLow), 255);
  const listing = plastic.length > 0 || network.dopamine !== undefined;
  const stride = listing ? 1 : 1 + (placed.length > 0 ? shortest : 31);
  const traceSlots = plastic.reduce((most, { row }) => Math.max(most, row.delayHigh), 0) + 3;

  const traced = new Map(plastic.map((one) => [one, traceNumbersOf(one, populations, dt)]));
  let firedStride = 0;
  const list = (row: PopulationRow) => {
    if (row.fired !== none) return;
    row.fired = firedStride;
    firedStride += (1 + row.size) * (1 + row.conditions);
  };
  // A rule that waits for a condition hears of a list of its own, behind the one of its post population's spikes.
  for (const { row, plastic: form } of plastic)
    if (form!.model.when) row.heard = ++populations[row.post]!.row.conditions;
  for (const { row } of plastic) for (const end of [row.pre, row.post]) list(populations[end]!.row);
  for (const [{ row, plastic: form }, { post }] of traced) {
    const { fired, size } = populations[row.post]!.row;
    const { when, traces } = form!.model;
    if (when) {
      const watched = post[Object.keys(traces.post).indexOf(when.trace)]!;
      watched[traceWords.list] = row.heard;
    }
    row.heard = fired + row.heard * (1 + size);
  }
  const { released, reward } = network.dopamine ?? {};
  for (const name of [released?.population, reward?.pre.population, reward?.post.population])
    if (name !== undefined) list(populations[indexOf(find(network.populations, name).name)]!.row);

  const followed: Followed[] = [];
  for (const [index, { row, spec }] of populations.entries()) {
    const values: number[] = [];
    row.traceRings = state;
    for (const [{ row: projection }, numbersOfTraces] of traced)
      for (const side of ["pre", "post"] as const)
        if (projection[side] === index) {
          projection[`${side}Traces`] = state;
          for (const one of numbersOfTraces[side]) {
            if (one[traceWords.kind]! >= traceKinds.follow)
              followed.push({
                population: index,
                variable: one[traceWords.variable]!,
                from: one[traceWords.from]!,
                rings: state,
              });
            values.push(...one);
            state += traceSlots * spec.size;
          }
        }
    row.traces = take(values);
    row.traceCount = values.length / traceNumbers;
  }

  return {
    network,
    populations,
    projections: placed,
    neuronForms,
    plasticForms,
    numbers,
    neurons,
    state,
    cells,
    stride,
    slots: powerOfTwo(longest + 1 + stride),
    traceSlots,
    followed,
    firedStride,
    rows,
    counts,
    dopamineNumbers: take([
      Math.exp(-dt / (network.dopamine?.tau ?? 1)),
      released?.amount ?? 0,
      reward?.amount ?? 0,
    ]),
  };
}

/** Delays that a plastic projection's rows are cut by: those given, or every whole number in its range. */
function distinctDelays(delay: Draw, dt: number, least: number, most: number): number[] {
  if (typeof delay !== "number" && "values" in delay)
    return [...new Set(Array.from(delay.values, (ms) => stepsOf(ms, dt)))].sort((a, b) => a - b);
  return Array.from({ length: most - least + 1 }, (_, k) => least + k);
}

function heaviestOf(weight: Draw): number {
  if (typeof weight === "number" || !("values" in weight)) return 0;
  return Array.from(weight.values).reduce((most, one) => Math.max(most, Math.abs(one)), 0);
}

/** A plastic form, and its numbers: what it derives, then its traces' decays. */
export function plasticFormOf(
  { model, params = {}, min, max, every = 0 }: Plasticity,
  dt: number,
  where: string,
): { form: PlasticForm; values: number[] } {
  const all = filled(model.params, params, where);
  const setting = { min, max, every: Math.round(every / dt) * dt };
  const derived = model.derive ? model.derive(all, dt, setting) : all;
  for (const [name, value] of Object.entries(derived))
    if (!Number.isFinite(value))
      throw new Error(
        `Projection "${where}" (${model.name}): its ${name} came out as ${value}; check its parameters.`,
      );
  const { pre, post } = model.traces;
  const decay = (trace: Trace) => decayOf(trace, all, dt);
  return {
    form: { model, derived: Object.keys(derived) },
    values: [...Object.values(derived), ...Object.values(pre).map(decay), ...Object.values(post).map(decay)],
  };
}
