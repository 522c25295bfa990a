/**
 * Plastic Brunel at a tenth of its size, where every ordered pair is connected. Oracle: rates and weights over 20 seeds of a
 * float64 program of the same equations, synapse by synapse, with random numbers of its own.
 */
import { expect, it } from "vitest";
import { model } from "../../../src/experiment/model/brunel-stdp";
import type { RunFigures } from "../../../src/experiment/model/common/network-model";
import { modelOptions } from "../../../src/experiment/models";
import { testDevice } from "../../support/device";

/** From 0.05 to 0.15 s; weights at 0.15 s. */
const twin = {
  excitatory: [30.36, 4.09],
  inhibitory: [36.0, 3.1],
  mean: [0.097065, 0.000416],
  deviation: [0.00328, 0.000202],
} as const;

it("fires, and its weights spread, as in independent runs", async () => {
  const options = modelOptions(model, { scale: 0.1, seconds: 0.15 });
  const { json } = await model.run(await testDevice(), options, () => {});
  const run = json as unknown as RunFigures & {
    readonly weights: { readonly mean: number; readonly deviation: number };
  };
  expect(run.synapses).toBe(1000 * 1000);
  const near = (value: number, [mean, deviation]: readonly [number, number]) =>
    expect(Math.abs(value - mean)).toBeLessThan(4 * deviation);
  near(run.populations[0]!.rate, twin.excitatory);
  near(run.populations[1]!.rate, twin.inhibitory);
  near(run.weights.mean, twin.mean);
  near(run.weights.deviation, twin.deviation);
  expect(run.synapticEvents).toBe(1000 * run.spikes);
});

it("is at full size as the benchmark has it", () => {
  const { populations, projections, dt } = model.network(modelOptions(model, {}));
  expect(dt).toBe(0.1);
  expect(populations.map(({ size }) => size)).toEqual([8000, 2000]);
  expect(populations[1]!.background).toEqual([{ port: "input", count: 800, rate: 25, weight: 0.1 }]);
  expect(projections.map(({ weight, delay }) => [weight, delay])).toEqual([
    [0.1, 1.5],
    [0.1, 1.5],
    [-0.5, 1.5],
    [-0.5, 1.5],
  ]);
  const [{ plasticity, connect }, ...others] = projections as [
    (typeof projections)[number],
    ...typeof projections,
  ];
  expect(connect).toEqual({ kind: "fixed-probability", probability: 0.1, self: true });
  expect(others.every((one) => one.plasticity === undefined)).toBe(true);
  expect(plasticity!.max).toBe(0.2);
  expect(plasticity!.params!.potentiation).toBeCloseTo(0.002, 12);
  expect(plasticity!.params!.depression).toBeCloseTo(0.0021, 12);
});
