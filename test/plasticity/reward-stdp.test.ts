/**
 * Reward-modulated STDP on spikes that are counted by hand, and its laws: without dopamine no weight moves, and with the
 * dopamine's sign flipped the update flips.
 */
import { describe, expect, it } from "vitest";
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

describe("reward-stdp (Izhikevich 2007)", () => {
  const pairing = (params: Record<string, number>, amount: number): Pairing => ({
    plasticity: { model: rewardStdp, params, min: -5, max: 5, every: 10 },
    cases,
    steps: 60,
    released: { ...released, amount },
  });
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

  it("gathers pairs in the eligibility and moves by (.002 + dopamine) times it every 10 ms", async () => {
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
    const found = await runPairing(pairing({}, 0.5), ["weight", "eligibility"]);
    for (const name of ["weight", "eligibility"] as const)
      expectClose(
        found[name]!,
        expected.map((one) => one[name]),
        name,
        { relative: 1e-6 },
      );
  });

  it("never moves a weight without dopamine, though synapses are eligible", async () => {
    const found = await runPairing(pairing({ baseline: 0 }, 0), ["weight", "eligibility"]);
    expect([...found.weight!]).toEqual(cases.map(() => start));
    for (const eligibility of found.eligibility!) expect(Math.abs(eligibility)).toBeGreaterThan(0.01);
  });

  it("flips the update with the dopamine's sign", async () => {
    // From a weight of 0 no bit is lost, so the two are each other's opposite exactly.
    const from0 = cases.map((one) => ({ ...one, weight: 0 }));
    const [up, down] = [0.5, -0.5].map((amount) => ({ ...pairing({ baseline: 0 }, amount), cases: from0 }));
    const { weight: plus } = await runPairing(up!);
    const { weight: minus } = await runPairing(down!);
    expect([...minus!]).toEqual([...plus!].map((weight) => -weight));
    for (const weight of plus!) expect(Math.abs(weight)).toBeGreaterThan(0.01);
  });
});

describe("mstdpet (Florian 2007)", () => {
  const params = {
    potentiation: 1,
    depression: 0.8,
    tauPlus: 20,
    tauMinus: 30,
    tauEligibility: 25,
    rate: 0.01,
  };
  const pairing = (amount: number): Pairing => ({
    plasticity: { model: mstdpet, params, min: -5, max: 5, every: 1 },
    cases,
    steps: 60,
    released: { ...released, amount },
  });

  it("counts all pairs, and moves in every step by γ r z", async () => {
    const expected = cases.map(({ pre, post, delay = 0 }) => {
      let [weight, z, reward, plus, minus] = [start, 0, 0, 0, 0];
      for (let step = 0; step < 60; step++) {
        reward = reward * Math.exp(-1 / 200) + (step === 24 ? 0.5 : 0);
        plus *= Math.exp(-1 / params.tauPlus);
        minus *= Math.exp(-1 / params.tauMinus);
        if (pre.includes(step - delay)) {
          plus += 1;
          z -= (params.depression * minus) / params.tauEligibility;
        }
        if (post.includes(step)) {
          minus += 1;
          z += (params.potentiation * plus) / params.tauEligibility;
        }
        weight += params.rate * reward * z;
        z *= Math.exp(-1 / params.tauEligibility);
      }
      return { weight, eligibility: z };
    });
    const found = await runPairing(pairing(0.5), ["weight", "eligibility"]);
    for (const name of ["weight", "eligibility"] as const)
      expectClose(
        found[name]!,
        expected.map((one) => one[name]),
        name,
        { relative: 2e-6 },
      );
  });

  it("never moves a weight without reward", async () => {
    expect([...(await runPairing(pairing(0))).weight!]).toEqual(cases.map(() => start));
  });
});
