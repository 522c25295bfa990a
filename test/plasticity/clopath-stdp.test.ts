/**
 * Voltage-based plasticity on a membrane that does as it is told, against closed forms: depression by a filtered voltage at
 * arrivals, potentiation in the steps above θ₊ alone, and a spike that counts for its width.
 */
import { beforeAll, describe, expect, it } from "vitest";
import type { NeuronModel } from "../../src/net/spiking/model";
import { clopathStdp } from "../../src/plasticity/clopath-stdp";
import { expectClose } from "../support/close";
import { type Case, runPairing } from "./pairing";

/** Its voltage is at rest but in steps in which the teacher's weight has arrived; it hears its synapses without being moved. */
const obedient: NeuronModel = {
  name: "obedient",
  about: "A membrane that stands where its teacher's spike of this step puts it.",
  source: "",
  params: {
    rest: { default: -70, unit: "mV", about: "" },
    threshold: { default: -20, unit: "mV", about: "fires from here on" },
  },
  state: { v: { initial: "rest", unit: "mV", about: "", from: "rest" } },
  ports: ["told", "heard"],
  derive: ({ rest, threshold }) => ({ threshold: threshold! - rest! }),
  shader: {
    name: "obedient",
    text: `fn advance(n: ptr<function, Neuron>, p: Parameters, x: Arriving, now: Now) -> bool {
  n.v = x.told;
  if (n.v < p.threshold) { return false; }
  n.v = 0.0;
  return true;
}`,
  },
};

const dt = 0.5;
const [rest, pulse] = [-70, 30]; // mV: the plateau at −40 lies above θ₊, but fires not
const p = {
  ...{ depression: 0.01, potentiation: 0.002, thetaMinus: -70.6, thetaPlus: -45.3 },
  ...{ tauX: 15, tauMinus: 10, tauPlus: 7, peak: 33, spikeWidth: 2 },
};
const left = (steps: number, tau: number) => Math.exp((-steps * dt) / tau);
/** The filtered voltage, so many steps into the plateau, above rest. */
const risen = (steps: number, tau: number) => pulse * (1 - left(steps, tau));
const plateau = [20, 21, 22, 23, 24, 25];
const subthreshold: Case[] = [
  { pre: [10], post: [] },
  { pre: [23], post: plateau },
  { pre: [25], post: plateau },
  { pre: [40], post: plateau, delay: 3 },
  { pre: [12], post: plateau },
];
const spiking: Case[] = [
  { pre: [12], post: [20] },
  { pre: [30], post: [20] },
];
let found: Float32Array[];
beforeAll(async () => {
  const plasticity = { model: clopathStdp, params: p, min: 0, max: 2 };
  const groups = [
    { plasticity, cases: subthreshold, post: { model: obedient }, teacher: pulse, fires: false },
    { plasticity, cases: spiking, post: { model: obedient }, teacher: 60 },
  ];
  found = (await runPairing({ groups, dt, steps: 60 }, ["weight"], "both")).map(({ weight }) => weight!);
}, 60_000);

describe("clopath-stdp", () => {
  const lost = (filtered: number) => -p.depression * Math.max(rest + filtered - p.thetaMinus, 0);
  /** In the plateau's steps from `first` on, by a spike that arrived in step `pre`. */
  const gained = (pre: number, first: number) =>
    plateau
      .filter((step) => step >= first)
      .reduce((sum, step) => {
        const x = left(step - pre, p.tauX) / p.tauX;
        const high = rest + risen(step - plateau[0]!, p.tauPlus) - p.thetaMinus;
        return sum + p.potentiation * dt * x * (rest + pulse - p.thetaPlus) * high;
      }, 0);

  it("depresses by the filtered voltage of before the step, and potentiates in each step above θ₊", () => {
    const expected = [
      lost(0),
      lost(risen(3, p.tauMinus)) + gained(23, 23),
      lost(risen(5, p.tauMinus)) + gained(25, 25),
      lost(risen(6, p.tauMinus) * left(42 - 25, p.tauMinus)),
      lost(0) + gained(12, 20),
    ].map((change) => 0.5 + change);
    expectClose(found[0]!, expected, "weights", { relative: 1e-5 });
    expect(gained(12, 20)).toBeGreaterThan(5e-4); // much more than the tolerance
  });

  it("takes a spike for its width at its peak, though the model resets at once", () => {
    const x = left(8, p.tauX) / p.tauX;
    const gain = p.potentiation * p.spikeWidth * x * (p.peak - p.thetaPlus) * (rest - p.thetaMinus);
    const after = (p.peak - rest) * (1 - Math.exp(-p.spikeWidth / p.tauMinus)) * left(9, p.tauMinus);
    const expected = [lost(0) + gain, lost(after)].map((change) => 0.5 + change);
    expectClose(found[1]!, expected, "weights", { relative: 1e-5 });
    expect(Math.abs(lost(after))).toBeGreaterThan(0.05);
  });
});
