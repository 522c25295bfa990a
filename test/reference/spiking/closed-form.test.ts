/** The float64 neurons whose steps are exact, against closed forms. */
import { describe, expect, it } from "vitest";
import { alif } from "./adaptive";
import { diehlCook, lifCondDelta } from "./conductance";
import { iafPscExp, lif, lifAlpha, lifExp } from "./integrate-and-fire";
import type { Neuron, Numbers } from "./neuron";

const firing = { rest: -65, threshold: -50, reset: -60, refractory: 2, current: 0 };
const linear = { ...firing, tau: 20, tauExcitatory: 2, tauInhibitory: 5, capacitance: 250 };

/** The steps in which a neuron fires that hears nothing. */
function spikesOf(neuron: Neuron, steps: number): number[] {
  return Array.from({ length: steps }, (_, step) => step).filter(() => neuron.advance({}));
}

/** v − rest after each step, an arrival coming in the first. */
function responseOf(neuron: Neuron, arrived: Numbers, steps: number): number[] {
  return Array.from({ length: steps }, (_, step) => {
    neuron.advance(step === 0 ? arrived : {});
    return neuron.state.v! + 65;
  });
}

describe.each([
  ["lif", lif, 1],
  ["lif-exp", lifExp, 1],
  ["lif-alpha", lifAlpha, 1],
  ["iaf-psc-exp", iafPscExp, 20 / 250],
] as const)("%s under constant current", (_, model, resistance) => {
  it.each([15.5, 20, 40])("fires as its f–I curve says, at %f mV above rest", (drive) => {
    const dt = 0.1;
    const spikes = spikesOf(model({ ...linear, current: drive / resistance }, dt), 5000);
    const rise = (from: number) => Math.ceil((20 / dt) * Math.log((drive - from) / (drive - 15)));
    expect(spikes[0]).toBe(rise(0) - 1);
    const gaps = new Set(spikes.slice(1).map((step, k) => step - spikes[k]!));
    expect([...gaps]).toEqual([rise(5) + 20]);
  });
});

describe("a membrane's response to one arrival", () => {
  it("of an exponential current is a difference of two exponentials", () => {
    for (const dt of [0.1, 1])
      for (const [k, v] of responseOf(lifExp(linear, dt), { excitatory: 1, inhibitory: -2 }, 40).entries()) {
        const t = (k + 1) * dt;
        const rise = (tau: number) => (tau / (20 - tau)) * (Math.exp(-t / 20) - Math.exp(-t / tau));
        expect(v).toBeCloseTo(rise(2) - 2 * rise(5), 11);
      }
  });

  it("in pA is that times τ / C", () => {
    for (const [k, v] of responseOf(iafPscExp(linear, 0.1), { excitatory: 100 }, 40).entries()) {
      const t = (k + 1) * 0.1;
      expect(v).toBeCloseTo((8 * 2 * (Math.exp(-t / 20) - Math.exp(-t / 2))) / 18, 11);
    }
  });

  it("of an alpha current solves its equation, the current being the weight at its largest", () => {
    for (const dt of [0.1, 1]) {
      const neuron = lifAlpha(linear, dt);
      const responses = responseOf(neuron, { excitatory: 3 }, Math.round(2 / dt));
      expect(neuron.state.excitatory).toBeCloseTo(3, 11);
      const rate = 1 / 2 - 1 / 20;
      for (const [k, v] of responses.entries()) {
        const t = (k + 1) * dt;
        const inner = (1 - (1 + rate * t) * Math.exp(-rate * t)) / rate ** 2;
        expect(v).toBeCloseTo(((3 * Math.E) / 2) * (Math.exp(-t / 20) / 20) * inner, 10);
      }
    }
  });

  it("of a delta conductance is the share 1 − exp(−w) of the way to the reversal potential, then a decay", () => {
    const p = { ...firing, capacitance: 200, leak: 10, reversalExcitatory: 0, reversalInhibitory: -80 };
    const neuron = lifCondDelta({ ...p, rest: -65 }, 0.1);
    neuron.advance({ excitatory: 0.15 });
    expect(neuron.state.v! + 65).toBeCloseTo(-65 * Math.expm1(-0.15) * Math.exp(-0.1 / 20), 12);
  });
});

describe("arrivals while held", () => {
  it("are lost at a delta synapse, and gather in a current", () => {
    const strong = { ...linear, current: 40 };
    for (const [model, port, lost] of [
      [lif, "input", true],
      [lifExp, "excitatory", false],
    ] as const) {
      const [heard, deaf] = [model(strong, 0.1), model(strong, 0.1)];
      while (!heard.advance({})) deaf.advance({});
      deaf.advance({});
      heard.advance({ [port]: 1 });
      deaf.advance({});
      expect(heard.state.v).toBe(-60);
      for (let step = 1; step < 20; step++) [heard.advance({}), deaf.advance({})];
      expect(heard.state.v).toBe(-60);
      [heard.advance({}), deaf.advance({})];
      expect(heard.state.v === deaf.state.v).toBe(lost);
    }
  });
});

it("alif fires every refractory + 1 steps at most, and its adaptation is a geometric series", () => {
  const p = { tau: 20, threshold: 0.6, beta: 0.01, tauAdaptation: 200, refractory: 5, current: 0 };
  const neuron = alif(p, 1);
  const spikes = Array.from({ length: 61 }, (_, step) => step).filter(() => neuron.advance({ input: 1 }));
  expect(spikes).toEqual([0, 6, 12, 18, 24, 30, 36, 42, 48, 54, 60]);
  neuron.advance({});
  const ratio = Math.exp(-6 / 200);
  expect(neuron.state.adaptation).toBeCloseTo((1 - ratio ** 11) / (1 - ratio), 12);
});

it("diehl-cook fires every bar + 1 steps at most, θ growing by thetaPlus each time", () => {
  const p = {
    ...{ tau: 100, rest: -65, threshold: -72, reset: -65, refractory: 5, bar: 50 },
    ...{ reversalExcitatory: 0, reversalInhibitory: -100, tauExcitatory: 1, tauInhibitory: 2 },
    ...{ thetaStart: 20, thetaPlus: 0.05, tauTheta: 1e7 },
  };
  const neuron = diehlCook(p, 0.5);
  const spikes = Array.from({ length: 305 }, (_, step) => step).filter(() =>
    neuron.advance({ excitatory: 500 }),
  );
  expect(spikes).toEqual([0, 101, 202, 303]);
  expect(neuron.state.theta).toBeCloseTo(20.2, 12);
});
