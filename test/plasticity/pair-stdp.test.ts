/**
 * Pair rules on spikes that are counted by hand: the learning window of single pairs on its formula (the law of STDP), and trains of
 * spikes, with delays, ties and weights near their bounds, on a float64 loop.
 */
import { beforeAll, describe, expect, it } from "vitest";
import type { PlasticityModel } from "../../src/net/spiking/model";
import { nearestStdp, pairStdp } from "../../src/plasticity/pair-stdp";
import { nearestPowerLawStdp, powerLawStdp } from "../../src/plasticity/power-law-stdp";
import { nearestSymmetricStdp, symmetricStdp } from "../../src/plasticity/symmetric-stdp";
import { nearestWeightDependentStdp, weightDependentStdp } from "../../src/plasticity/weight-dependent-stdp";
import { expectClose } from "../support/close";
import { type Case, runPairing } from "./pairing";
import { walk } from "./walk";

const dt = 0.5;
const steps = 110;
const [min, max] = [0.1, 2.1];
const taus = { tauPlus: 17, tauMinus: 34 };
const weights = [0.15, 0.5, 1.4, 2.05];
const lags = [1, 10, 80];
const single: Case[] = weights.flatMap((weight) =>
  lags.flatMap((lag) => [
    { pre: [20], post: [20 + lag], weight },
    { pre: [20 + lag], post: [20], weight },
  ]),
);
const trains: Case[] = [
  { pre: [10, 14, 40, 41], post: [12, 14, 30, 60, 62], weight: 1.9 },
  { pre: [10, 14, 40, 41], post: [12, 14, 30, 60, 62], weight: 0.2, delay: 3 },
  { pre: [5, 9, 13, 50], post: [9, 13, 17, 21, 70], weight: 1, delay: 4 },
];

type Step = (weight: number) => number;

/** A rule with its parameters; what it takes at an arrival and adds when the post neuron fires, at a trace of 1. */
interface Rule {
  readonly models: readonly [all: PlasticityModel, nearest: PlasticityModel];
  readonly params: Record<string, number>;
  readonly depress: Step;
  readonly potentiate: Step;
  /** Taken at every arrival besides. */
  readonly offset?: number;
}

const place = (w: number) => (w - min) / (max - min);
const weightDependent = (muPlus: number, muMinus: number): Rule => ({
  models: [weightDependentStdp, nearestWeightDependentStdp],
  params: { potentiation: 0.3, depression: 0.2, muPlus, muMinus },
  depress: (w) => 0.2 * place(w) ** muMinus,
  potentiate: (w) => 0.3 * (1 - place(w)) ** muPlus,
});
const rules: Readonly<Record<string, Rule>> = {
  "additive: A₊ and −A₋, whatever the weight": {
    models: [pairStdp, nearestStdp],
    params: { potentiation: 0.06, depression: 0.07 },
    depress: () => 0.07,
    potentiate: () => 0.06,
  },
  "multiplicative: A₊ (1 − W) and −A₋ W": weightDependent(1, 1),
  "between: A₊ (1 − W)^.4 and −A₋ W^.02": weightDependent(0.4, 0.02),
  "additive in potentiation alone: A₊ and −A₋ W": weightDependent(0, 1),
  "power law: λ w₀^(1−μ) w^μ and −λ α w": {
    models: [powerLawStdp, nearestPowerLawStdp],
    params: { rate: 0.1, asymmetry: 0.8, mu: 0.4, reference: 0.7 },
    depress: (w) => 0.1 * 0.8 * w,
    potentiate: (w) => 0.1 * 0.7 ** 0.6 * w ** 0.4,
  },
  "symmetric: A and B, less an offset at every arrival": {
    models: [symmetricStdp, nearestSymmetricStdp],
    params: { preFirst: 0.06, postFirst: 0.04, offset: 0.005 },
    depress: () => -0.04,
    potentiate: () => 0.06,
    offset: 0.005,
  },
};
const groups = Object.values(rules).flatMap(({ models, params }) =>
  models.map((model) => ({
    plasticity: { model, params: { ...params, ...taus }, min, max },
    cases: [...single, ...trains],
  })),
);
const bounded = (value: number) => Math.min(max, Math.max(min, value));
let found: Float32Array[];
beforeAll(async () => {
  found = (await runPairing({ groups, dt, steps })).map(({ weight }) => weight!);
}, 60_000);

describe.each(Object.keys(rules))("pair STDP, %s", (name) => {
  const { models, depress, potentiate, offset = 0 } = rules[name]!;
  const first = 2 * Object.keys(rules).indexOf(name);

  it("has its learning window in single pairs", () => {
    const window = single.map(({ pre, post, weight = 0 }) => {
      const lag = (post[0]! - pre[0]!) * dt;
      if (lag < 0) return bounded(weight - depress(weight) * Math.exp(lag / taus.tauMinus) - offset);
      const arrived = bounded(weight - offset);
      return bounded(arrived + potentiate(arrived) * Math.exp(-lag / taus.tauPlus));
    });
    for (const k of [0, 1])
      expectClose(found[first + k]!.slice(0, window.length), window, models[k]!.name, { relative: 1e-6 });
  });

  it.each(["add", "set"] as const)("has a loop's weights after trains of spikes (traces: %s)", (jump) => {
    const walked = trains.map((one) =>
      walk(one, {
        ...{ dt, steps, min, max, jump },
        pre: { x: taus.tauPlus },
        post: { y: taus.tauMinus },
        arrive: (w, _, { y }) => w - depress(w) * y! - offset,
        fire: (w, { x }) => w + potentiate(w) * x!,
      }),
    );
    const weights = found[first + (jump === "add" ? 0 : 1)]!.slice(single.length);
    expectClose(weights, walked, name, { relative: 2e-6 });
  });
});

it("tells all pairs from the nearest", () => {
  for (let k = 0; k < groups.length; k += 2)
    expect(Math.abs(found[k]!.at(-1)! - found[k + 1]!.at(-1)!)).toBeGreaterThan(1e-3);
});
