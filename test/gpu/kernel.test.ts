/** Oracle: names and bits that each test chooses. */
import { describe, expect, it } from "vitest";
import type { Field } from "../../src/gpu/field";
import { kernelFor } from "../../src/gpu/kernel";
import { lowerPlain } from "../../src/gpu/lower";
import { Memory } from "../../src/gpu/memory";
import { Runner } from "../../src/gpu/runner";
import type { Repeat, ScheduleRecord } from "../../src/gpu/schedule";
import { testDevice } from "../support/device";

const spec = { shader: "kernel/local/sign", constants: { MAGNITUDE: 1 } };
const field = (name: string, shape: number[], type: Field["type"] = "f32"): Field => ({
  name,
  site: "neuron",
  home: "",
  shape,
  type,
});

describe("binding by name", () => {
  it("names the buffer that is missing, and the one that nobody asked for", async () => {
    const device = await testDevice();
    const kernel = await kernelFor(device, spec);
    const memory = new Memory(device);
    await memory.allocate([field("w", [4, 4])]);
    expect(() => kernel.bind({ weight: memory.buffer("w") })).toThrow(
      'kernel/local/sign needs a buffer named "result", but only weight were bound.',
    );
    expect(() => kernel.bind({ wieght: memory.buffer("w") })).toThrow(
      'kernel/local/sign: Unknown buffer "wieght": did you mean "weight"? Known: weight, result.',
    );
  });

  it("compiles a kernel once", async () => {
    const device = await testDevice();
    expect(await kernelFor(device, { ...spec })).toBe(await kernelFor(device, spec));
  });

  it("reports a compile error where it was written", async () => {
    const device = await testDevice();
    const broken = { name: "broken", text: "fn activate(z: vec4f) -> vec4f {\n  return z + missing;\n}" };
    const sizes = {
      ROWS: 1,
      COLS4: 1,
      THREADS: 1,
      LANES: 4,
      BATCH: 1,
      IN: 1,
      IN4: 1,
      OUT: 1,
      OUT4: 1,
      BIAS: 1,
      BIAS_ROW: 1,
      CHUNK4: 1,
      TILES_X: 1,
    };
    const failing = kernelFor(device, {
      shader: "kernel/dense/project",
      slots: { ACTIVATION: broken },
      sizes,
    });
    await expect(failing).rejects.toThrow(/<broken>:2:14 .*missing/);
  });
});

describe("the runner", () => {
  const tick = (clock: Field): ScheduleRecord => ({
    verb: "local",
    kernel: "local/tick",
    bind: { clock },
    writes: [{ field: clock, from: [{ field: clock, index: "own" }] }],
    layer: 0,
    phase: "",
    threads: 1,
  });
  const [a, b] = [field("a", [1], "u32"), field("b", [1], "u32")];

  it("repeats, stops between any two records, and runs many steps to a submit", async () => {
    const memory = new Memory(await testDevice());
    const repeat: Repeat = { repeat: 3, index: "t", body: [tick(b)] };
    const runner = await Runner.create(await testDevice(), memory, [tick(a), repeat], {});
    const counts = async () => [(await memory.read("a"))[0], (await memory.read("b"))[0]];
    runner.run(2);
    expect(await counts()).toEqual([2, 6]);
    runner.runPart(0, 2);
    expect(await counts()).toEqual([3, 7]);
    runner.runPart(2);
    expect(await counts()).toEqual([3, 9]);
  });

  it("spreads more workgroups than one dimension holds", () => {
    const dispatch = lowerPlain({ ...tick(a), threads: 64 * 200_000 })[0]!;
    expect(dispatch.workgroups).toEqual([65_535, 4, 1]);
  });

  it("reaches every element of a field that needs two dimensions of workgroups", async () => {
    const memory = new Memory(await testDevice());
    const shape = [65_540 * 64, 4];
    const [weight, result] = [field("weight", shape), field("result", shape)];
    const record: ScheduleRecord = {
      ...tick(a),
      kernel: "local/sign",
      bind: { weight, result },
      constants: { MAGNITUDE: 1 },
      threads: shape[0]!,
    };
    const runner = await Runner.create(await testDevice(), memory, [record], {});
    memory.write("weight", new Float32Array(shape[0]! * 4).fill(-2));
    runner.run();
    expect((await memory.read("result")).findIndex((value) => value !== -1)).toBe(-1);
    memory.destroy();
  });
});
