/** Checkpoint files are untrusted: whatever is done to one, reading it gives the same contents or one sentence. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCheckpoint } from "../../src/experiment/checkpoint";
import { readSafetensors, writeSafetensors } from "../../src/experiment/safetensors";

const file = writeSafetensors({
  metadata: { note: "two tensors" },
  tensors: new Map([
    ["b", { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) }],
    ["a", { shape: [3], data: Uint32Array.of(7, 8, 9) }],
  ]),
});

/** The file with another header, its length corrected. */
function withHeader(header: unknown, body: Uint8Array = file.subarray(file.length - 28)): Uint8Array {
  const text = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const result = new Uint8Array(8 + text.length + body.length);
  new DataView(result.buffer).setBigUint64(0, BigInt(text.length), true);
  result.set(text, 8);
  result.set(body, 8 + text.length);
  return result;
}

describe("safetensors", () => {
  it("reads what it wrote, in any order of insertion the same bytes", () => {
    const { metadata, tensors } = readSafetensors(file);
    expect(metadata).toEqual({ note: "two tensors" });
    expect(tensors.get("b")).toEqual({ shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) });
    const turned = writeSafetensors({ metadata, tensors: new Map([...tensors].reverse()) });
    expect(turned).toEqual(file);
  });

  it.each([
    ["too short", new Uint8Array(3), "it has 3 bytes"],
    [
      "a header length that lies",
      new Uint8Array([255, 255, 255, 255, 0, 0, 0, 0, 1]),
      "claims 4294967295 bytes",
    ],
    ["no JSON", withHeader("{]"), "not JSON"],
    ["an array", withHeader([]), "not an object"],
    [
      "an unknown type",
      withHeader({ a: { dtype: "F64", shape: [1], data_offsets: [0, 8] } }),
      '"a" is malformed',
    ],
    [
      "a shape that lies",
      withHeader({ a: { dtype: "F32", shape: [9], data_offsets: [0, 28] } }),
      "takes 36 bytes",
    ],
    [
      "offsets past the end",
      withHeader({ a: { dtype: "F32", shape: [8], data_offsets: [0, 32] } }),
      "ends at byte 32 of 28",
    ],
    ["a gap", withHeader({ a: { dtype: "F32", shape: [6], data_offsets: [4, 28] } }), "starts at byte 4"],
    [
      "bytes of nobody",
      withHeader({ a: { dtype: "F32", shape: [6], data_offsets: [0, 24] } }),
      "4 bytes at its end",
    ],
    [
      "a negative shape",
      withHeader({ a: { dtype: "F32", shape: [-7], data_offsets: [0, 28] } }),
      "malformed",
    ],
    ["metadata of numbers", withHeader({ __metadata__: { a: 1 } }), "not a table of strings"],
  ])("refuses %s", (_, broken, sentence) => {
    expect(() => readSafetensors(broken, "x.safetensors")).toThrow(sentence);
    expect(() => readSafetensors(broken, "x.safetensors")).toThrow(/^x\.safetensors is not a sound/);
  });

  it("never fails otherwise than with its own sentence, however it is cut or changed", () => {
    fc.assert(
      fc.property(
        fc.nat(file.length - 1),
        fc.integer({ min: 0, max: 255 }),
        fc.nat(file.length),
        (at, byte, length) => {
          const changed = file.slice(0, length);
          if (at < length) changed[at] = byte;
          try {
            readSafetensors(changed, "x");
          } catch (error) {
            expect((error as Error).message).toMatch(/^x is not a sound safetensors file: .*\.$/);
          }
        },
      ),
      { numRuns: 500, seed: 5 },
    );
  });

  it("is no checkpoint without Engram's own description", () => {
    expect(() => readCheckpoint(file, "x")).toThrow('its metadata has no entry "engram"');
  });
});
