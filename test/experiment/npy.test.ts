/** NumPy's format. Oracle: bytes that numpy.save 2.4 wrote; and whatever is done to a file, reading it gives one sentence. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readNpy, writeNpy } from "../../src/experiment/npy";
import { readSpikes } from "../../src/experiment/spikes";

/** A file whose header says this, padded as NumPy does. */
function fileOf(dict: string, values: ArrayLike<number> = [], version = [1, 0]): Uint8Array {
  const header = `${dict.padEnd(117)}\n`;
  const head = [0x93, ...Buffer.from("NUMPY"), ...version, header.length & 255, header.length >> 8];
  return Uint8Array.from([...head, ...Buffer.from(header, "latin1"), ...Array.from(values)]);
}

const six = writeNpy({ shape: [3, 2], data: Uint32Array.of(1, 2, 3, 4, 5, 6) });

describe(".npy", () => {
  it.each([
    ["<u4", [3], "(3,)", Uint32Array.of(1, 2, 0xffffffff), [1, 0, 0, 0, 2, 0, 0, 0, 255, 255, 255, 255]],
    ["<i4", [1, 2], "(1, 2)", Int32Array.of(-1, 258), [255, 255, 255, 255, 2, 1, 0, 0]],
    ["<f4", [], "()", Float32Array.of(1.5), [0, 0, 0xc0, 0x3f]],
    ["<f8", [1], "(1,)", Float64Array.of(-2), [0, 0, 0, 0, 0, 0, 0, 0xc0]],
    ["<u8", [1], "(1,)", BigUint64Array.of(2n ** 63n + 1n), [1, 0, 0, 0, 0, 0, 0, 0x80]],
    ["<f4", [0, 2], "(0, 2)", new Float32Array(), []],
  ])("writes %s of shape %j as NumPy does, and reads it", (descr, shape, tuple, data, bytes) => {
    const file = writeNpy({ shape, data });
    expect(file).toEqual(fileOf(`{'descr': '${descr}', 'fortran_order': False, 'shape': ${tuple}, }`, bytes));
    expect(readNpy(file)).toEqual({ shape, data });
  });

  it("aligns values by 64 where the shape is long, and reads from the middle of a buffer", () => {
    const shape = Array.from({ length: 30 }, () => 1);
    const file = writeNpy({ shape, data: Float64Array.of(7) });
    expect((file.length - 8) % 64).toBe(0);
    const inside = new Uint8Array(file.length + 3);
    inside.set(file, 3);
    expect(readNpy(inside.subarray(3))).toEqual({ shape, data: Float64Array.of(7) });
  });

  it("reads a header in another order and spacing", () => {
    const file = fileOf("{'shape':(2,),'fortran_order':False,'descr':'<i4'}", [1, 0, 0, 0, 2, 0, 0, 0]);
    expect(readNpy(file)).toEqual({ shape: [2], data: Int32Array.of(1, 2) });
  });

  const dict = (descr: string, shape: string, order = "False") =>
    `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${shape}, }`;
  it.each([
    ["too short", new Uint8Array(9), "it has 9 bytes, and its head takes 10"],
    ["another magic", six.map((byte, i) => (i === 1 ? 0 : byte)), "magic string"],
    [
      "another version",
      fileOf(dict("<f4", "()"), [0, 0, 0, 0], [2, 0]),
      "its version is 2.0, and 1.0 is read",
    ],
    ["a header that is cut", six.slice(0, 90), "its header ends at byte 128 of 90"],
    ["values that are cut", six.slice(0, -1), "its shape (3, 2) takes 24 bytes, but 23 follow"],
    ["values too many", Uint8Array.from([...six, 0]), "but 25 follow"],
    ["no dict", fileOf("descr"), "no Python dict"],
    ["no shape", fileOf("{'descr': '<f4', 'fortran_order': False, }"), "its header has no shape"],
    ["a key twice", fileOf("{'descr': '<f4', 'descr': '<f4', }"), "its header has descr twice"],
    ["a key too many", fileOf("{'descr': '<f4', 'fortran_order': False, 'shape': (), 'x': True}"), "besides"],
    ["code", fileOf("{'descr': open('x'), }"), "cannot be read from"],
    [
      "an unknown type",
      fileOf(dict("<f2", "(1,)"), [0, 0]),
      "its type is <f2, and <i4, <u4, <f4, <f8, <u8 are",
    ],
    ["a type of JavaScript's own", fileOf(dict("constructor", "()")), "its type is constructor"],
    ["big-endian values", fileOf(dict(">f4", "()"), [0, 0, 0, 0]), "its type is >f4"],
    ["Fortran order", fileOf(dict("<f4", "()", "True"), [0, 0, 0, 0]), "Fortran order"],
    ["a number as shape", fileOf(dict("<f4", "(1)"), [0, 0, 0, 0]), "its shape is (1), not a tuple"],
    ["a shape beyond numbers", fileOf(dict("<f4", `(${"9".repeat(20)}, 0)`)), "not a tuple of whole numbers"],
    ["a shape that overflows", fileOf(dict("<f4", `(${"9".repeat(15)}, ${"9".repeat(15)})`)), "takes 3.9"],
  ])("refuses %s", (_, broken, sentence) => {
    expect(() => readNpy(broken, "x.npy")).toThrow(sentence);
    expect(() => readNpy(broken, "x.npy")).toThrow(/^x\.npy is not a sound \.npy file: .*\.$/);
  });

  it("never fails otherwise than with its own sentence, however it is cut or changed", () => {
    let broken = 0;
    fc.assert(
      fc.property(
        fc.nat(140),
        fc.integer({ min: 0, max: 255 }),
        fc.integer({ min: 0, max: six.length }),
        (at, byte, length) => {
          const changed = six.slice(0, length);
          if (at < length) changed[at] = byte;
          try {
            readNpy(changed, "x");
          } catch (error) {
            broken++;
            expect((error as Error).message).toMatch(/^x is not a sound \.npy file: .*\.$/s);
          }
        },
      ),
      { numRuns: 500, seed: 5 },
    );
    expect(broken).toBeGreaterThan(300);
  });

  it("refuses to write a shape that the values don't fill, and to take other arrays for spikes", () => {
    expect(() => writeNpy({ shape: [2, 2], data: Float32Array.of(1, 2) })).toThrow(
      "An array of shape [2, 2] cannot hold 2 values.",
    );
    const place = { steps: 9, dt: 1, size: 9 };
    const sixAsFloats = writeNpy({ shape: [3, 2], data: new Float32Array(6) });
    expect(() => readSpikes(sixAsFloats, place, "e.npy")).toThrow(
      "e.npy holds no spikes: expected u4 values",
    );
    expect(() => readSpikes(writeNpy({ shape: [4], data: new Uint32Array(4) }), place)).toThrow(
      "found shape [4]",
    );
  });
});
