/** The IDX parser: round trips, named faults, and a storm of mutations, none of which may crash it. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectImages, expectLabels, parseIdx } from "../../src/task/idx";
import { idxBytes } from "./idx-files";

const bytes = (...values: number[]) => Uint8Array.from(values);
const labels = (...values: number[]) => idxBytes([values.length], values);

describe("parseIdx", () => {
  it("reads what was written, for any shape, also from the middle of a buffer", () => {
    const shape = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(shape, fc.nat(255), fc.nat(9), (dims, first, before) => {
        const values = Array.from({ length: dims.reduce((a, b) => a * b) }, (_, i) => (first + i) % 256);
        const file = idxBytes(dims, values);
        const buffer = new Uint8Array(before + file.length);
        buffer.set(file, before);
        const idx = parseIdx(buffer.subarray(before), "x");
        expect(idx.dims).toEqual(dims);
        expect([...idx.data]).toEqual(values);
      }),
    );
  });

  it.each([
    ["empty", bytes(), "a: expected an IDX file, found only 0 bytes: it is truncated"],
    ["a web page", bytes(0x3c, 0x21, 0x64, 0x6f, 0x63), "found 3c 21 64 6f: it is a file of another kind"],
    ["zipped", bytes(0x1f, 0x8b, 8, 0, 0), "found 1f 8b 08 00"],
    ["of floats", bytes(0, 0, 0x0d, 1, 0, 0, 0, 1, 0, 0, 0, 0), "(type 08), found type 0d"],
    ["without dimensions", bytes(0, 0, 8, 0, 7), "found 00 00 08 00"],
    ["cut in its header", idxBytes([2, 28, 28], []).subarray(0, 9), "header of 16 bytes, found a file of 9"],
    [
      "cut in its data",
      labels(1, 2, 3).subarray(0, 10),
      "expected 11 bytes for dimensions [3], found 10: it is truncated",
    ],
    ["too long", bytes(...labels(1, 2), 9), "expected 10 bytes for dimensions [2], found 11: it is too long"],
    ["of no samples", idxBytes([0, 28, 28], []), "found dimensions [0, 28, 28]: it is empty"],
    [
      "of 2^96 elements",
      idxBytes([0xffffffff, 0xffffffff, 0xffffffff], []),
      "truncated or its header is corrupt",
    ],
  ])("names the fault of a file that is %s", (_, file, sentence) => {
    expect(() => parseIdx(file, "a")).toThrow(sentence);
  });

  it("answers any truncation or mutation with an array that fits or with one sentence", () => {
    const good = idxBytes(
      [3, 2, 2],
      Array.from({ length: 12 }, (_, i) => i),
    );
    const change = fc.record({ at: fc.nat(good.length - 1), to: fc.nat(255) });
    fc.assert(
      fc.property(fc.nat(good.length), fc.array(change, { maxLength: 4 }), (length, changes) => {
        const file = good.slice();
        for (const { at, to } of changes) file[at] = to;
        try {
          const { dims, data } = parseIdx(file.subarray(0, length), "some-file");
          expect(data.length).toBe(dims.reduce((a, b) => a * b));
        } catch (error) {
          expect((error as Error).message).toMatch(/^some-file: expected [^\n]+, found [^\n]+\.$/);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("the roles of files", () => {
  it("tell a labels file from an images file", () => {
    expect(() => expectImages(parseIdx(labels(1, 2), "i"), 28, "i")).toThrow(
      "i: expected images [count, 28, 28], found labels [2]: a labels file seems to bear an images file's name.",
    );
    const images = parseIdx(idxBytes([1, 28, 28], new Array(784).fill(0)), "l");
    expect(() => expectLabels(images, 10, "l")).toThrow("an images file seems to bear a labels file's name");
    expect(() => expectImages(images, 28, "l")).not.toThrow();
  });

  it("refuse another size and labels out of range", () => {
    const wide = parseIdx(idxBytes([1, 28, 32], new Array(896).fill(0)), "i");
    expect(() => expectImages(wide, 28, "i")).toThrow("found images [1, 28, 32]");
    expect(() => expectLabels(parseIdx(labels(3, 9, 10), "l"), 10, "l")).toThrow(
      "from 0 to 9, found 10 at sample 2",
    );
    expect(() => expectLabels(parseIdx(labels(3, 9, 0), "l"), 10, "l")).not.toThrow();
  });
});
