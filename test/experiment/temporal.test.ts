/** The models that learn through time, small: what they tell, that they learn, that they stop, and what they refuse. */
import { describe, expect, it } from "vitest";
import { type EvidenceOptions, evidenceAccumulation } from "../../src/experiment/eprop";
import { type SurrogateFashionOptions, surrogateFashion } from "../../src/experiment/surrogate";
import { digits } from "../../src/task/digits";
import { testDevice } from "../support/device";

/** All that a generator tells, and what it comes to. */
async function all<Event, Result>(run: AsyncGenerator<Event, Result>) {
  const events: Event[] = [];
  for (;;) {
    const { value, done } = await run.next();
    if (done) return { events, result: value };
    events.push(value);
  }
}

const dataset = digits.load({ train: 300, test: 100 });
const few: SurrogateFashionOptions = { layers: [784, 24, 10], batch: 30, steps: 40, epochs: 6, rate: 2e-3 };
const train = async (options: SurrogateFashionOptions) =>
  all(surrogateFashion(await testDevice(), await dataset, { ...few, ...options }));

describe("surrogate-fashion's model, on drawn digits", () => {
  it("learns, tests every epoch, and says what was measured", async () => {
    const { events, result } = await train({});
    const epochs = events.filter((event) => event.type === "epoch");
    expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(epochs.map(({ samples }) => samples)).toEqual([300, 600, 900, 1200, 1500, 1800]);
    expect(epochs.at(-1)!.trainLoss).toBeLessThan(epochs[0]!.trainLoss);
    expect(result.accuracy).toBeGreaterThan(0.6);
    expect(result).toMatchObject({ model: "surrogate-fashion", epochs: 6, samples: 1800, seed: 1 });
    expect(result.accuracy).toBe(epochs.at(-1)!.testAccuracy);
    const steps = events.filter((event) => event.type === "steps");
    expect(steps.at(-1)!.epoch).toBe(6);
  });

  it("comes to the same with segments that are run again, and to another with another seed", async () => {
    const one = { epochs: 1, train: 60 };
    const [whole, cut, other] = [
      await train(one),
      await train({ ...one, segment: 20 }),
      await train({ ...one, seed: 2 }),
    ];
    const loss = ({ events }: typeof whole) =>
      events.flatMap((event) => (event.type === "epoch" ? event.testLoss : []));
    expect(loss(cut)).toEqual(loss(whole));
    expect(loss(other)).not.toEqual(loss(whole));
  });

  it("stops when told to", async () => {
    const stop = new AbortController();
    const run = surrogateFashion(await testDevice(), await dataset, { ...few, signal: stop.signal });
    await run.next();
    stop.abort();
    await expect(run.next()).rejects.toThrow("abort");
  });

  it.each([
    [{ epochs: 0 }, "Training takes a whole number of epochs, 1 or more, but got 0."],
    [{ steps: 300 }, "A trial takes from 1 to 256 steps, but got 300."],
    [{ segment: 7 }, "Segments must divide the 40 steps evenly, but have 7; choose a divisor."],
    [{ rate: -1 }, "The rate must be above 0, but is -1."],
    [{ layers: [9, 5, 10] as const }, "inputs"],
  ])("refuses %j", async (options, message) => {
    await expect(train(options)).rejects.toThrow(message);
  });
});

const brief: EvidenceOptions = {
  ...{ dtMs: 10, delayMs: 100, regular: 12, adaptive: 12, batch: 16, adaptationMs: 1000 },
  ...{ iterations: 60, tests: 128, testEvery: 60, rate: 0.01 },
};
const accumulate = async (options: EvidenceOptions) =>
  all(evidenceAccumulation(await testDevice(), { ...brief, ...options }));

describe("evidence-accumulation's model, small and coarse", () => {
  it("learns to weigh seven cues", async () => {
    const { events, result } = await accumulate({});
    expect(result.accuracy).toBeGreaterThan(0.8);
    expect(result).toMatchObject({ model: "evidence-accumulation", iterations: 60, samples: 960 });
    const tests = events.filter((event) => event.type === "test");
    expect(tests.map(({ iteration }) => iteration)).toEqual([60]);
    expect(tests[0]!.rate).toBeGreaterThan(1);
  });

  it("stops when told to, and where few errors are left", async () => {
    const stop = new AbortController();
    const run = evidenceAccumulation(await testDevice(), { ...brief, signal: stop.signal });
    await run.next();
    stop.abort();
    await expect(run.next()).rejects.toThrow("abort");
    const { result } = await accumulate({ testEvery: 2, tests: 16, until: 1.01 });
    expect(result.iterations).toBe(2);
  });

  it.each([
    [{ iterations: 0 }, "Evidence accumulation takes a whole number of iterations, 1 or more, but got 0."],
    [{ feedback: "symetric" as "symmetric" }, "symmetric"],
    [{ rate: 0 }, "The rate must be above 0, but is 0."],
  ])("refuses %j", async (options, message) => {
    await expect(accumulate(options)).rejects.toThrow(message);
  });
});
