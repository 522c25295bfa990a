/** NIR's own nodes. Oracles: figures by hand, and NIR's differential equations. */
import { describe, expect, it } from "vitest";
import { exportNetwork } from "../../../src/experiment/exchange/export";
import { importNetwork } from "../../../src/experiment/exchange/import";
import { shift } from "../../../src/experiment/exchange/nir";
import { readSafetensors, writeSafetensors } from "../../../src/experiment/safetensors";
import type { NeuronModel, SpikingNetwork } from "../../../src/net/spiking/model";
import { lif } from "../../../src/neuron/lif";
import { lifExp } from "../../../src/neuron/lif-exp";
import { everything, models, plain } from "./networks";

const back = (network: SpikingNetwork) => {
  const { json, tensors } = exportNetwork(network);
  return importNetwork(json, tensors, models);
};
const nodesOf = (network: SpikingNetwork) => JSON.parse(exportNetwork(network).json);

/** One population; what is not given is as the model has it. */
function pairOf(
  model: NeuronModel,
  params: Record<string, number | ArrayLike<number>>,
  size = 2,
): SpikingNetwork {
  return { dt: 0.1, seed: 1, populations: [{ name: "a", model, size, params }], projections: [] };
}

describe("NIR's own nodes", () => {
  it("hold LIF neurons without refractory period and input, in s and V", () => {
    const params = { tau: 20, rest: -70.1, threshold: [-50, -49.9], reset: -65, refractory: 0 };
    const { a } = nodesOf(pairOf(lif, params)).nodes;
    expect(a).toEqual({
      type: "LIF",
      shape: [2],
      tau: 0.02,
      r: 2e-5,
      v_leak: -0.0701,
      v_threshold: [-0.05, -0.0499], // f32 cannot hold them, so they stay here
      v_reset: -0.065,
      metadata: { initial: { v: -70.1, hold: 0 } },
    });
    for (const other of [{ refractory: 2 }, { current: 1 }])
      expect(nodesOf(pairOf(lif, { ...params, ...other })).nodes.a).toMatchObject({
        type: "engram:Neurons",
        model: "lif",
        params: { tau: 20, ...other },
        units: { tau: "ms", v: "mV" },
      });
  });

  it("hold exponential currents of one time constant as CubaLIF", () => {
    const params = { tau: 20, tauExcitatory: 5, tauInhibitory: 5, refractory: 0 };
    expect(nodesOf(pairOf(lifExp, params)).nodes.a).toMatchObject({
      type: "CubaLIF",
      tau_mem: 0.02,
      tau_syn: 0.005,
      w_in: 0.005,
      r: 0.001,
      v_leak: -0.049,
      v_threshold: -0.05,
      v_reset: -0.06,
    });
    expect(nodesOf(pairOf(lifExp, { ...params, tauInhibitory: 6 })).nodes.a.type).toBe("engram:Neurons");
    expect(back(pairOf(lifExp, params)).populations[0]!.params).toEqual({
      ...{ rest: -49, threshold: -50, reset: -60, current: 0 },
      ...params,
    });
  });

  it("mean what they mean in NIR: its equations, solved by small steps, move the membrane as the engine's", () => {
    const weight = 1.7;
    const dt = 0.5;
    // LIF: a Dirac pulse I = w δ(t) moves v by w r/τ.
    const a = nodesOf(pairOf(lif, { refractory: 0 })).nodes.a;
    expect((weight * a.r) / a.tau / 1e-3).toBeCloseTo(weight, 12);
    // CubaLIF: it moves I by w w_in/τ_syn; then both equations run for dt.
    const params = { tau: 20, tauExcitatory: 5, tauInhibitory: 5, refractory: 0, rest: -49 };
    const c = nodesOf(pairOf(lifExp, params)).nodes.a;
    let [v, i] = [c.v_leak, (weight * c.w_in) / c.tau_syn];
    const steps = 100_000;
    const h = (dt * 1e-3) / steps;
    for (let k = 0; k < steps; k++) {
      const middle = i * (1 - h / 2 / c.tau_syn);
      const half = v + (h / 2) * ((c.v_leak - v + c.r * i) / c.tau_mem);
      v += h * ((c.v_leak - half + c.r * middle) / c.tau_mem);
      i -= (h * middle) / c.tau_syn;
    }
    const full = Object.fromEntries(Object.entries(lifExp.params).map(([name, p]) => [name, p.default]));
    const { byExcitatory, decayExcitatory } = lifExp.derive({ ...full, ...params }, dt);
    expect((v - c.v_leak) * 1e3).toBeCloseTo(byExcitatory! * weight, 9);
    expect(i).toBeCloseTo(decayExcitatory! * weight, 9);
  });

  it("hold given spikes as Input, and a whole matrix as Delay and Linear, [post, pre]", () => {
    const { nodes, edges } = nodesOf(everything);
    expect(nodes.given).toMatchObject({ type: "Input", shape: [3] });
    expect(nodes["dense:delay"]).toEqual({ type: "Delay", delay: 0.0007 });
    expect(nodes.dense).toEqual({
      type: "Linear",
      weight: { tensor: "dense/weight" },
      metadata: { port: "input" },
    });
    expect(readSafetensors(exportNetwork(everything).tensors).tensors.get("dense/weight")).toEqual({
      shape: [2, 5],
      data: Float32Array.of(0, 2, 4, 6, 8, 1, 3, 5, 7, 9),
    });
    expect(edges).toContainEqual(["noise", "dense:delay"]);
    expect(edges).toContainEqual(["dense:delay", "dense"]);
    expect(edges).toContainEqual(["dense", "leaky"]);
  });

  it("move decimal points without error", () => {
    expect([20, 0.1, 1e-7, 1e21, -70.1, 0].map((value) => shift(value, -3))).toEqual([
      0.02, 1e-4, 1e-10, 1e18, -0.0701, 0,
    ]);
    expect(shift(1e-10, 3)).toBe(1e-7);
  });
});

it("reads what others wrote in NIR's terms", () => {
  const json = JSON.stringify({
    format: "engram-network-1",
    type: "NIRGraph",
    dt: 1,
    seed: 0,
    nodes: {
      input: { type: "Input", shape: [1, 2] },
      wait: { type: "Delay", delay: [0.003, 0.0011] },
      fc: { type: "Affine", weight: { tensor: "w" }, bias: 0 },
      // r = 0.5: a spike of weight w moves v by w · 0.5 / 0.02 V, 25,000 w mV; r = 0.001, by 50 w mV
      lif: { type: "LIF", tau: 0.02, r: [0.5, 0.001], v_leak: 0, v_threshold: 1, v_reset: -0.25 },
      loop: { type: "Linear", weight: { tensor: "u" } },
      output: { type: "Output" },
    },
    edges: [
      ["input", "wait"],
      ["wait", "fc"],
      ["fc", "lif"],
      ["lif", "loop"],
      ["loop", "lif"],
      ["lif", "output"],
    ],
  });
  const tensors = writeSafetensors({
    metadata: {},
    tensors: new Map([
      ["w", { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) }],
      ["u", { shape: [2, 2], data: Float32Array.of(0, 0.5, 0, 1) }],
    ]),
  });
  const { populations, projections } = importNetwork(json, tensors, models);
  expect(populations.map(({ name, size }) => [name, size])).toEqual([
    ["input", 2],
    ["lif", 2],
  ]);
  expect(populations[1]!.params).toEqual({
    tau: 20,
    rest: 0,
    threshold: 1000,
    reset: -250,
    refractory: 0,
    current: 0,
  });
  expect(plain(projections[0])).toEqual({
    name: "fc",
    pre: "input",
    post: "lif",
    port: "input",
    connect: { kind: "list", pre: [0, 0, 1, 1], post: [0, 1, 0, 1] },
    weight: { values: [25_000, 150, 50_000, 200] },
    delay: { values: [3, 3, 1, 1] },
  });
  expect(plain(projections[1]!.weight)).toEqual({ values: [0, 0, 12_500, 50] });
});
