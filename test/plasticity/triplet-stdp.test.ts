/**
 * The triplet rule on spikes that are counted by hand, one term at a time, and its fits on the experiments behind them: pairs at two
 * frequencies in visual cortex (Sjöström, Turrigiano & Nelson 2001), triplets in hippocampus (Wang et al. 2005).
 */
import { beforeAll, describe, expect, it } from "vitest";
import { nearestTripletStdp, tripletFits, tripletStdp } from "../../src/plasticity/triplet-stdp";
import { expectClose } from "../support/close";
import { type Case, runPairing } from "./pairing";
import { walk } from "./walk";

const dt = 1;
const p = {
  ...{ pairPotentiation: 0.01, tripletPotentiation: 0.02, pairDepression: 0.015, tripletDepression: 0.03 },
  ...{ tauPlus: 16.8, tauMinus: 33.7, tauX: 101, tauY: 125 },
};
const left = (steps: number, tau: number) => Math.exp((-steps * dt) / tau);
const byHand: Case[] = [
  { pre: [10], post: [20] },
  { pre: [20], post: [10] },
  { pre: [10], post: [20, 30] },
  { pre: [10, 30], post: [20] },
  { pre: [10, 30], post: [20], delay: 4 },
];
const trains: Case[] = [
  { pre: [10, 14, 40, 41, 90], post: [12, 14, 30, 60, 62] },
  { pre: [5, 9, 13, 50], post: [9, 13, 17, 21, 70], delay: 4 },
];
/** Pairs at a frequency, one neuron 10 ms before the other. */
const pairs = (count: number, hz: number, lag: number): Case => {
  const at = Array.from({ length: count }, (_, k) => 25 + Math.round((k * 1000) / hz / dt));
  const late = at.map((step) => step + Math.abs(lag) / dt);
  return { ...(lag > 0 ? { pre: at, post: late } : { pre: late, post: at }), weight: 0 };
};
const visual = [pairs(60, 50, 10), pairs(60, 50, -10), pairs(20, 20, 10), pairs(20, 20, -10)];
/** What sixty pairs at 50 Hz did to synapses, relative to the weight at first, as Pfister & Gerstner's figures give it. */
const found2001 = [0.56, 0.75];
const hippocampal: Case[] = [
  { pre: [20], post: [10, 30], weight: 0 },
  { pre: [10, 30], post: [20], weight: 0 },
];
const steps = 1250;
const models = [tripletStdp, nearestTripletStdp];
const bounds = { min: -2, max: 2 };
let found: Float32Array[];
beforeAll(async () => {
  const groups = [
    ...models.map((model) => ({
      plasticity: { model, params: p, ...bounds },
      cases: [...byHand, ...trains],
    })),
    { plasticity: { model: tripletStdp, ...bounds }, cases: visual },
    {
      plasticity: { model: tripletStdp, params: tripletFits.hippocampus, ...bounds },
      cases: hippocampal,
    },
  ];
  found = (await runPairing({ groups, dt, steps })).map(({ weight }) => weight!);
}, 60_000);

describe("triplet STDP", () => {
  it("adds r₁ (A₂₊ + A₃₊ o₂) and takes o₁ (A₂₋ + A₃₋ r₂), each with the spiking neuron's own trace of before", () => {
    const plus = p.pairPotentiation * left(10, p.tauPlus);
    const twice = left(20, p.tauPlus) * (p.pairPotentiation + p.tripletPotentiation * left(10, p.tauY));
    const minus = (lag: number) =>
      left(lag, p.tauMinus) * (p.pairDepression + p.tripletDepression * left(20, p.tauX));
    const expected = [
      plus,
      -p.pairDepression * left(10, p.tauMinus),
      plus + twice,
      plus - minus(10),
      p.pairPotentiation * left(6, p.tauPlus) - minus(14),
    ].map((change) => 0.5 + change);
    // No trace has met two spikes of its neuron before it is read, so that nearest and all are the same here.
    for (const k of [0, 1])
      expectClose(found[k]!.slice(0, byHand.length), expected, models[k]!.name, { relative: 3e-7 });
  });

  it.each(["add", "set"] as const)("has a loop's weights after trains of spikes (traces: %s)", (jump) => {
    const expected = trains.map((one) =>
      walk(one, {
        ...{ dt, steps, jump, ...bounds },
        pre: { r1: p.tauPlus, r2: p.tauX },
        post: { o1: p.tauMinus, o2: p.tauY },
        arrive: (w, { r2 }, { o1 }) => w - o1! * (p.pairDepression + p.tripletDepression * r2!),
        fire: (w, { r1 }, { o2 }) => w + r1! * (p.pairPotentiation + p.tripletPotentiation * o2!),
      }),
    );
    const weights = found[jump === "add" ? 0 : 1]!.slice(byHand.length);
    expectClose(weights, expected, "weights", { relative: 1e-6 });
  });

  it("fitted to visual cortex, potentiates pairs at 50 Hz in either order, by about as much as was found, but not at 20 Hz", () => {
    expectClose(found[2]!.slice(0, 2), found2001, "change", { relative: 0, absolute: 0.2 });
    const [first, after] = found[2]!.slice(2);
    expect(first).toBeGreaterThan(0.02);
    expect(after).toBeLessThan(-0.05);
    const { visualCortex } = tripletFits;
    for (const [name, value] of Object.entries(visualCortex))
      expect(tripletStdp.params[name]!.default).toBe(value);
  });

  it("fitted to hippocampus, gains .33 from sixty post-pre-post triplets and far less from pre-post-pre", () => {
    const [postPrePost, prePostPre] = [...found[3]!].map((change) => 60 * change);
    expect(Math.abs(postPrePost! - 0.33)).toBeLessThan(0.1);
    expect(prePostPre).toBeLessThan(postPrePost! / 3);
  });
});
