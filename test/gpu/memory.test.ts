/** Oracle: what was written; the adapter's own limits. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Device, TooLargeError } from "../../src/gpu/device";
import { byteLength, type Field, pad, rowStride, unpad } from "../../src/gpu/field";
import { formatBytes, initialValues, Memory } from "../../src/gpu/memory";
import { hash, streamOf } from "../../src/gpu/random";
import { testDevice } from "../support/device";
import { uniform } from "../support/random";

const field = (shape: number[], type: Field["type"] = "f32", name = "x"): Field => ({
  name,
  site: "neuron",
  home: "",
  shape,
  type,
});

describe("padding", () => {
  it("comes off as it went on, for every shape and type, and holds zeroes", () => {
    const shapes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(shapes, fc.constantFrom("f32", "u32", "u8"), (shape, type) => {
        const it = field(shape, type as Field["type"]);
        const length = shape.reduce((a, b) => a * b, 1);
        const numbers = Array.from({ length }, (_, i) => 1 + (i % 200));
        const values = new { f32: Float32Array, u32: Uint32Array, u8: Uint8Array }[type](numbers);
        const padded = pad(it, values);
        expect(padded.byteLength).toBe(byteLength(it));
        expect(byteLength(it) % 4).toBe(0);
        expect(padded.filter((v, i) => i % rowStride(it) >= shape.at(-1)! && v !== 0)).toHaveLength(0);
        expect(unpad(it, padded.slice().buffer as ArrayBuffer)).toEqual(values);
      }),
    );
  });

  it("refuses another number or kind of values in one sentence", () => {
    const w = field([3, 5], "f32", "input-hidden/weight");
    expect(() => pad(w, new Float32Array(14))).toThrow(
      'Field "input-hidden/weight" of shape [3,5] takes a Float32Array of 15 values, but got a Float32Array of 14.',
    );
    expect(() => pad(w, new Uint32Array(15))).toThrow("but got a Uint32Array of 15.");
  });
});

describe("memory", () => {
  it("reads back what was written, of any type; unknown names get the nearest", async () => {
    const memory = new Memory(await testDevice());
    const [a, b, c] = [field([7, 37], "f32", "a"), field([3], "u32", "bee"), field([2, 5], "u8", "c")];
    await memory.allocate([a, b, c]);
    const values = {
      a: uniform(259, 1),
      bee: Uint32Array.of(1, 2, 0xffffffff),
      c: Uint8Array.of(0, 1, 2, 3, 4, 255, 6, 7, 8, 9),
    };
    for (const [name, value] of Object.entries(values)) memory.write(name, value);
    for (const [name, value] of Object.entries(values)) expect(await memory.read(name)).toEqual(value);
    expect(() => memory.buffer("be")).toThrow('Unknown field "be": did you mean "bee"?');
  });

  it("sees its parent's fields as its own, and counts only its own bytes", async () => {
    const parent = new Memory(await testDevice());
    await parent.allocate([field([4], "f32", "shared")]);
    const child = new Memory(await testDevice(), parent);
    await child.allocate([field([4], "f32", "shared"), field([8], "f32", "own")]);
    parent.write("shared", Float32Array.of(1, 2, 3, 4));
    expect(await child.read("shared")).toEqual(Float32Array.of(1, 2, 3, 4));
    expect(child.bytes).toBe(32);
  });

  it("starts from values that seed, stream and place decide, biases 0", async () => {
    const w: Field = {
      ...field([5, 3]),
      initial: { kind: "uniform", bound: 0.5, stream: "a/weight", zeroLastRow: true },
    };
    const memory = new Memory(await testDevice());
    await memory.allocate([w], 7);
    const expected = Array.from({ length: 15 }, (_, i) =>
      i < 12 ? 0.5 * (2 * ((hash(7, streamOf("a/weight"), i) >>> 8) / 2 ** 24) - 1) : 0,
    );
    expect(Array.from(await memory.read("x"))).toEqual(expected);
    expect(initialValues(w, 8)).not.toEqual(initialValues(w, 7));
    expect(
      initialValues({ ...w, initial: { kind: "constant", value: 2 } }, 1)!.filter((v) => v === 2),
    ).toHaveLength(15);
  });

  it("refuses a field that no buffer can hold before it allocates, with the numbers", async () => {
    const device = await testDevice();
    const limit = Math.min(device.gpu.limits.maxBufferSize, device.gpu.limits.maxStorageBufferBindingSize);
    const columns = 1 << 20;
    const rows = Math.floor(limit / (4 * columns)) + 1;
    const memory = new Memory(device);
    const wanted = [field([4], "f32", "small"), field([rows, columns], "f32", "big/weight")];
    const refused = memory.allocate(wanted);
    await expect(refused).rejects.toThrow(TooLargeError);
    const need = rows * columns * 4;
    await expect(refused).rejects.toThrow(
      `"big/weight" of shape [${rows},${columns}] needs ${formatBytes(need)}, but one buffer can hold ${formatBytes(limit)}`,
    );
    expect(memory.names()).toEqual([]);
    expect(memory.bytes).toBe(0);
  });

  it("refuses fields that together are more than the machine has free", async () => {
    const device: Device = { ...(await testDevice()), memory: 1024, allocated: 0 };
    const memory = new Memory(device);
    await memory.allocate([field([64], "f32", "a")]); // counts, though another memory holds it
    const other = new Memory(device);
    const refused = other.allocate([field([100], "f32", "b"), field([100], "f32", "c")]);
    await expect(refused).rejects.toThrow(/its fields need 800 bytes, .* but 768 bytes are left/);
    expect(other.names()).toEqual([]);
    memory.destroy();
    await other.allocate([field([100], "f32", "b"), field([100], "f32", "c")]);
    expect(device.allocated).toBe(800);
  });
});
