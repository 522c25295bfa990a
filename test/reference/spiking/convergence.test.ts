/**
 * Neurons that are stepped approximately, against their differential equations: halving dt must quarter the error (Izhikevich's
 * Euler steps: halve it). Oracle: the equations as published, solved by classical Runge-Kutta in far smaller steps.
 */
import { describe, expect, it } from "vitest";
import { adex, izhikevich } from "./adaptive";
import { diehlCook, lifCondAlpha, lifCondExp } from "./conductance";
import type { Model, Numbers } from "./neuron";

type Slope = (y: readonly number[]) => number[];

/** Classical Runge-Kutta over `ms`. */
function solve(slope: Slope, start: readonly number[], ms: number, h = 1 / 512): number[] {
  let y = [...start];
  const along = (k: readonly number[], by: number) => y.map((value, at) => value + by * k[at]!);
  for (let step = 0; step < Math.round(ms / h); step++) {
    const a = slope(y);
    const b = slope(along(a, h / 2));
    const c = slope(along(b, h / 2));
    const d = slope(along(c, h));
    y = y.map((value, at) => value + (h / 6) * (a[at]! + 2 * b[at]! + 2 * c[at]! + d[at]!));
  }
  return y;
}

/** v after `ms`, of which the first step brings one arrival at each port. */
function stepped(model: Model, p: Numbers, dt: number, ms: number, arrived: Numbers): number {
  const neuron = model(p, dt);
  for (let step = 0; step < Math.round(ms / dt); step++)
    expect(neuron.advance(step === 0 ? arrived : {})).toBe(false);
  return neuron.state.v!;
}

/** By what the error falls from each dt to its half. */
function falls(model: Model, p: Numbers, ms: number, arrived: Numbers, truth: number, dts: number[]) {
  const errors = dts.map((dt) => Math.abs(stepped(model, p, dt, ms, arrived) - truth));
  expect(errors[0]).toBeGreaterThan(1e-9); // so that there is something to fall
  return errors.slice(1).map((error, at) => errors[at]! / error);
}

const leaky = {
  ...{ capacitance: 200, leak: 10, rest: -60, threshold: 0, reset: -60, refractory: 5, current: 30 },
  ...{ reversalExcitatory: 0, reversalInhibitory: -80, tauExcitatory: 5, tauInhibitory: 10 },
};
const membrane = (p: typeof leaky, v: number, e: number, i: number) =>
  (-p.leak * (v - p.rest) - e * (v - p.reversalExcitatory) - i * (v - p.reversalInhibitory) + p.current) /
  p.capacitance;
const arrived = { excitatory: 6, inhibitory: 20 };
const halves = [1, 0.5, 0.25, 0.125];

describe("conductance neurons converge as dt²", () => {
  const quarter = (ratios: number[]) => {
    for (const ratio of ratios) expect(Math.abs(ratio - 4)).toBeLessThan(0.2);
  };

  it("lif-cond-exp", () => {
    const slope: Slope = ([v, e, i]) => [membrane(leaky, v!, e!, i!), -e! / 5, -i! / 10];
    const [truth] = solve(slope, [-60, 6, 20], 20);
    quarter(falls(lifCondExp, leaky, 20, arrived, truth!, halves));
  });

  it("lif-cond-alpha", () => {
    const slope: Slope = ([v, e, eRise, i, iRise]) => [
      membrane(leaky, v!, e!, i!),
      eRise! - e! / 5,
      -eRise! / 5,
      iRise! - i! / 10,
      -iRise! / 10,
    ];
    const [truth] = solve(slope, [-60, 0, (6 * Math.E) / 5, 0, (20 * Math.E) / 10], 20);
    quarter(falls(lifCondAlpha, leaky, 20, arrived, truth!, halves));
  });

  it("diehl-cook", () => {
    const p = {
      ...{ tau: 100, rest: -65, threshold: -72, reset: -65, refractory: 5, bar: 50 },
      ...{ reversalExcitatory: 0, reversalInhibitory: -100, tauExcitatory: 1, tauInhibitory: 2 },
      ...{ thetaStart: 20, thetaPlus: 0.05, tauTheta: 1e7 },
    };
    const slope: Slope = ([v, e, i]) => [(-65 - v! - e! * v! + i! * (-100 - v!)) / 100, -e!, -i! / 2];
    const [truth] = solve(slope, [-65, 6, 20], 8);
    quarter(falls(diehlCook, p, 8, arrived, truth!, [0.25, 0.125, 0.0625]));
  });

  it("adex, up into the foot of its upswing", () => {
    const p = {
      ...{ capacitance: 281, leak: 30, rest: -70.6, soft: -50.4, sharpness: 2, peak: 20, reset: -70.6 },
      ...{ refractory: 0, tauAdaptation: 144, a: 4, b: 80.5, current: 900 },
      ...{ reversalExcitatory: 0, reversalInhibitory: -80, tauExcitatory: 5, tauInhibitory: 10 },
    };
    const slope: Slope = ([v, w, e, i]) => [
      (-30 * (v! + 70.6) + 60 * Math.exp((v! + 50.4) / 2) - e! * v! - i! * (v! + 80) - w! + 900) / 281,
      (4 * (v! + 70.6) - w!) / 144,
      -e! / 5,
      -i! / 10,
    ];
    const [truth] = solve(slope, [-70.6, 0, 6, 20], 16);
    expect(truth).toBeGreaterThan(-52); // near V_T, where the exponential counts
    quarter(falls(adex, p, 16, arrived, truth!, [0.25, 0.125, 0.0625, 0.03125]));
  });
});

describe("izhikevich", () => {
  const p = { a: 0.02, b: 0.2, c: -65, d: 8, current: 2 };

  it("converges to its equations as dt", () => {
    const slope: Slope = ([v, u]) => [0.04 * v! * v! + 5 * v! + 140 - u! + 2, 0.02 * (0.2 * v! - u!)];
    const [truth] = solve(slope, [-65, -13], 20);
    const ratios = falls(izhikevich, p, 20, {}, truth!, [0.125, 0.0625, 0.03125, 0.015625]);
    for (const ratio of ratios) expect(Math.abs(ratio - 2)).toBeLessThan(0.1);
  });

  it("rests where its two nullclines meet: v = −70, u = −14 for b = 0.2", () => {
    const neuron = izhikevich({ ...p, c: -70, current: 0 }, 1);
    neuron.state.u = -14;
    for (let step = 0; step < 1000; step++) neuron.advance({});
    expect(neuron.state.v).toBeCloseTo(-70, 10);
    expect(neuron.state.u).toBeCloseTo(-14, 10);
  });
});
