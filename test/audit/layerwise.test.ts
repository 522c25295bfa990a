/**
 * Rules whose layers wait for no other. Oracle: the design's table of verdicts; and, bit by bit, that what happens above a
 * layer has no say in what it learns.
 */
import { describe, expect, it } from "vitest";
import { auditRule } from "../../src/experiment/audit";
import { findRule, resolveOptions } from "../../src/experiment/rules";
import { trainingStep } from "../../src/experiment/schedules";
import { Memory } from "../../src/gpu/memory";
import { Runner } from "../../src/gpu/runner";
import { network } from "../../src/net/network";
import { settingValues } from "../../src/net/optimiser";
import { expectSameBits } from "../support/close";
import { testDevice } from "../support/device";
import { flipped } from "../support/perturb";
import { choices, uniform } from "../support/random";
import { livelyValues, lowerWith } from "../support/run";

const layers = [9, 6, 6, 6, 3]; // like layers share kernels, which take long to compile
const forms = [
  ["forward-forward", { data: "label" }],
  ["forward-forward", { data: "hybrid", blurs: 2 }],
  ["local-error", { feedback: "transpose" }],
  ["local-error", { feedback: "random" }],
] as const;

describe.each(forms)("%s %o", (rule, options) => {
  const { updates, summary } = auditRule(rule, { layers, options });
  const hidden = updates.filter(({ forward, layer }) => forward && layer < 4);

  it("waits for no other layer", () => {
    expect(summary.updateLocking).toBe("waits for no other layer");
    for (const { locking } of updates) {
      expect(locking.layers).toEqual([]);
      expect(locking.superseded).toBe(0);
    }
  });

  it("transports nothing but a layer's own classifier", () => {
    for (const { layer, weight, weightTransport } of hidden) {
      const own = weight.includes("classes") ? [] : [`hidden${layer}-classes${layer}/weight`];
      const expected = "feedback" in options && options.feedback === "transpose" ? own : [];
      expect(
        weightTransport.map((one) => one.weight),
        weight,
      ).toEqual(expected);
    }
    if (rule === "forward-forward") expect(summary.weightTransport).toBe("none");
  });

  it("hears its own layer only", () => {
    for (const { weight, locality, teaching } of hidden) {
      if (rule === "forward-forward") expect([weight, locality, teaching]).toEqual([weight, "lateral", null]);
      else expect(teaching).toMatchObject({ kind: "one value per neuron", distance: 0 });
    }
  });

  it("keeps every bit of a layer's update whatever the later layers are", async () => {
    const device = await testDevice();
    const net = network({ layers, batch: 5 });
    const chosen = resolveOptions(findRule(rule), options);
    const step = trainingStep(findRule(rule), net, "momentum", 1, { options: chosen });
    const memory = new Memory(device);
    const runner = await Runner.create(device, memory, step.schedule, lowerWith(), 1);
    for (const [name, source] of step.settings) memory.write(name, settingValues(source, livelyValues));
    const starts = net.projections.map(({ weight: { shape } }, l) => uniform(shape[0]! * shape[1]!, l, 0.7));
    /** All weights after two steps, those of layers after `from` turned over before. */
    const learned = async (from: number) => {
      for (const field of memory.names()) if (field.endsWith(".state")) await clear(field);
      for (const [l, { weight }] of net.projections.entries())
        memory.write(weight.name, l + 1 > from ? flipped(starts[l]!) : starts[l]!);
      for (const name of carried) memory.write(name, await start(name));
      memory.write("clock", Uint32Array.of(0));
      memory.write("input/activity", uniform(45, 9).map(Math.abs));
      memory.write("target", choices(5, 8, 3));
      runner.run(2);
      return Promise.all(net.projections.map(({ weight }) => memory.read(weight.name)));
    };
    const kept = new Map<string, Float32Array>();
    const start = async (name: string) => {
      if (!kept.has(name)) kept.set(name, await memory.read(name));
      return kept.get(name)!;
    };
    const clear = async (name: string) => memory.write(name, (await memory.read(name)).fill(0));
    const carried = memory
      .names()
      .filter((name) => name.includes("classes") || name.endsWith("mean activity"))
      .filter((name) => !name.endsWith(".state") && !name.startsWith("settings"));
    const whole = await learned(4);
    for (let layer = 1; layer < 4; layer++) {
      const other = await learned(layer);
      for (let l = 0; l < 4; l++) {
        if (l < layer)
          expectSameBits(other[l]!, whole[l]!, `layer ${l + 1} when those after ${layer} differ`);
        else expect(other[l]).not.toEqual(whole[l]);
      }
      expect(whole[layer - 1]).not.toEqual(starts[layer - 1]);
    }
    memory.destroy();
  });
});
