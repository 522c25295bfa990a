/** The profiler's address: what goes out comes back, and nothing that comes in throws. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressOf, readAddress } from "../../demos/profiler/address";
import { usualPlans } from "../../demos/profiler/usual";
import { checkPlan, type ProfilePlan } from "../../src/experiment/profile-plan";

const usual = usualPlans(true);
const read = (search: string) => readAddress(search, usual);

describe("the profiler's address", () => {
  it.each<ProfilePlan>([
    usual.layered,
    usual.spiking,
    {
      rule: "predictive-coding",
      layers: [30, 20, 20, 5],
      batch: 7,
      optimizer: "adam",
      activation: "tanh",
      output: "sigmoid",
      options: { steps: 12, form: "z-il" },
    },
    { model: "microcircuit", scale: 0.05 },
  ])("gives a plan back as it was: $rule$model", (plan) => {
    expect(read(addressOf(plan))).toEqual({ plan, faults: [] });
  });

  it("says what can't be used, and keeps the rest", () => {
    const { plan, faults } = read("?rule=backprob&layers=9-8-x&batch=16&speed=2");
    expect(plan).toEqual({ ...usual.layered, batch: 16 });
    expect(faults).toHaveLength(3);
    expect(faults[0]).toMatch(/“rule=backprob” can’t be used: a rule is one of backprop, /);
    expect(faults[1]).toMatch(/layers are 2 to 12 whole numbers/);
    expect(faults[2]).toMatch(/“speed” means nothing to backprop/);
  });

  it("says where parts don't go together", () => {
    const { plan, faults } = read("?rule=perceptron&layers=9-8-2");
    expect(plan).toEqual(usual.layered);
    expect(faults).toEqual([expect.stringContaining("no way to teach hidden layers")]);
    expect(read("?model=cuba-4k&scale=0").faults).toHaveLength(1);
    expect(read("?model=cuba-4k&scale=9999").plan).toEqual(usual.spiking);
    expect(read("?rule=equilibrium-propagation&free=0&nudged=5").plan).toMatchObject({
      options: { nudged: 5 },
    });
  });

  it("stands a thousand addresses that nobody meant", () => {
    const name = fc.oneof(
      fc.constantFrom(
        "rule",
        "layers",
        "batch",
        "model",
        "scale",
        "steps",
        "output",
        "__proto__",
        "constructor",
      ),
      fc.string({ maxLength: 12 }),
    );
    const value = fc.oneof(
      fc.constantFrom("backprop", "hebb", "cuba-4k", "8-4-2", "1e9", "-1", "NaN", "99999999999", "0", "4096"),
      fc.string({ maxLength: 40 }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { maxLength: 6 }), (parts) => {
        const { plan, faults } = read(`?${new URLSearchParams(parts)}`);
        checkPlan(plan);
        for (const fault of faults) expect(fault.length).toBeGreaterThan(10);
        expect(read(addressOf(plan)).plan).toEqual(plan);
      }),
      { numRuns: 1000 },
    );
  });
});
