/** A simulation as its users meet it. Oracle: equality of bits between ways to run the same network; the sentences. */
import { beforeAll, describe, expect, it } from "vitest";
import { Simulation, type SimulationOptions } from "../../src/experiment/simulation";
import type { Device } from "../../src/gpu/device";
import type {
  Connect,
  NeuronModel,
  PopulationSpec,
  ProjectionSpec,
  SpikingNetwork,
} from "../../src/net/spiking/model";
import { lif } from "../../src/neuron/lif";
import { lifExp } from "../../src/neuron/lif-exp";
import { poisson } from "../../src/neuron/poisson";
import { spikeSource } from "../../src/neuron/spike-source";
import { pairStdp } from "../../src/plasticity/pair-stdp";
import { testDevice } from "../support/device";

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

const reached = (more: Partial<ProjectionSpec>): ProjectionSpec => ({
  pre: "a",
  post: "a",
  port: "excitatory",
  connect: { kind: "fixed-probability", probability: 0.1 },
  weight: { normal: [2, 0.2] },
  delay: { uniform: [0.5, 2] },
  ...more,
});

/** Cells above threshold by themselves, excited and inhibited at random. */
function balanced(more: Partial<ProjectionSpec> = {}, extra: readonly ProjectionSpec[] = []): SpikingNetwork {
  return {
    dt: 0.1,
    seed: 5,
    populations: [
      {
        name: "a",
        model: lifExp,
        size: 150,
        initial: { v: { uniform: [-60, -50] } },
        background: [{ port: "excitatory", count: 20, rate: 40, weight: 0.5 }],
      },
      { name: "b", model: lifExp, size: 70, initial: { v: { uniform: [-60, -50] } } },
    ],
    projections: [
      reached(more),
      reached({ post: "b", ...more }),
      reached({ pre: "b", port: "inhibitory", weight: -9, ...more }),
      ...extra,
    ],
  };
}

/** Spikes of population a as "step neuron" lines, and the final membranes' bits. */
async function run(
  network: SpikingNetwork,
  options: SimulationOptions = {},
  parts: readonly number[] = [60],
) {
  const simulation = await Simulation.create(device, network, options);
  for (const ms of parts) await simulation.run(ms);
  const { steps, neurons } = simulation.spikes("a");
  const v = await simulation.read("a", "v");
  simulation.destroy();
  return { spikes: Array.from(steps, (step, k) => `${step} ${neurons[k]}`), v: new Uint32Array(v.buffer) };
}

describe("the same network gives the same bits", () => {
  it("whole in a workgroup, in a dispatch a step, in parts, and again", async () => {
    const whole = await run(balanced(), { lowering: "whole" });
    expect(whole.spikes.length).toBeGreaterThan(40);
    const steps = await run(balanced(), { lowering: "steps" });
    expect(steps).toEqual(whole);
    expect(await run(balanced(), { lowering: "steps" }, [0.1, 12.3, 7, 40.6])).toEqual(whole);
  });

  it("stored and procedural, by every connection that can be both", async () => {
    const kinds: readonly Connect[] = [
      { kind: "fixed-probability", probability: 0.03 },
      { kind: "fixed-out-degree", count: 4 },
      { kind: "fixed-total", count: 500, repeats: true },
      { kind: "distance", peak: 0.5, width: 0.1, wrap: true },
      { kind: "all-to-all" },
      { kind: "one-to-one" },
    ];
    const network = (storage: "stored" | "procedural") => {
      const excited = kinds.map((connect, k) =>
        reached({ name: `kind-${k}`, connect, storage, ...(k === 4 && { weight: 0.02 }) }),
      );
      const inhibited = reached({ pre: "b", port: "inhibitory", weight: -9, storage });
      return { ...balanced(), projections: [...excited, inhibited] };
    };
    const stored = await run(network("stored"), { lowering: "steps" }, [40]);
    expect(stored.spikes.length).toBeGreaterThan(20);
    expect(await run(network("procedural"), { lowering: "steps" }, [40])).toEqual(stored);
  });

  it("with plastic synapses, in both lowerings", async () => {
    const plasticity = { model: pairStdp, min: 0, max: 4 };
    const plastic = balanced({}, [reached({ name: "plastic", plasticity })]);
    const weights = async (lowering: "whole" | "steps") => {
      const simulation = await Simulation.create(device, plastic, { lowering });
      await simulation.run(40);
      const values = await simulation.readWeights("plastic");
      const { delay } = await simulation.readSynapses("plastic");
      simulation.destroy();
      return { values, delays: new Set(delay).size };
    };
    const whole = await weights("whole");
    expect(whole.delays).toBe(16);
    expect(new Set(whole.values).size).toBeGreaterThan(100);
    expect(await weights("steps")).toEqual(whole);
  });
});

describe("what is read back", () => {
  it("counts, recorded spikes and watched membranes agree", async () => {
    const watch = [{ population: "a", neuron: 3, variable: "v" }] as const;
    const simulation = await Simulation.create(device, balanced(), { watch, record: ["a"] });
    await simulation.run(30);
    const { neurons } = simulation.spikes("a");
    const counts = await simulation.counts("a");
    expect([...counts]).toEqual(Array.from(counts, (_, k) => neurons.filter((one) => one === k).length));
    expect((await simulation.counts("b")).some((count) => count > 0)).toBe(true);
    expect(simulation.spikes("b").steps.length).toBe(0); // not recorded
    const trace = simulation.watchedValues();
    expect(trace.length).toBe(300);
    expect(trace[299]).toBe((await simulation.read("a", "v"))[3]);
    simulation.destroy();
  });

  it("changes a live population's parameters while it runs, and says why it can't change another's", async () => {
    const quiet: PopulationSpec = { name: "a", model: lif, size: 5, params: { current: 0 } };
    const simulation = await Simulation.create(
      device,
      { dt: 0.1, seed: 1, populations: [quiet, { ...quiet, name: "b" }], projections: [] },
      { live: ["a"] },
    );
    await simulation.run(50);
    expect(simulation.spikes("a").steps.length).toBe(0);
    simulation.set("a", { current: 30 });
    await simulation.run(50);
    expect(simulation.spikes("a").steps.length).toBeGreaterThan(0);
    expect(() => simulation.set("a", { curent: 30 })).toThrow(
      /Unknown parameter "curent": did you mean "current"/,
    );
    expect(() => simulation.set("b", { current: 30 })).toThrow(
      /"b" are fixed; name it in the simulation's `live`/,
    );
    simulation.destroy();
  });

  it("changes a parameter that each neuron had its own value of", async () => {
    const varied: PopulationSpec = { name: "a", model: lif, size: 3, params: { current: [0, 30, 40] } };
    const network = { dt: 0.1, seed: 1, populations: [varied], projections: [] };
    const simulation = await Simulation.create(device, network, { live: ["a"] });
    await simulation.run(50);
    expect([...(await simulation.counts("a"))].map(Math.sign)).toEqual([0, 1, 1]);
    simulation.clearCounts();
    simulation.set("a", { current: 0 });
    await simulation.run(50);
    expect([...(await simulation.counts("a"))]).toEqual([0, 0, 0]);
    simulation.destroy();
  });
});

describe("a model of the user's own", () => {
  /** Fires every `period` steps: a few lines of WGSL and what they declare. */
  const clock: NeuronModel = {
    name: "clock",
    about: "Fires at regular steps.",
    source: "a user",
    params: { period: { default: 7, unit: "steps", about: "between two spikes" } },
    state: { phase: { initial: 0, unit: "steps", about: "since the last spike" } },
    ports: ["reset"],
    derive: ({ period }) => ({ period: period! }),
    shader: {
      name: "clock",
      text: `fn advance(n: ptr<function, Neuron>, p: Parameters, x: Arriving, now: Now) -> bool {
  n.phase = select(n.phase + 1.0, 0.0, x.reset > 0.0 || n.phase + 1.0 >= p.period);
  return n.phase == 0.0;
}`,
    },
  };
  const alone = (model: NeuronModel, params = {}): SpikingNetwork => ({
    dt: 1,
    seed: 1,
    populations: [{ name: "a", model, size: 2, params }],
    projections: [],
  });

  it("runs, with parameters of each neuron's own", async () => {
    const simulation = await Simulation.create(device, alone(clock, { period: [3, 5] }));
    await simulation.run(16);
    const { steps, neurons } = simulation.spikes("a");
    const of = (neuron: number) => [...steps].filter((_, k) => neurons[k] === neuron);
    expect(of(0)).toEqual([2, 5, 8, 11, 14]);
    expect(of(1)).toEqual([4, 9, 14]);
    simulation.destroy();
  });

  it("has its mistakes shown at their line", async () => {
    const text = (clock.shader as { text: string }).text.replace("n.phase == 0.0", "n.phaze == 0.0");
    const broken = { ...clock, shader: { name: "clock", text } };
    await expect(Simulation.create(device, alone(broken))).rejects.toThrow(/<clock as A>:3:\d+ .*phaze/);
  });
});

describe("nothing wrong is silent", () => {
  const populations: PopulationSpec[] = [
    { name: "a", model: lif, size: 4 },
    { name: "b", model: lif, size: 3 },
  ];
  const join = (more: Partial<ProjectionSpec>): ProjectionSpec => ({
    pre: "a",
    post: "b",
    port: "input",
    connect: { kind: "all-to-all" },
    weight: 1,
    ...more,
  });
  const refusals: readonly (readonly [string, Partial<SpikingNetwork>, RegExp])[] = [
    [
      "a delay under dt",
      { projections: [join({ delay: 0.01 })] },
      /0 or from 0\.1 to 25\.5 ms .* 0\.01 ms was found/,
    ],
    ["a delay over the ring", { projections: [join({ delay: 30 })] }, /but 30 ms was found/],
    ["an unknown population", { projections: [join({ post: "c" })] }, /Unknown population "c"/],
    [
      "an unknown port",
      { projections: [join({ port: "inptu" })] },
      /Unknown port "inptu": did you mean "input"/,
    ],
    [
      "an unknown parameter",
      { populations: [{ ...populations[0]!, params: { tua: 1 } }] },
      /"a" \(lif\): Unknown parameter "tua": did you mean "tau"/,
    ],
    [
      "a parameter out of range",
      { populations: [{ ...populations[0]!, params: { tau: -1 } }] },
      /tau must be a number from .* but is -1/,
    ],
    [
      "a parameter's wrong count",
      { populations: [{ ...populations[0]!, params: { tau: [1, 2] } }] },
      /tau must be one number or 4/,
    ],
    [
      "an unknown state variable",
      { populations: [{ ...populations[0]!, initial: { u: 1 } }] },
      /Unknown state variable "u"/,
    ],
    ["two of a name", { populations: [populations[0]!, populations[0]!] }, /Two populations are called "a"/],
    ["no population", { populations: [] }, /no population/],
    ["a dt of 0", { dt: 0 }, /dt must be a number of ms above 0/],
    [
      "a probability above 1",
      { projections: [join({ connect: { kind: "fixed-probability", probability: 2 } })] },
      /from 0 to 1, but is 2/,
    ],
    [
      "more partners than there are",
      { projections: [join({ connect: { kind: "fixed-in-degree", count: 5 } })] },
      /5 synapses without repeats .* only 4 pairs/,
    ],
    [
      "a list beyond the neurons",
      { projections: [join({ connect: { kind: "list", pre: [0, 4], post: [0, 0] } })] },
      /synapse 1 runs from neuron 4 to 0/,
    ],
    [
      "procedural lists",
      { projections: [join({ connect: { kind: "list", pre: [0], post: [0] }, storage: "procedural" })] },
      /can't be procedural/,
    ],
    [
      "a weight that is no number",
      { projections: [join({ weight: Number.NaN })] },
      /weight must be a finite number/,
    ],
    [
      "given times that don't ascend",
      { populations: [{ name: "a", model: spikeSource, size: 1, times: [[2, 1]] }], projections: [] },
      /must ascend .* 1 ms comes at place 1/,
    ],
  ];

  it.each(refusals)("refuses %s", async (_, change, sentence) => {
    const network = { dt: 0.1, seed: 1, populations, projections: [], ...change };
    await expect(Simulation.create(device, network)).rejects.toThrow(sentence);
  });

  it("refuses weights that one fixed-point sum can't hold", async () => {
    const projections = [join({ name: "large", weight: 1e6 }), join({ name: "small", weight: 1e-4 })];
    await expect(Simulation.create(device, { dt: 0.1, seed: 1, populations, projections })).rejects.toThrow(
      /"small" .* weights of 0\.0001 can't be summed beside .* port "input" of "b"/,
    );
  });

  it("refuses what the adapter can't hold, with the bytes", async () => {
    const crowd: PopulationSpec[] = [
      { name: "a", model: lif, size: 2 ** 23 },
      { name: "b", model: lif, size: 2 },
    ];
    const projections = [join({ pre: "b", post: "a", delay: 20 })];
    await expect(
      Simulation.create(device, { dt: 0.1, seed: 1, populations: crowd, projections }),
    ).rejects.toThrow(/too large for .* needs .* [GM]iB/);
  });

  it("counts spikes beyond the room for them", async () => {
    const busy: SpikingNetwork = {
      dt: 1,
      seed: 1,
      populations: [{ name: "a", model: poisson, size: 500, params: { rate: 500 } }],
      projections: [],
    };
    const simulation = await Simulation.create(device, busy, { recordRoom: 100 });
    await expect(simulation.run(20)).rejects.toThrow(
      /\d{3,} spikes came in steps 0 to 19, but the list .* holds 100/,
    );
    simulation.destroy();
  });

  it("names the neuron and the step of a membrane that is no number", async () => {
    const simulation = await Simulation.create(device, { dt: 0.1, seed: 1, populations, projections: [] });
    await simulation.run(1);
    simulation.write("b", "v", [0, Number.NaN, 0]);
    await expect(simulation.run(1)).rejects.toThrow(/v of neuron 1 of "b" \(lif\) .* step 10 \(1\.0 ms\)/);
    simulation.destroy();
  });

  it("says so where a sum leaves its range after weights were set by hand", async () => {
    const fast: PopulationSpec[] = [
      { name: "a", model: spikeSource, size: 4, times: [[1], [1], [1], [1]] },
      { name: "b", model: lif, size: 3 },
    ];
    const projections = [join({ weight: { uniform: [0.5, 1] } })];
    const simulation = await Simulation.create(device, { dt: 0.1, seed: 1, populations: fast, projections });
    simulation.writeWeights("a-b/input", new Float32Array(12).fill(1.9));
    await simulation.run(3);
    simulation.destroy();
    const again = await Simulation.create(device, { dt: 0.1, seed: 1, populations: fast, projections });
    again.writeWeights("a-b/input", new Float32Array(12).fill(7));
    await expect(again.run(3)).rejects.toThrow(/reached neuron \d of "b" in one step are more than/);
    again.destroy();
  });
});
