/**
 * Every neuron model on the GPU against its float64 twin, under the same random trains of spikes: spikes in the same steps, and
 * voltages to 1e-4 mV over 100 ms without one.
 */
import { beforeAll, describe, expect, it } from "vitest";
import type { NeuronModel, Values } from "../../src/net/spiking/model";
import { adex } from "../../src/neuron/adex";
import { alif } from "../../src/neuron/alif";
import { diehlCook, diehlCookInhibitory } from "../../src/neuron/diehl-cook";
import { iafPscExp } from "../../src/neuron/iaf-psc-exp";
import { izhikevich } from "../../src/neuron/izhikevich";
import { lif } from "../../src/neuron/lif";
import { lifAlpha } from "../../src/neuron/lif-alpha";
import { lifCondAlpha } from "../../src/neuron/lif-cond-alpha";
import { lifCondDelta } from "../../src/neuron/lif-cond-delta";
import { lifCondExp } from "../../src/neuron/lif-cond-exp";
import { lifExp } from "../../src/neuron/lif-exp";
import * as adaptive from "../reference/spiking/adaptive";
import * as conductance from "../reference/spiking/conductance";
import * as linear from "../reference/spiking/integrate-and-fire";
import type { Model } from "../reference/spiking/neuron";
import { type Course, coursesOf, parametersOf, randomTrain } from "./course";

interface Case {
  readonly model: NeuronModel;
  readonly twin: Model;
  readonly dt: number;
  readonly params?: Values;
  readonly name?: string;
  /** What its membrane ranges over at the least in the quiet run, in its unit. */
  readonly span: number;
  /** Mean weights at each port: too weak to make it fire, and strong enough. */
  readonly quiet: Values;
  readonly loud: Values;
}

const cases: Case[] = [
  { model: lif, span: 5, twin: linear.lif, dt: 0.1, quiet: { input: 0.8 }, loud: { input: 3 } },
  {
    model: lifExp,
    span: 4,
    twin: linear.lifExp,
    dt: 0.1,
    params: { rest: -60 },
    quiet: { excitatory: 2, inhibitory: -2 },
    loud: { excitatory: 9, inhibitory: -2 },
  },
  {
    model: lifAlpha,
    span: 5,
    twin: linear.lifAlpha,
    dt: 0.1,
    quiet: { excitatory: 4, inhibitory: -4 },
    loud: { excitatory: 20, inhibitory: -4 },
  },
  {
    model: iafPscExp,
    span: 2.5,
    twin: linear.iafPscExp,
    dt: 0.1,
    quiet: { excitatory: 200, inhibitory: -60 },
    loud: { excitatory: 3000, inhibitory: -300 },
  },
  {
    model: lifCondExp,
    span: 5,
    twin: conductance.lifCondExp,
    dt: 0.1,
    quiet: { excitatory: 1, inhibitory: 4 },
    loud: { excitatory: 6, inhibitory: 4 },
  },
  {
    model: lifCondAlpha,
    span: 5,
    twin: conductance.lifCondAlpha,
    dt: 0.1,
    quiet: { excitatory: 1, inhibitory: 4 },
    loud: { excitatory: 8, inhibitory: 4 },
  },
  {
    model: lifCondDelta,
    span: 5,
    twin: conductance.lifCondDelta,
    dt: 0.1,
    quiet: { excitatory: 0.01, inhibitory: 0.02 },
    loud: { excitatory: 0.06, inhibitory: 0.02 },
  },
  { model: alif, span: 0.3, twin: adaptive.alif, dt: 1, quiet: { input: 0.03 }, loud: { input: 0.15 } },
  {
    model: adex,
    span: 5,
    twin: adaptive.adex,
    dt: 0.1,
    quiet: { excitatory: 4, inhibitory: 4 },
    loud: { excitatory: 15, inhibitory: 4 },
  },
  { model: izhikevich, span: 3, twin: adaptive.izhikevich, dt: 1, quiet: { input: 1.5 }, loud: { input: 8 } },
  {
    model: diehlCook,
    span: 3,
    twin: conductance.diehlCook,
    dt: 0.5,
    quiet: { excitatory: 0.3, inhibitory: 0.1 },
    loud: { excitatory: 2, inhibitory: 0.1 },
  },
  {
    model: diehlCook,
    span: 3,
    twin: conductance.diehlCook,
    dt: 0.5,
    name: "diehl-cook's inhibitory neuron",
    params: diehlCookInhibitory,
    quiet: { excitatory: 0.1, inhibitory: 0.3 },
    loud: { excitatory: 2, inhibitory: 0.3 },
  },
];

/** Two trains a port, of different weights, 250 spikes/s each; and what they sum to in each step. */
function input({ model, dt }: Case, steps: number, weights: Values) {
  const trains = model.ports.flatMap((port, k) => [
    randomTrain(port, 0.6 * weights[port]!, 0.25 * dt, steps, 2 * k + 1),
    randomTrain(port, 1.4 * weights[port]!, 0.25 * dt, steps, 2 * k + 2),
  ]);
  const arrived = Array.from({ length: steps }, (): Record<string, number> => ({}));
  for (const { port, weight, steps: at } of trains)
    for (const step of at) arrived[step]![port] = (arrived[step]![port] ?? 0) + weight;
  return { trains, arrived };
}

/** The float64 twin's course under the same input. */
function twinOf({ model, twin, params, dt }: Case, arrived: readonly Values[]) {
  const neuron = twin(parametersOf(model, params), dt);
  const spikes: number[] = [];
  const v = arrived.map((sums, step) => {
    if (neuron.advance(sums)) spikes.push(step);
    return neuron.state.v!;
  });
  return { spikes, v, end: neuron.state };
}

describe.each([0.1, 0.5, 1])("in steps of %f ms", (dt) => {
  const steps = Math.round(300 / dt);
  const own = cases
    .filter((one) => one.dt === dt)
    .map((one) => ({ ...one, silent: input(one, steps, one.quiet), firing: input(one, steps, one.loud) }));
  let courses: Course[];
  beforeAll(async () => {
    courses = await coursesOf(
      dt,
      steps,
      own.map(({ model, params = {}, silent, firing }) => ({
        model,
        copies: [silent, firing].map(({ trains }) => ({ params, trains })),
      })),
    );
  });

  it.each(own.map((one, at) => [one.name ?? one.model.name, at] as const))(
    "%s has its twin's voltages before it fires, and fires in its twin's steps",
    (_, at) => {
      const [one, course] = [own[at]!, courses[at]!];
      const silent = twinOf(one, one.silent.arrived.slice(0, Math.round(100 / dt)));
      expect(silent.spikes).toEqual([]);
      expect(Math.max(...silent.v) - Math.min(...silent.v)).toBeGreaterThan(one.span);
      const off = silent.v.map((value, step) => Math.abs(value - course.v[0]![step]!));
      expect(Math.max(...off)).toBeLessThan(1e-4);

      const firing = twinOf(one, one.firing.arrived);
      expect(firing.spikes.length).toBeGreaterThanOrEqual(5);
      expect(course.spikes[1]).toEqual(firing.spikes);
      for (const [name, value] of Object.entries(firing.end))
        expect(Math.abs(course.end[name]![1]! - value), name).toBeLessThan(
          1e-4 * Math.max(5, Math.abs(value)),
        );
    },
  );
});
