/**
 * What a person changes while a network runs. Oracle: closed forms (a jump of a membrane, one pair's exp(−lag/τ), a decay), and
 * equal bits between ways to run the same network.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { Simulation } from "../../src/experiment/simulation";
import type { Device } from "../../src/gpu/device";
import type { SpikingNetwork } from "../../src/net/spiking/model";
import { lif } from "../../src/neuron/lif";
import { spikeSource } from "../../src/neuron/spike-source";
import { pairStdp } from "../../src/plasticity/pair-stdp";
import { testDevice } from "../support/device";

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

/** ms; the second where a test needs no finer one. */
const [dt, coarse] = [0.1, 0.5];
const params = { potentiation: 0.01, depression: 0.02, tauPlus: 4, tauMinus: 4 };

/** One synapse; a teacher makes its post neuron fire `lag` ms after each of its pre neuron's spikes. */
function pairs(times: readonly number[], lag: number): SpikingNetwork {
  const oneToOne = { post: "post", port: "input", connect: { kind: "one-to-one" } } as const;
  return {
    dt: coarse,
    seed: 1,
    populations: [
      { name: "pre", model: spikeSource, size: 1, times: [times] },
      { name: "teacher", model: spikeSource, size: 1, times: [times.map((at) => at + lag - coarse)] },
      { name: "post", model: lif, size: 1 },
    ],
    projections: [
      { ...oneToOne, pre: "teacher", weight: 1000 },
      {
        ...oneToOne,
        name: "learns",
        pre: "pre",
        weight: 0.5,
        plasticity: { model: pairStdp, params, min: 0, max: 1 },
      },
    ],
  };
}

describe("a network that is changed while it runs", () => {
  it("watches every step where a dispatch takes many, and another neuron when asked", async () => {
    const network: SpikingNetwork = {
      dt,
      seed: 3,
      populations: ["a", "b"].map((name) => ({
        name,
        model: lif,
        size: 90,
        initial: { v: { uniform: [0, 20] as const } },
        background: [{ port: "input", count: 100, rate: 120, weight: 0.1 }],
      })),
      projections: [
        {
          pre: "a",
          post: "b",
          port: "input",
          connect: { kind: "fixed-in-degree", count: 20 },
          weight: 0.4,
          delay: 1.5,
        },
        {
          pre: "b",
          post: "a",
          port: "input",
          connect: { kind: "fixed-in-degree", count: 20 },
          weight: -0.4,
          delay: 1.5,
        },
      ],
    };
    const watch = [
      { population: "a", neuron: 3, variable: "v" },
      { population: "b", neuron: 81, variable: "v" },
    ];
    const course = async (lowering: "whole" | "steps") => {
      const simulation = await Simulation.create(device, network, { lowering, watch });
      await simulation.run(20.3);
      simulation.watchInstead(0, { population: "b", neuron: 7, variable: "v" });
      await simulation.run(10);
      const values = simulation.watchedValues();
      const last = (await simulation.read("b", "v"))[7];
      expect(() => simulation.watchInstead(2, watch[0]!)).toThrow(
        /2 values are watched, so there is no number 2/,
      );
      simulation.destroy();
      return { values, last };
    };
    const whole = await course("whole");
    expect(whole.values.length).toBe(2 * 303);
    expect(new Set(whole.values).size).toBeGreaterThan(400);
    expect(whole.values.at(-2)).toBe(whole.last);
    expect(await course("steps")).toEqual(whole);
  });

  it("delivers weights by their gain", async () => {
    const network: SpikingNetwork = {
      dt,
      seed: 1,
      populations: [
        { name: "source", model: spikeSource, size: 1, times: [[1, 11, 21]] },
        { name: "cell", model: lif, size: 1 },
      ],
      projections: [
        {
          name: "in",
          pre: "source",
          post: "cell",
          port: "input",
          connect: { kind: "one-to-one" },
          weight: 4,
        },
      ],
    };
    const watch = [{ population: "cell", neuron: 0, variable: "v" }];
    const simulation = await Simulation.create(device, network, { watch });
    for (const gain of [1, 0.25, 1.5]) {
      simulation.setGain("in", gain);
      expect(simulation.gainOf("in")).toBe(gain);
      simulation.write("cell", "v", [0]);
      simulation.forget();
      await simulation.run(10);
      const jump = Math.max(...simulation.watchedValues());
      expect(jump).toBeGreaterThan(3.95 * gain); // it has decayed for a step at most, of a time constant of 200
      expect(jump).toBeLessThanOrEqual(4 * gain);
    }
    expect(() => simulation.setGain("in", -1)).toThrow(
      /gain of "in" must be a number from 0 on, but was to be -1/,
    );
    expect(() => simulation.setGain("out", 1)).toThrow(/Unknown projection "out"/);
    simulation.destroy();
  });

  it("learns by a rule's new amplitudes and time constants", async () => {
    const lag = 3;
    const simulation = await Simulation.create(device, pairs([5, 65, 125], lag), {});
    const weight = async () => (await simulation.readWeights("learns"))[0]!;
    await simulation.run(60); // of a trace e⁻¹⁴ is left until the next pair
    expect((await weight()) - 0.5).toBeCloseTo(0.01 * Math.exp(-lag / 4), 6);
    let before = await weight();
    simulation.setPlasticity("learns", { potentiation: 0.03, tauPlus: 2 });
    await simulation.run(60);
    expect((await weight()) - before).toBeCloseTo(0.03 * Math.exp(-lag / 2), 6);
    before = await weight();
    simulation.setPlasticity("learns", { potentiation: 0, depression: 0 });
    await simulation.run(20);
    expect(simulation.spikes("post").steps).toHaveLength(3);
    expect(await weight()).toBe(before);
    expect(() => simulation.setPlasticity("learns", { potentation: 1 })).toThrow(
      /did you mean "potentiation"/,
    );
    expect(() => simulation.setPlasticity("teacher-post/input", { potentiation: 1 })).toThrow(
      /isn't plastic/,
    );
    simulation.destroy();
  });

  it("sets dopamine, its decay and what a spike releases", async () => {
    const network: SpikingNetwork = {
      dt: 1,
      seed: 1,
      populations: [{ name: "releasing", model: spikeSource, size: 1, times: [[30]] }],
      projections: [],
      dopamine: { tau: 100, released: { population: "releasing", amount: 1 } },
    };
    const simulation = await Simulation.create(device, network, { watch: [{ dopamine: true }] });
    simulation.setDopamine({ level: 2, tau: 10, released: 0.25 });
    await simulation.run(50);
    const values = simulation.watchedValues();
    const spike = values.findIndex((one, step) => step > 0 && one > values[step - 1]!);
    expect(spike).toBeGreaterThanOrEqual(28);
    for (const step of [0, 9, 20, 40])
      expect(values[step]).toBeCloseTo(
        2 * Math.exp(-(step + 1) / 10) + (step >= spike ? 0.25 * Math.exp(-(step - spike) / 10) : 0),
        5,
      );
    expect(() => simulation.setDopamine({ tau: 0 })).toThrow(/time constant above 0 ms/);
    simulation.destroy();
    const none = await Simulation.create(device, {
      ...network,
      dopamine: undefined,
    } as unknown as SpikingNetwork);
    expect(() => none.setDopamine({ level: 1 })).toThrow(/no dopamine to set/);
    none.destroy();
  });
});
