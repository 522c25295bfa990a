/** The lab's address: what is written is read back the same, and nothing that can be typed throws or is used unchecked. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAddress, writeAddress } from "../../demos/lab/address";
import { outputs } from "../../demos/lab/run-address";
import { layersOf, limits, optionsOf, parametersFor, type RunSpec } from "../../demos/lab/spec";
import { firstState, type LabState, type Speed, speeds, taskNames } from "../../demos/lab/state";
import { findRule, resolveOptions, resolveValues, rules } from "../../src/experiment/rules";
import { optimiserNames } from "../../src/net/optimiser";
import { activations } from "../../src/net/population";

const some = <Of>(all: readonly Of[]) => fc.constantFrom(...all);

/** Any run that the engine would take. */
const anyRun: fc.Arbitrary<RunSpec> = fc
  .record({
    rule: some(rules.map(({ name }) => name)),
    hidden: fc.array(fc.integer({ min: 1, max: limits.width }), { maxLength: limits.hiddenLayers }),
    activation: some(activations),
    output: some(outputs),
    optimizer: some(optimiserNames),
    batch: fc.integer({ min: 1, max: limits.batch }),
    seed: fc.integer({ min: 0, max: limits.seed }),
    seeds: fc.integer({ min: 1, max: limits.seeds }),
    shown: fc.boolean(),
  })
  .chain((plain) => {
    const values = Object.entries(parametersFor(plain)).map(
      ([name, { min, max }]) => [name, fc.double({ min, max, noNaN: true }).map((x) => x + 0)] as const, // no −0
    );
    const options = Object.entries(findRule(plain.rule).options ?? {}).map(
      ([name, option]) =>
        [
          name,
          "choices" in option
            ? some<string | number>(option.choices)
            : fc.integer({ min: option.min, max: option.max }),
        ] as const,
    );
    return fc
      .record({
        values: fc.record(Object.fromEntries(values), { requiredKeys: [] }),
        options: fc.record(Object.fromEntries(options), { requiredKeys: [] }),
      })
      .map((numbers) => ({ ...plain, ...numbers }) as RunSpec);
  });

const samples = fc.option(fc.integer({ min: 1, max: limits.samples }), { nil: undefined });
const anyState: fc.Arbitrary<LabState> = fc.record({
  task: fc.oneof(
    some(taskNames),
    fc.string({ maxLength: 30, unit: "binary" }).map((name) => `own:${name}`),
  ),
  train: samples,
  test: samples,
  epochs: fc.double({ min: 0.001, max: limits.epochs, noNaN: true }),
  speed: some(Object.keys(speeds) as Speed[]),
  background: fc.boolean(),
  playing: fc.boolean(),
  runs: fc.array(anyRun, { minLength: 1, maxLength: 4 }),
});

it("reads back what it wrote", () => {
  fc.assert(
    fc.property(anyState, fc.boolean(), (state, software) => {
      const { state: read, complaints } = readAddress(writeAddress(state), software);
      expect(complaints).toEqual([]);
      expect(read).toEqual(state);
    }),
    { numRuns: 200 },
  );
});

/** Whatever was read, the engine must be able to use it. */
function expectSound({ task, epochs, speed, runs }: LabState): void {
  expect(taskNames.includes(task) || task.startsWith("own:")).toBe(true);
  expect(epochs > 0 && epochs <= limits.epochs).toBe(true);
  expect(Object.keys(speeds)).toContain(speed);
  expect(runs.length).toBeGreaterThan(0);
  expect(runs.length).toBeLessThanOrEqual(limits.runs);
  for (const run of runs) {
    const rule = findRule(run.rule);
    resolveValues(rule, run.optimizer, run.values);
    resolveOptions(rule, run.options);
    expect(
      layersOf(run, { inputs: 784, classes: 10 }).every((size) => Number.isInteger(size) && size >= 1),
    ).toBe(true);
    expect(
      optionsOf(run, { inputs: 784, classes: 10, train: { count: 100 } }, run.seed).batch,
    ).toBeLessThanOrEqual(100);
  }
}

it("survives 1,000 addresses of any characters, and 500 that are nearly right", () => {
  const anything = fc.oneof(
    fc.string({ maxLength: 200, unit: "binary" }),
    fc
      .array(
        some(
          "task=run=;:,.&%#set.opt.hidden:batch:seeds:backprop0123456789e-+NaN\u0000é".match(
            /[a-z]+[.=:]?|./gsu,
          )!,
        ),
        { maxLength: 60 },
      )
      .map((parts) => parts.join("")),
  );
  const nearly = fc
    .tuple(anyState, fc.nat(), fc.nat({ max: 12 }), fc.string({ maxLength: 12, unit: "binary" }))
    .map(([state, place, cut, put]) => {
      const address = writeAddress(state);
      const at = place % (address.length + 1);
      return address.slice(0, at) + put + address.slice(at + cut);
    });
  for (const [addresses, numRuns] of [
    [anything, 1000],
    [nearly, 500],
  ] as const)
    fc.assert(
      fc.property(addresses, (address) => {
        const { state, complaints } = readAddress(address, true);
        expectSound(state);
        for (const sentence of complaints) expect(sentence).toMatch(/^The address .*[.?]$/s);
        // What was understood is a state like any other: an address of its own brings it back.
        expect(readAddress(writeAddress(state), true)).toEqual({ state, complaints: [] });
      }),
      { numRuns },
    );
});

describe("says which part it could not use, and uses the rest", () => {
  it.each([
    ["task=mnits", /“mnits” for task, which should be one of xor/],
    ["speed=warp", /“warp” for speed/],
    ["epochs=-1", /“-1” for epochs/],
    ["epochs=Infinity", /“Infinity” for epochs/],
    ["tasks=digits", /“tasks”, which the lab does not know; did it mean task\?/],
    ["run=bakcprop", /“bakcprop”, which is no rule; did it mean backprop\?/],
    ["run=backprop;hidden:64,-3", /“64,-3” for hidden of backprop, which should be at most 6 sizes/],
    ["run=backprop;hidden:1,1,1,1,1,1,1", /for hidden of backprop/],
    ["run=backprop;batch:1.5", /“1.5” for batch of backprop/],
    ["run=backprop;seeds:6", /“6” for seeds of backprop, which should be a whole number from 1 to 5/],
    ["run=backprop;set.rate:1000", /“1000” for rate of backprop, which should be a number from 0 to 100/],
    ["run=backprop;set.gamma:1", /sets “gamma” of backprop, which it does not have with momentum/],
    [
      "run=predictive-coding;opt.form:best",
      /“best” for form of predictive-coding, which should be one of standard/,
    ],
    ["run=backprop;__proto__:1", /“__proto__” for backprop, which the lab does not know/],
    ["__proto__=1", /“__proto__”, which the lab does not know/],
    ["run=backprop;set.__proto__:1", /sets “__proto__” of backprop/],
    ["task=%E0%A4%A", /“%E0%A4%A” for task/],
  ])("%s", (address, said) => {
    const { state, complaints } = readAddress(`${address}&background=on`, true);
    expect(complaints).toEqual([expect.stringMatching(said)]);
    expect(state.background).toBe(true);
    expectSound(state);
  });
});

it("takes an empty address for the first state, and a rule alone for its fresh run", () => {
  expect(readAddress("", true)).toEqual({ state: firstState(true), complaints: [] });
  const { state } = readAddress("run=predictive-coding", true);
  expect(state.runs).toMatchObject([
    { rule: "predictive-coding", optimizer: "adam", values: { gamma: 0.1 } },
  ]);
});
