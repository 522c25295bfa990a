/** Links to the workbench: a state survives the way there and back, and no address whatever throws. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { ruleExamples } from "../../demos/workbench/examples";
import {
  datas,
  hashOf,
  measures,
  modes,
  readState,
  rivals,
  type State,
  sizes,
  steps,
  usual,
} from "../../demos/workbench/state";

/** No control characters, which a link may not hold. */
const text = fc
  .string({ unit: "grapheme", maxLength: 60 })
  .filter((all) => [...all].every((char) => char >= " "));
const size = (least: number, most: number) =>
  fc.double({ min: least, max: most, noNaN: true }).map((value) => Number(value.toPrecision(4)));

const states: fc.Arbitrary<State> = fc.record({
  mode: fc.constantFrom(...modes),
  rule: fc.oneof(text, fc.constantFrom(...ruleExamples.map((one) => one.text))),
  neuron: text.map((all) => `${all}\nv' = -v`),
  name: fc.string({ unit: "grapheme-ascii", maxLength: 40 }),
  beside: fc.constantFrom(...rivals),
  data: fc.constantFrom(...datas),
  show: fc.constantFrom(...measures),
  neurons: fc.constantFrom(...sizes),
  rate: size(1e-7, 100),
  input: size(-1000, 1000),
  most: size(1e-6, 1e6),
  dt: fc.constantFrom(...steps),
});

it("a state survives the way into an address and back", () => {
  fc.assert(
    fc.property(states, (state) => {
      const { state: back, faults, linked } = readState(hashOf(state));
      expect(faults).toEqual([]);
      expect(linked).toBe(true);
      expect(back).toEqual(state);
    }),
    { numRuns: 100, seed: 2 },
  );
});

it("the usual state writes no more than its text", () => {
  expect([...new URLSearchParams(hashOf(usual).slice(1)).keys()]).toEqual(["rule"]);
  expect(readState("")).toEqual({ state: usual, linked: false, faults: [] });
});

it("1,000 random addresses never throw, and leave a state that can be used", () => {
  const part = fc.oneof(fc.constantFrom(...Object.keys(usual)), fc.string({ maxLength: 8 }));
  const value = fc.oneof(
    fc.string({ unit: "binary", maxLength: 30 }),
    fc.constantFrom(
      "",
      "1e999",
      "-0",
      "NaN",
      "1e-400",
      "cloud",
      "rule",
      "0.1",
      "x".repeat(5000),
      "%E0%A4%A",
      "__proto__",
    ),
  );
  const pairs = fc.array(fc.tuple(part, value), { maxLength: 8 });
  const addresses = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    pairs.map((all) => all.map(([name, of]) => `${name}=${of}`).join("&")),
    pairs.map((all) => new URLSearchParams(all).toString()),
  );
  fc.assert(
    fc.property(addresses, (address) => {
      const { state, faults } = readState(`#${address}`);
      const sound =
        Object.keys(state).join() === Object.keys(usual).join() &&
        modes.includes(state.mode) &&
        sizes.some((one) => one === state.neurons) &&
        [state.rate, state.input, state.most, state.dt].every(Number.isFinite) &&
        state.rule.length <= 4000 &&
        faults.every((fault) => /^(In the link, |The link is ).+\.$/s.test(fault));
      return sound;
    }),
    { numRuns: 1000, seed: 9 },
  );
});

it.each([
  [`#rule=${"x".repeat(4001)}`, "it may have 4000 characters at most"],
  [`#${"x".repeat(40_001)}`, "The link is 40001 characters long, where 40000 is the most"],
  ["#rate=fast", "rate can’t be “fast”: it is a number from 1e-7 to 100"],
  ["#data=mnits", "data can’t be “mnits”: it is one of cloud, digits"],
  ["#rule=a%00b", "it may hold no control characters"],
])("%.20s… is told in a sentence", (hash, sentence) => {
  const { state, faults } = readState(hash);
  expect(faults.join()).toContain(sentence);
  expect(state).toEqual(usual);
});
