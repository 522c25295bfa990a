/**
 * CUBA at a quarter of its size. Oracles: the mean and deviation over 20 seeds of a float64 program of the same equations with
 * random numbers of its own; binomial counts of synapses; deliveries counted anew from the spikes and the synapses.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { cuba } from "../../../src/experiment/model/common/cuba";
import { storeWhatFits } from "../../../src/experiment/model/common/fit";
import type { RunFigures } from "../../../src/experiment/model/common/network-model";
import { model } from "../../../src/experiment/model/cuba-4k";
import { type ModelResult, modelOptions } from "../../../src/experiment/models";
import { readNpy } from "../../../src/experiment/npy";
import type { Device } from "../../../src/gpu/device";
import { testDevice } from "../../support/device";

const seconds = 0.6;
/** Spikes/s from 0.2 s on, over seeds 2 to 21. */
const twin = { mean: 5.369, deviation: 0.609 };

const npy = (file: Uint8Array | string) => readNpy(file as Uint8Array);

describe("cuba-4k at scale 0.25", () => {
  let result: ModelResult;
  let run: RunFigures;
  const shares: number[] = [];
  beforeAll(async () => {
    const options = modelOptions(model, { seconds, scale: 0.25, record: ["spikes", "rates", "weights"] });
    result = await model.run(await testDevice(), options, (share) => shares.push(share));
    run = result.json as unknown as RunFigures;
  });

  it("fires at the rate of independent runs", () => {
    const [exc, inh] = run.populations;
    const rate = (exc!.neurons * exc!.rate + inh!.neurons * inh!.rate) / 1000;
    expect(Math.abs(rate - twin.mean)).toBeLessThan(4 * twin.deviation);
    expect(run.measuredFromSeconds).toBeCloseTo(0.2, 10);
  });

  it("has 80 synapses a neuron, as many as a coin for each pair gives", () => {
    expect(run.neurons).toBe(1000);
    const [pairs, p] = [1000 * 1000, 0.08];
    expect(Math.abs(run.synapses - pairs * p)).toBeLessThan(5 * Math.sqrt(pairs * p * (1 - p)));
  });

  it("counts every delivery once", () => {
    const spikes = ["excitatory", "inhibitory"].map((name) => npy(result.files![`spikes-${name}.npy`]!));
    let events = 0;
    for (const [k, name] of ["excitatory", "inhibitory"].entries()) {
      const degrees = new Map<number, number>();
      for (const post of ["excitatory", "inhibitory"]) {
        const { data } = npy(result.files![`synapses-${name}-${post}-${name}.npy`]!);
        for (let s = 0; s < data.length; s += 2) {
          const pre = Number(data[s]);
          degrees.set(pre, (degrees.get(pre) ?? 0) + 1);
        }
      }
      const { data } = spikes[k]!;
      for (let s = 1; s < data.length; s += 2) events += degrees.get(Number(data[s])) ?? 0;
    }
    expect(run.synapticEvents).toBe(events);
    expect(run.spikes).toBe(spikes.reduce((sum, { shape }) => sum + shape[0]!, 0));
    expect(run.synapticEventsPerSecond).toBeCloseTo(events / run.wallSeconds, 6);
  });

  it("writes rates in bins of 1 ms, and each constant weight", () => {
    const rates = npy(result.files!["rates-inhibitory.npy"]!);
    expect(rates.shape).toEqual([1000 * seconds]);
    const weights = npy(result.files!["weights-inhibitory-excitatory-inhibitory.npy"]!);
    expect(new Set(weights.data as Float32Array)).toEqual(new Set([-9]));
  });

  it("tells how far it is, to the end", () => {
    expect(shares.at(-1)).toBe(1);
    expect([...shares].sort((a, b) => a - b)).toEqual(shares);
  });
});

it("stops when told to, and reports what there is", async () => {
  const stopping = new AbortController();
  const options = modelOptions(model, { seconds: 100, scale: 0.1 });
  const { json } = await model.run(await testDevice(), { ...options, signal: stopping.signal }, (share) => {
    if (share > 0) stopping.abort();
  });
  const { simulatedSeconds, spikes } = json as unknown as RunFigures;
  expect(simulatedSeconds).toBeGreaterThan(0);
  expect(simulatedSeconds).toBeLessThan(50);
  expect(spikes).toBeGreaterThan(0);
});

describe("what an adapter can't hold", () => {
  const network = cuba(
    { neurons: 4000, probability: 0.02, excitatory: 1.62, inhibitory: -9 },
    { scale: 1, seed: 1 },
  );
  const device = (binding: number, memory?: number) =>
    ({
      gpu: { limits: { maxBufferSize: binding, maxStorageBufferBindingSize: binding } },
      memory,
      allocated: 0,
    }) as unknown as Device;

  it("is drawn anew at every spike, and the rest is stored", () => {
    // 4000² · .02 = 320,000 synapses of 4 bytes, and 5 % to spare.
    expect(storeWhatFits(device(1.4e6), network).procedural).toEqual([]);
    expect(storeWhatFits(device(1.3e6), network).procedural).toHaveLength(4);
    expect(storeWhatFits(device(1e9, 1.3e6), network).procedural).toHaveLength(4);
  });

  it("can't have its weights written down", async () => {
    const small = { ...(await testDevice()), memory: 1000, allocated: 0 };
    const options = modelOptions(model, { record: ["weights"] });
    await expect(model.run(small, options, () => {})).rejects.toThrow("so weights can't be recorded");
  });
});
