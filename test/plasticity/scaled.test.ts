/**
 * Synaptic scaling against a float64 loop, alone and beside rules of two kinds, and what it is for: the post neuron's rate is
 * brought to its goal, and the weights keep their ratios.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { Simulation } from "../../src/experiment/simulation";
import type { SpikingNetwork } from "../../src/net/spiking/model";
import { lifExp } from "../../src/neuron/lif-exp";
import { poisson } from "../../src/neuron/poisson";
import { pairStdp } from "../../src/plasticity/pair-stdp";
import { rewardStdp } from "../../src/plasticity/reward-stdp";
import { scaled } from "../../src/plasticity/scaled";
import { expectClose } from "../support/close";
import { testDevice } from "../support/device";
import { type Case, runPairing } from "./pairing";

const scaling = { goal: 40, beta: 0.02, gamma: 0.05, tauRate: 100 };
const still = { potentiation: 0, depression: 0 };
const every = 5;
const cases: Case[] = [
  { pre: [3], post: [] },
  { pre: [3], post: [2, 4, 6, 8, 10, 12, 14], weight: 1.5 },
  { pre: [20], post: [17], weight: 0.25 },
];
const bounds = { min: 0, max: 4, every };
let found: Record<string, Float32Array>[];
beforeAll(async () => {
  const groups = [
    { plasticity: { model: scaled(pairStdp), params: { ...scaling, ...still }, ...bounds }, cases },
    { plasticity: { model: scaled(pairStdp), params: scaling, ...bounds }, cases },
    { plasticity: { model: scaled(rewardStdp), params: scaling, ...bounds }, cases },
  ];
  found = await runPairing({ groups, steps: 50 }, ["weight", "owed"], "both");
}, 60_000);

/** The weight of a case, and what the neuron is owed, where a rule adds something of its own at some steps. */
function expected({ post, weight = 0.5 }: Case, own: (step: number) => number) {
  let [w, rate, owed] = [weight, 0, 0];
  for (let step = 0; step < 50; step++) {
    rate = rate * Math.exp(-1 / scaling.tauRate) + (post.includes(step) ? 1 : 0);
    w += own(step);
    if ((step + 1) % every !== 0) continue;
    const lacking = scaling.goal - (1000 * rate) / scaling.tauRate;
    owed += (lacking * every) / 1000;
    w += (every / 1000) * w * (scaling.beta * lacking + scaling.gamma * owed);
  }
  return { weight: w, owed };
}

describe("scaled", () => {
  it("adds every · w · (β (goal − a) + γ ∫ (goal − a) dt) at each sweep", () => {
    const all = cases.map((one) => expected(one, () => 0));
    for (const name of ["weight", "owed"] as const)
      expectClose(
        found[0]![name]!,
        all.map((one) => one[name]),
        name,
        { relative: 2e-6 },
      );
    expect(found[0]!.weight![0]).toBeGreaterThan(0.5); // silent: strengthened
    expect(found[0]!.weight![1]).toBeLessThan(1.5); // above its goal: weakened
  });

  it("leaves the rule beside it as it is", () => {
    const lag = Math.exp(-3 / 20);
    const onArrival = expected(cases[2]!, (step) => (step === 20 ? -0.0105 * lag : 0));
    expect(found[1]!.weight![2]).toBeCloseTo(onArrival.weight, 6);
    const eligibility = -0.15 * 0.95 ** 3;
    const bySweep = expected(cases[2]!, (step) => {
      const sweeps = Math.floor((step - 20) / every);
      const keep = 0.99 ** ((every / 10) * sweeps);
      return step >= 20 && (step + 1) % every === 0 ? 0.1 * every * 0.002 * eligibility * keep : 0;
    });
    expect(found[2]!.weight![2]).toBeCloseTo(bySweep.weight, 6);
    expect(Math.abs(bySweep.weight - found[0]!.weight![2]!)).toBeGreaterThan(1e-4);
  });

  it("refuses a rule that has one of its names", () => {
    expect(() => scaled(scaled(pairStdp))).toThrow(
      "scaled-pair-stdp can't be scaled, since it has a goal of its own; give that another name.",
    );
  });

  it("brings neurons that fire too much and too little to their goal, and keeps their weights' ratios", async () => {
    const model = scaled(pairStdp);
    const onto = (post: string, mean: number) => ({
      ...{ pre: "in", post, port: "excitatory", connect: { kind: "all-to-all" } as const },
      weight: { uniform: [0.5 * mean, 1.5 * mean] as const },
      plasticity: {
        ...{ model, min: 0, max: 2, every: 10 },
        params: { ...still, goal: 20, beta: 0.4, tauRate: 200 },
      },
    });
    const network: SpikingNetwork = {
      dt: 1,
      seed: 7,
      populations: [
        { name: "in", model: poisson, size: 50, params: { rate: 20 } },
        { name: "low", model: lifExp, size: 8 },
        { name: "high", model: lifExp, size: 8 },
      ],
      projections: [onto("low", 0.03), onto("high", 0.15)],
    };
    const simulation = await Simulation.create(await testDevice(), network, { lowering: "steps" });
    const before = await simulation.readWeights("in-low/excitatory");
    await simulation.run(1500);
    simulation.forget();
    await simulation.run(1000);
    for (const name of ["low", "high"]) {
      const rate = simulation.spikes(name).steps.length / 8;
      expect(Math.abs(rate - 20)).toBeLessThan(3);
    }
    const after = await simulation.readWeights("in-low/excitatory");
    const { post } = await simulation.readSynapses("in-low/excitatory");
    const factor = Array.from(
      { length: 8 },
      (_, neuron) => after[post.indexOf(neuron)]! / before[post.indexOf(neuron)]!,
    );
    expectClose(
      after,
      before.map((weight, k) => weight * factor[post[k]!]!),
      "ratios",
      { relative: 1e-3 },
    );
    expect(Math.min(...factor)).toBeGreaterThan(1.2);
    simulation.destroy();
  });
});
