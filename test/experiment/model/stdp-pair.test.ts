/** Pairing two spikes at every lag draws the learning window. Oracle: A₊ exp(−Δt/τ₊) and −A₋ exp(Δt/τ₋), written out here. */
import { expect, it } from "vitest";
import { model } from "../../../src/experiment/model/stdp-pair";
import { modelOptions } from "../../../src/experiment/models";
import { testDevice } from "../../support/device";

interface Curve {
  readonly pairs: number;
  readonly synapticEvents: number;
  readonly curve: readonly { readonly lag: number; readonly measured: number; readonly formula: number }[];
}

const law = (lag: number) => (lag < 0 ? -0.00525 * Math.exp(lag / 20) : 0.005 * Math.exp(-lag / 20));

it.each(["pair-stdp", "nearest-stdp"])("%s lies on the formula at each lag", async (rule) => {
  const options = modelOptions(model, { settings: { rule } });
  const { json } = await model.run(await testDevice(), options, () => {});
  const { curve, pairs, synapticEvents } = json as unknown as Curve;
  expect(pairs).toBe(1);
  expect(curve.map(({ lag }) => lag)).toEqual(Array.from({ length: 101 }, (_, k) => k - 50));
  for (const point of curve) {
    expect(point.formula).toBeCloseTo(law(point.lag), 12);
    expect(Math.abs(point.measured - law(point.lag)), `lag ${point.lag}`).toBeLessThan(1e-7); // f32 beside 0.5
  }
  expect(synapticEvents).toBe(2 * 101); // a teacher's and a pre neuron's spike at each lag
});

it("pairs once a second, as often as there is time", () => {
  const times = (seconds: number) =>
    model.network(modelOptions(model, { seconds })).populations[0]!.times![0];
  expect(times(1.05)).toEqual([60]);
  expect(times(2.2)).toEqual([60, 1060, 2060]);
});

it("needs time for one pair", async () => {
  const run = model.run(await testDevice(), modelOptions(model, { seconds: 0.1 }), () => {});
  await expect(run).rejects.toThrow("takes 0.112 s, but 0.1 s were asked for");
});
