/** Neuron models on the GPU against closed forms: f–I curves and refractory times in whole steps, responses to one spike. */
import { beforeAll, describe, expect, it } from "vitest";
import { adex } from "../../src/neuron/adex";
import { alif } from "../../src/neuron/alif";
import { diehlCook } from "../../src/neuron/diehl-cook";
import { iafPscExp } from "../../src/neuron/iaf-psc-exp";
import { izhikevich } from "../../src/neuron/izhikevich";
import { lif } from "../../src/neuron/lif";
import { lifAlpha } from "../../src/neuron/lif-alpha";
import { lifCondDelta } from "../../src/neuron/lif-cond-delta";
import { lifExp } from "../../src/neuron/lif-exp";
import { poisson } from "../../src/neuron/poisson";
import { type Course, coursesOf, type Group } from "./course";

const dt = 0.1;
const steps = 2000;
const firing = { rest: -65, threshold: -50, reset: -60, refractory: 2, tau: 20 };
const synapses = { tauExcitatory: 2, tauInhibitory: 5 };
const drives = [15.5, 16, 18, 20, 25, 40, 100]; // mV above rest; the threshold is at 15, the reset at 5
const one = (port: string, weight: number) => [{ port, weight, steps: [1] }];
const always = (port: string, weight: number) => [
  { port, weight, steps: Array.from({ length: steps - 1 }, (_, k) => k + 1) },
];

const groups = {
  lif: {
    model: lif,
    copies: [
      { params: firing, trains: one("input", 1) },
      ...drives.map((current) => ({ params: { ...firing, current } })),
    ],
  },
  lifExp: {
    model: lifExp,
    copies: [
      { params: { ...firing, ...synapses }, trains: [...one("excitatory", 1), ...one("inhibitory", -2)] },
      ...drives.map((current) => ({ params: { ...firing, current } })),
    ],
  },
  lifAlpha: {
    model: lifAlpha,
    copies: [
      { params: { ...firing, ...synapses }, trains: one("excitatory", 1) },
      { params: { ...firing, ...synapses, tauExcitatory: 20 }, trains: one("excitatory", 1) },
      ...drives.slice(1).map((current) => ({ params: { ...firing, current } })),
    ],
  },
  iafPscExp: {
    model: iafPscExp,
    copies: [
      { params: { ...firing, ...synapses }, trains: one("excitatory", 100) },
      ...drives.map((drive) => ({ params: { ...firing, current: (drive * 250) / 20 } })),
    ],
  },
  lifCondDelta: {
    model: lifCondDelta,
    copies: [{ params: { rest: -65 }, trains: one("excitatory", 0.15) }],
  },
  refractory: {
    model: lif,
    copies: [0, 0.1, 1, 2.5, 5].map((refractory) => ({
      params: { refractory },
      trains: always("input", 50),
    })),
  },
  alif: {
    model: alif,
    copies: [{ params: { refractory: 5, tauAdaptation: 200 }, trains: always("input", 1) }],
  },
  diehlCook: {
    model: diehlCook,
    copies: [{ trains: always("excitatory", 5000) }, { params: { tauTheta: 1e6 } }],
  },
  adex: {
    model: adex,
    copies: [
      ...[0.98, 1.02].map((times) => ({ params: { a: 0, current: times * 30 * (20.2 - 2) } })),
      { params: { soft: 0, tauAdaptation: 10, current: 400 } },
    ],
  },
  izhikevich: { model: izhikevich, copies: [{}], initial: { v: -70, u: -14 } },
  poisson: { model: poisson, copies: Array.from({ length: 512 }, () => ({ params: { rate: 100 } })) },
} satisfies Record<string, Group>;

let courses: Record<keyof typeof groups, Course>;
beforeAll(async () => {
  const all = await coursesOf(dt, steps, Object.values(groups));
  courses = Object.fromEntries(Object.keys(groups).map((name, k) => [name, all[k]!])) as typeof courses;
});

describe.each(["lif", "lifExp", "lifAlpha", "iafPscExp"] as const)("%s under constant current", (name) => {
  it("fires as its f–I curve says, to the step", () => {
    const rise = (drive: number, from: number) =>
      Math.ceil((20 / dt) * Math.log((drive - from) / (drive - 15)));
    const driven = name === "lifAlpha" ? drives.slice(1) : drives;
    const first = groups[name].copies.length - driven.length;
    for (const [k, drive] of driven.entries()) {
      const expected: number[] = [];
      for (let at = rise(drive, 0) - 1; at < steps; at += rise(drive, 5) + 20) expected.push(at);
      expect(courses[name].spikes[first + k], `${drive} mV`).toEqual(expected);
    }
  });
});

/** Largest distance of a copy's v from a function of the ms since the spike arrived. */
function distance(
  name: keyof typeof groups,
  copy: number,
  rest: number,
  exact: (t: number) => number,
): number {
  const off = Array.from(courses[name].v[copy]!.subarray(1), (v, k) => v - rest - exact((k + 1) * dt));
  return Math.max(...off.map(Math.abs));
}

describe("the response to one spike", () => {
  const decay = (t: number, tau: number) => Math.exp(-t / tau);
  const exponential = (t: number, tau: number) => (tau / (20 - tau)) * (decay(t, 20) - decay(t, tau));

  it("of a delta synapse is a decay", () => {
    expect(distance("lif", 0, -65, (t) => decay(t, 20))).toBeLessThan(2e-5);
  });

  it("of an exponential current is a difference of exponentials", () => {
    expect(distance("lifExp", 0, -65, (t) => exponential(t, 2) - 2 * exponential(t, 5))).toBeLessThan(2e-5);
    expect(distance("iafPscExp", 0, -65, (t) => 8 * exponential(t, 2))).toBeLessThan(2e-5);
  });

  it("of an alpha current solves its equation, equal time constants or not", () => {
    const rate = 1 / 2 - 1 / 20;
    const alpha = (t: number) =>
      (Math.E / 2 / 20) * ((decay(t, 20) - decay(t, 2) * (1 + rate * t)) / rate ** 2);
    expect(distance("lifAlpha", 0, -65, alpha)).toBeLessThan(2e-5);
    const equal = (t: number) => (Math.E / 20 / 20) * (t * t * 0.5) * decay(t, 20);
    expect(distance("lifAlpha", 1, -65, equal)).toBeLessThan(2e-5);
  });

  it("of a delta conductance is the share 1 − exp(−w) of the way to its reversal potential, and a decay", () => {
    const jump = -65 * Math.expm1(-0.15);
    expect(distance("lifCondDelta", 0, -65, (t) => jump * decay(t, 20))).toBeLessThan(2e-5);
  });
});

describe("spikes as close as may be", () => {
  const gaps = (spikes: readonly number[]) => [...new Set(spikes.slice(1).map((s, k) => s - spikes[k]!))];

  it("come every 1 + refractory / dt steps", () => {
    expect(courses.refractory.spikes.map(gaps)).toEqual([[1], [2], [11], [26], [51]]);
  });

  it("raise alif's adaptation to a geometric series", () => {
    expect(gaps(courses.alif.spikes[0]!)).toEqual([51]);
    const count = courses.alif.spikes[0]!.length;
    const since = steps - 2 - courses.alif.spikes[0]!.at(-1)!; // it counts from the step after
    const ratio = Math.exp(-5.1 / 200);
    const expected = (Math.exp((-since * dt) / 200) * (1 - ratio ** count)) / (1 - ratio);
    expect(Math.abs(courses.alif.end.adaptation![0]! - expected)).toBeLessThan(1e-4);
  });

  it("come every 1 + bar / dt steps from diehl-cook, and raise its threshold", () => {
    expect(courses.diehlCook.spikes[0]).toEqual([1, 502, 1003, 1504]);
    expect(courses.diehlCook.end.theta![0]).toBeCloseTo(20.2, 4);
  });
});

it("diehl-cook's threshold comes down, though in one step by less than f32 can tell exactly", () => {
  expect(Math.abs(courses.diehlCook.end.theta![1]! - 20 * Math.exp((-steps * dt) / 1e6))).toBeLessThan(1e-5);
});

it("adex fires above the current at which its fixed point goes, and its voltage settles at current / (leak + a)", () => {
  const [below, above] = courses.adex.spikes;
  expect(below).toEqual([]);
  expect(above!.length).toBeGreaterThan(0);
  expect(courses.adex.v[2]!.at(-1)! + 70.6).toBeCloseTo(400 / 34, 4);
});

it("izhikevich rests where its nullclines meet", () => {
  for (const v of courses.izhikevich.v[0]!) expect(Math.abs(v + 70)).toBeLessThan(1e-4);
});

it("poisson fires as often as its rate says, each neuron for itself and each step anew", () => {
  const { spikes } = courses.poisson;
  const p = 1 - Math.exp(-100 * 1e-4);
  const trials = spikes.length * steps;
  const total = spikes.reduce((sum, one) => sum + one.length, 0);
  expect(Math.abs(total - trials * p)).toBeLessThan(4 * Math.sqrt(trials * p));
  // The variance of a count over neurons, or over steps, against the binomial's: shared or repeated draws would widen it.
  const spread = (counts: number[], n: number) => {
    const mean = total / counts.length;
    return counts.reduce((sum, c) => sum + (c - mean) ** 2, 0) / counts.length / (n * p * (1 - p));
  };
  const byStep = new Array<number>(steps).fill(0);
  for (const one of spikes) for (const step of one) byStep[step]!++;
  const byNeuron = spikes.map((one) => one.length);
  expect(Math.abs(spread(byNeuron, steps) - 1)).toBeLessThan(4 * Math.sqrt(2 / 512));
  expect(Math.abs(spread(byStep, 512) - 1)).toBeLessThan(4 * Math.sqrt(2 / steps));
});

it("poisson's probability is whole however small it is", () => {
  for (const rate of [0, 1e-5, 0.01, 8, 1000]) {
    const { whole, part } = poisson.derive({ rate }, 0.1);
    expect(whole! + part! * 2 ** -24).toBeCloseTo(-Math.expm1(-rate * 1e-4), 15);
    expect(Math.fround(whole!)).toBe(whole);
    expect(whole! * 2 ** 24).toBe(Math.round(whole! * 2 ** 24));
  }
});
