/**
 * Surrogate gradients on the GPU. Oracles: the float64 loops of test/reference/temporal/surrogate.ts (whose law is tested
 * there); and bits that may not change with how time is cut up.
 */
import { describe, expect, it } from "vitest";
import { surrogates } from "../../src/net/temporal/current-lif";
import { latencyTable } from "../../src/net/temporal/latency";
import type { SurrogateOptions } from "../../src/net/temporal/surrogate-network";
import type { Time } from "../../src/net/temporal/time";
import { runTrial } from "../reference/temporal/surrogate";
import { expectClose, expectSameBits } from "../support/close";
import { testDevice } from "../support/device";
import { referenceOf, runSurrogate, small } from "../support/surrogate";

const steps = 48;
const whole: Time = { steps, rows: steps, span: steps };
const single: Time = { steps, rows: steps, span: 1 };

const directions = (recurrent: boolean) => [
  "input-hidden/weight/direction",
  "hidden-output/weight/direction",
  ...(recurrent ? ["hidden-hidden/weight/direction"] : []),
];

const firstForms: [what: string, options: SurrogateOptions][] = [
  ["with an attached reset", { reset: "attached" }],
  ["recurrent", { recurrent: true }],
];

describe.each(surrogates)("%s", (surrogate) => {
  const first = surrogate === surrogates[0];
  const forms: [what: string, options: SurrogateOptions][] = [
    ["as SpyTorch runs it", {}],
    ...(first ? firstForms : []),
    ["smooth, recurrent, attached", { spike: "smooth", steepness: 1.1, recurrent: true, reset: "attached" }],
  ];
  it.each(forms)("has the gradient of the float64 loops, %s", async (_, form) => {
    const options = { surrogate, steepness: 10, ...form };
    const recurrent = options.recurrent === true;
    const { memory } = await runSurrogate(await testDevice(), recurrent ? single : whole, options);
    const { model, weights, samples, found } = referenceOf(steps, options);
    const trials = samples.map((sample) => runTrial(model, weights, sample));
    const spikes = await memory.read("hidden/spikes");
    const { hidden } = model;
    const spiked = Array.from({ length: steps }, (_, t) => trials.map((trial) => [...trial.spikes[t]!])).flat(
      2,
    );
    const seen = spikes.slice(0, steps * small.batch * hidden);
    if (model.smooth) expectClose(seen, spiked, "activity", { relative: 1e-4, absolute: 1e-6 });
    else {
      expect([...seen]).toEqual(spiked);
      const count = spiked.filter((s) => s > 0).length;
      expect(count / spiked.length, "spikes a neuron and step").toBeGreaterThan(0.01);
      expect(count / spiked.length).toBeLessThan(0.5);
    }
    const expected = [found.first, found.last, found.around];
    for (const [at, name] of directions(recurrent).entries()) {
      const largest = Math.max(...expected[at]!.map(Math.abs));
      expect(largest, name).toBeGreaterThan(1e-4);
      expectClose(await memory.read(name), expected[at]!, name, { relative: 5e-4, absolute: 1e-5 * largest });
    }
    const score = await memory.read("output/score");
    const losses = trials.map(({ loss }) => loss);
    expectClose(
      score.filter((_, i) => i % 2 === 0),
      losses,
      "loss",
      { relative: 1e-5, absolute: 1e-6 },
    );
    memory.destroy();
  });
});

describe.each([false, true])("recurrent: %s", (recurrent) => {
  it("has the same bits however time is cut up, also where segments are computed again", async () => {
    const device = await testDevice();
    const times: Time[] = recurrent
      ? [{ steps, rows: 16, span: 1 }]
      : [single, { steps, rows: 24, span: 24 }, { steps, rows: 16, span: 4 }];
    const options = { recurrent, steepness: 10, reset: "attached" } as const;
    const first = await runSurrogate(device, recurrent ? single : whole, options);
    for (const time of times) {
      const other = await runSurrogate(device, time, options);
      for (const name of [...directions(recurrent), "output/score"])
        expectSameBits(
          await other.memory.read(name),
          await first.memory.read(name),
          `${name} with ${time.rows} rows and spans of ${time.span}`,
        );
      expect(other.memory.field("hidden/membranes").shape[0]).toBe(time.rows);
      other.memory.destroy();
    }
    first.memory.destroy();
  });
});

it("fires inputs when SpyTorch's formula says", () => {
  const table = latencyTable(100);
  expect([table[0], table[50], table[255]]).toEqual([100, 100, 4]);
  expect(table[128]).toBe(Math.floor(20 * Math.log(128 / (128 - 51))));
  // 51 / 255 is the threshold itself: charged by a little more, it would fire after 20 ln(0.2 / 1e-7) steps.
  expect([latencyTable(256)[51], latencyTable(400)[51]]).toEqual([256, 290]);
});

it("refuses time that can't be cut up so", async () => {
  const device = await testDevice();
  await expect(runSurrogate(device, { steps: 48, rows: 9, span: 1 }, {})).rejects.toThrow(
    "Segments must divide the 48 steps evenly, but have 9; choose a divisor.",
  );
  await expect(runSurrogate(device, { steps: 48, rows: 12, span: 5 }, {})).rejects.toThrow(
    "Spans must divide the 12 steps of a segment evenly, but have 5; choose a divisor.",
  );
});
