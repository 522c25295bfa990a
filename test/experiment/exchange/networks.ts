/** Networks to write down: one that has everything, with models of the library and of the test's own. */
import type { NeuronModel, PlasticityModel, SpikingNetwork } from "../../../src/net/spiking/model";
import { iafPscExp } from "../../../src/neuron/iaf-psc-exp";
import { izhikevich } from "../../../src/neuron/izhikevich";
import { lif } from "../../../src/neuron/lif";
import { lifExp } from "../../../src/neuron/lif-exp";
import { poisson } from "../../../src/neuron/poisson";
import { spikeSource } from "../../../src/neuron/spike-source";

/** A user's own model. */
const bouncer: NeuronModel = {
  name: "bouncer",
  about: "Fires as it leaves the ground.",
  source: "this test",
  params: {
    spring: { default: 0.1, unit: "N/m", about: "how hard it is", min: 0 },
    ground: { default: -2, unit: "m", about: "where it is" },
  },
  state: {
    height: { initial: "ground", unit: "m", about: "where it is" },
    speed: { initial: 0.25, unit: "m/s", about: "how fast" },
  },
  ports: ["push", "pull"],
  derive: (p) => ({ ...p }),
  check: ({ spring, ground }) => (spring === ground ? "The spring may not be the ground." : undefined),
  shader: { name: "bouncer", text: "" },
};

export const pairing: PlasticityModel = {
  name: "pairing",
  about: "Grows with each pair.",
  source: "this test",
  params: {
    rate: { default: 0.01, unit: "mV", about: "how fast", min: 0 },
    tau: { default: 20, unit: "ms", about: "how long a spike is remembered", min: 1e-3 },
  },
  traces: { pre: { x: { tau: "tau", jump: "add" } }, post: {} },
  state: { eligibility: 0 },
  events: ["fire", "sweep"],
  shader: { name: "pairing", text: "" },
};

export const models: Record<string, NeuronModel> = Object.fromEntries(
  [bouncer, iafPscExp, izhikevich, lif, lifExp, poisson, spikeSource].map((model) => [model.name, model]),
);
export const plasticities = { pairing };

/** Ten populations' worth of cases in five: per-neuron numbers that f32 holds and that it doesn't, times, places, a list. */
export const everything: SpikingNetwork = {
  dt: 0.1,
  seed: 4_000_000_000,
  populations: [
    { name: "given", model: spikeSource, size: 3, times: [[0.3, 7.1], [], [0.1, 0.2, 1e-3 + 0.7]] },
    {
      name: "e",
      model: izhikevich,
      size: 4,
      initial: { v: { values: Float64Array.of(-65.1, -64.2, -63.3, -62.4) }, u: -13 },
      positions: [0, 0.5, 0.25, 1, 0.125, 0.75, 0.5, 0.5],
      background: [
        { port: izhikevich.ports[0]!, count: 800, rate: 2.5, weight: 0.1 },
        { port: izhikevich.ports[0]!, count: 1, rate: 1e3, weight: -0.3 },
      ],
    },
    {
      name: "i",
      model: bouncer,
      size: 2,
      params: { spring: [0.1, 1 / 3], ground: Float32Array.of(-2, -3) },
      initial: { height: { values: [1, -1.5] } },
    },
    {
      name: "leaky",
      model: lif,
      size: 2,
      params: { refractory: 0, tau: 20, threshold: Float64Array.of(15.7, 16.9) },
    },
    { name: "noise", model: poisson, size: 5, params: { rate: 7.3 } },
  ],
  projections: [
    {
      pre: "given",
      post: "e",
      port: izhikevich.ports[0]!,
      connect: { kind: "list", pre: [2, 0, 0, 2], post: [3, 1, 1, 0] },
      weight: { values: Float32Array.of(1.5, 0.1, -0.25, 3e-5) },
      delay: { values: [0.3, 0, 25.5, 1] },
    },
    {
      name: "learning",
      pre: "e",
      post: "i",
      port: "push",
      connect: { kind: "list", pre: [0, 1, 3], post: [0, 1, 1] },
      weight: 0.5,
      delay: 1.5,
      plasticity: { model: pairing, params: { tau: 17.3 }, min: 0, max: 1, every: 10 },
    },
    {
      pre: "i",
      post: "e",
      port: izhikevich.ports[0]!,
      connect: { kind: "list", pre: [1], post: [2] },
      weight: -1,
      release: { use: 0.45, recovery: 130, facilitation: 0 },
    },
    {
      name: "dense",
      pre: "noise",
      post: "leaky",
      port: "input",
      connect: { kind: "list", pre: [0, 0, 1, 1, 2, 2, 3, 3, 4, 4], post: [0, 1, 0, 1, 0, 1, 0, 1, 0, 1] },
      weight: { values: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] },
      delay: 0.7,
    },
    {
      pre: "leaky",
      post: "i",
      port: "pull",
      connect: { kind: "list", pre: [], post: [] },
      weight: { values: [] },
      delay: { values: [] },
    },
  ],
  dopamine: {
    tau: 200,
    reward: {
      pre: { population: "e", neuron: 3 },
      post: { population: "i", neuron: 1 },
      within: 20,
      amount: 0.5,
      delay: [1000, 3000],
    },
  },
};

/** Arrays of any kind as plain lists, to compare numbers to the bit and not their containers. */
export const plain = (value: unknown): unknown =>
  ArrayBuffer.isView(value)
    ? Array.from(value as unknown as number[])
    : Array.isArray(value)
      ? value.map(plain)
      : typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype
        ? Object.fromEntries(
            Object.entries(value).map(([key, each]) => [
              key,
              typeof each === "function" ? each : plain(each),
            ]),
          )
        : value;

/** The graph with the value at a path replaced, or taken away where there is none. */
export function withValue(json: string, path: readonly (string | number)[], value: unknown): string {
  const graph = JSON.parse(json);
  const [last, ...before] = [...path].reverse();
  const inside = before.reverse().reduce((table, key) => table[key], graph);
  if (value === undefined) delete inside[last!];
  else inside[last!] = value;
  return JSON.stringify(graph);
}
