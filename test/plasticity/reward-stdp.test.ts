/**
 * Reward-modulated STDP on spikes that are counted by hand, and its laws: without dopamine no weight moves, and with the
 * dopamine's sign flipped the update flips.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { mstdpet, rewardStdp } from "../../src/plasticity/reward-stdp";
import { expectClose } from "../support/close";
import { type Pairing, runPairing } from "./pairing";

const start = 0.5;
const cases = [
  { pre: [3], post: [8] },
  { pre: [8], post: [3] },
  { pre: [3], post: [12], delay: 4 },
  { pre: [3, 11], post: [5, 14] },
];
const released = { steps: [24], amount: 0.5 };
const florian = {
  potentiation: 1,
  depression: 0.8,
  tauPlus: 20,
  tauMinus: 30,
  tauEligibility: 25,
  rate: 0.01,
};
/** Both rules; the third group, from weights of 0, has no baseline: no bit is lost, so that its sign can flip exactly. */
const pairing = (amount: number): Pairing => ({
  groups: [
    { plasticity: { model: rewardStdp, min: -5, max: 5, every: 10 }, cases },
    { plasticity: { model: mstdpet, params: florian, min: -5, max: 5, every: 1 }, cases },
    {
      plasticity: { model: rewardStdp, params: { baseline: 0 }, min: -5, max: 5, every: 10 },
      cases: cases.map((one) => ({ ...one, weight: 0 })),
    },
  ],
  steps: 60,
  released: { ...released, amount },
});
const variables = ["weight", "eligibility"] as const;
let found: Record<string, Float32Array>[];
beforeAll(async () => {
  found = await runPairing(pairing(released.amount), variables, "both");
}, 60_000);

describe("reward-stdp (Izhikevich 2007)", () => {
  /** Nearest pairs: traces of 1 that keep .95 a ms; what joins the eligibility by which step. */
  const keep = (steps: number) => 0.95 ** steps;
  const joins: [step: number, amount: number][][] = [
    [[8, 0.1 * keep(5)]],
    [[8, -0.15 * keep(5)]],
    [[12, 0.1 * keep(5)]],
    [
      [5, 0.1 * keep(2)],
      [11, -0.15 * keep(6)],
      [14, 0.1 * keep(3)],
    ],
  ];

  it("gathers pairs in the eligibility and moves by (.002 + dopamine) times it every 10 ms", () => {
    const expected = joins.map((all) => {
      let [weight, eligibility, dopamine] = [start, 0, 0];
      for (let step = 0; step < 60; step++) {
        dopamine = dopamine * Math.exp(-1 / 200) + (step === 24 ? 0.5 : 0);
        for (const [at, amount] of all) if (at === step) eligibility += amount;
        if ((step + 1) % 10 === 0) {
          weight += (0.002 + dopamine) * eligibility;
          eligibility *= 0.99;
        }
      }
      return { weight, eligibility };
    });
    for (const name of variables)
      expectClose(
        found[0]![name]!,
        expected.map((one) => one[name]),
        name,
        { relative: 1e-6 },
      );
  });
});

describe("mstdpet (Florian 2007)", () => {
  it("counts all pairs, and moves in every step by γ r z", () => {
    const expected = cases.map(({ pre, post, delay = 0 }) => {
      let [weight, z, reward, plus, minus] = [start, 0, 0, 0, 0];
      for (let step = 0; step < 60; step++) {
        reward = reward * Math.exp(-1 / 200) + (step === 24 ? 0.5 : 0);
        plus *= Math.exp(-1 / florian.tauPlus);
        minus *= Math.exp(-1 / florian.tauMinus);
        if (pre.includes(step - delay)) {
          plus += 1;
          z -= (florian.depression * minus) / florian.tauEligibility;
        }
        if (post.includes(step)) {
          minus += 1;
          z += (florian.potentiation * plus) / florian.tauEligibility;
        }
        weight += florian.rate * reward * z;
        z *= Math.exp(-1 / florian.tauEligibility);
      }
      return { weight, eligibility: z };
    });
    for (const name of variables)
      expectClose(
        found[1]![name]!,
        expected.map((one) => one[name]),
        name,
        { relative: 2e-6 },
      );
  });
});

describe("both", () => {
  it("never move a weight without dopamine, though synapses are eligible", async () => {
    const [, ...silent] = await runPairing(pairing(0), variables);
    expect([...silent[0]!.weight!]).toEqual(cases.map(() => start));
    expect([...silent[1]!.weight!]).toEqual(cases.map(() => 0));
    for (const { eligibility } of silent)
      for (const value of eligibility!) expect(Math.abs(value)).toBeGreaterThan(1e-3);
  });

  it("flip the update with the dopamine's sign", async () => {
    const flipped = await runPairing(pairing(-released.amount));
    expect([...flipped[2]!.weight!]).toEqual([...found[2]!.weight!].map((weight) => -weight));
    for (const weight of found[2]!.weight!) expect(Math.abs(weight)).toBeGreaterThan(0.01);
    const change = (weights: Float32Array) => weights.map((weight) => weight - start);
    const opposite = change(found[1]!.weight!).map((value) => -value);
    expectClose(change(flipped[1]!.weight!), opposite, "mstdpet", { relative: 0, absolute: 1e-6 });
  });
});
