/**
 * The microcircuit. Oracles: published totals; the mean and variance of a neuron's input, which scaling must keep; and rates over
 * 30 seeds of a float64 program with the reference implementation's formulas, NEST's order of a step and random numbers of its own.
 */
import { describe, expect, it } from "vitest";
import {
  compensated,
  currentPerVolt,
  full,
  populations,
  synapsesOf,
} from "../../../src/experiment/model/common/microcircuit";
import type { RunFigures } from "../../../src/experiment/model/common/network-model";
import { model } from "../../../src/experiment/model/microcircuit";
import { modelOptions } from "../../../src/experiment/models";
import { testDevice } from "../../support/device";

const indices = populations.map((_, k) => k);

describe("at full scale", () => {
  const network = model.network(modelOptions(model, { scale: 1 }));
  it("has 77,169 neurons and about 0.3 billion synapses", () => {
    expect(network.populations.reduce((sum, { size }) => sum + size, 0)).toBe(77_169);
    const counts = network.projections.map(({ connect }) =>
      connect.kind === "fixed-total" ? connect.count : 0,
    );
    const total = counts.reduce((sum, count) => sum + count, 0);
    expect(total / 1e9).toBeCloseTo(0.299, 3); // 298.9 million in NEST's implementation
    expect(network.projections).toHaveLength(55); // of 64 pairs nine are not connected
  });

  it("has weights of 87.8 pA, which make 0.15 mV", () => {
    expect(0.15 * currentPerVolt()).toBeCloseTo(87.8, 1);
    // The potential that such a current raises, integrated in small steps.
    const { capacitance, tau, tauSynapse } = full.neuron;
    let [v, i, peak] = [0, 0.15 * currentPerVolt(), 0];
    const h = 1e-4;
    for (let t = 0; t < 5; t += h) {
      v += h * (i / capacitance - v / tau);
      i -= (h * i) / tauSynapse;
      peak = Math.max(peak, v);
    }
    expect(peak).toBeCloseTo(0.15, 4);
  });

  it("needs no compensation", () => {
    expect(compensated(1, true).currents).toEqual(populations.map(() => 0));
  });
});

describe("smaller", () => {
  /** Σ K w ν (and Σ K w² ν) over all of a neuron's sources, with the network's own counts and mean weights. */
  function inputs(scale: number, target: number, power: 1 | 2): number {
    const network = model.network(modelOptions(model, { scale }));
    const spec = network.populations[target]!;
    let sum = 0;
    for (const { pre, post, connect, weight } of network.projections) {
      if (post !== spec.name || connect.kind !== "fixed-total") continue;
      if (typeof weight !== "object" || !("normal" in weight)) throw new Error("expected normal weights");
      const rate = full.rates[(populations as readonly string[]).indexOf(pre)]!;
      sum += (connect.count / spec.size) * weight.normal[0] ** power * rate;
    }
    const { count, rate, weight } = spec.background![0]!;
    return sum + count * weight ** power * rate;
  }

  it.each(indices)("keeps mean and variance of the input of population %i", (target) => {
    const scale = 0.1;
    const current = compensated(scale, true).currents[target]!;
    const mean = inputs(scale, target, 1) + current / (0.001 * full.neuron.tauSynapse);
    const whole = inputs(1, target, 1);
    // The mean is a difference of large sums; what is left over comes from whole numbers of neurons, synapses and trains.
    expect(Math.abs(mean - whole) / inputs(1, target, 2) ** 0.5).toBeLessThan(1);
    expect(inputs(scale, target, 2) / inputs(1, target, 2)).toBeCloseTo(1, 2);
  });

  it("takes a constant background's mean as a current", () => {
    const constant = compensated(0.1, false).currents;
    const random = compensated(0.1, true).currents;
    for (const k of indices)
      expect(constant[k]! - random[k]!).toBeCloseTo(
        0.001 * 0.5 * Math.sqrt(0.1) * full.external[k]! * 8 * 0.15 * currentPerVolt(),
        6,
      );
    const spec = model.network(modelOptions(model, { settings: { background: "constant" } }));
    expect(spec.populations.every(({ background }) => background === undefined)).toBe(true);
  });

  it("fires at the rates of independent runs at scale 0.02", async () => {
    const means = [0.011, 0.154, 1.333, 1.154, 1.691, 3.408, 0.115, 3.944];
    const deviations = [0.021, 0.079, 0.272, 0.157, 0.52, 0.672, 0.059, 0.39];
    // From 0.15 to 0.3 s, as those runs were measured: the transient is at most half of a run.
    const options = modelOptions(model, { scale: 0.02, seconds: 0.3 });
    const { json } = await model.run(await testDevice(), options, () => {});
    const run = json as unknown as RunFigures;
    expect(run.measuredFromSeconds).toBeCloseTo(0.15, 10);
    run.populations.forEach(({ name, rate }, k) => {
      expect(Math.abs(rate - means[k]!), `${name}: ${rate}`).toBeLessThan(4 * deviations[k]!);
    });
    const expected = indices.reduce(
      (sum, target) =>
        sum + indices.reduce((row, source) => row + Math.round(synapsesOf(target, source) * 0.0004), 0),
      0,
    );
    expect(run.synapses).toBe(expected);
  });
});
