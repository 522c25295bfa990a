/** Files changed at random: importing them gives a sound network or one sentence of ours, never another failure. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exportNetwork } from "../../../src/experiment/exchange/export";
import { importNetwork } from "../../../src/experiment/exchange/import";
import { checkNetwork } from "../../../src/net/spiking/check";
import { everything, models, plasticities, withValue } from "./networks";

const { json, tensors } = exportNetwork(everything);

/** Every place in a piece of JSON. */
function* placesOf(value: unknown, path: readonly string[] = []): Generator<readonly string[]> {
  if (path.length > 0) yield path;
  if (typeof value === "object" && value !== null)
    for (const [key, each] of Object.entries(value)) yield* placesOf(each, [...path, key]);
}

/** Runs an import of spoilt files: a sound network, or a sentence of ours. */
function spoilt(text: string, bytes: Uint8Array): "sound" | "refused" {
  try {
    checkNetwork(importNetwork(text, bytes, models, plasticities, "x.json"));
    return "sound";
  } catch (error) {
    expect((error as Error).message).toMatch(
      /^(x\.json cannot be imported: |the tensors of x\.json is not a sound safetensors file: ).*\.$/s,
    );
    return "refused";
  }
}

describe("never fails otherwise than with its own sentence", () => {
  it("however its values are replaced", () => {
    const places = [...placesOf(JSON.parse(json))];
    const other = fc.oneof(
      fc.constantFrom(
        undefined,
        null,
        -1,
        0,
        0.5,
        255,
        2 ** 32,
        1e300,
        "",
        "e",
        "__proto__",
        "constructor",
        [],
        {},
      ),
      fc.constant({ tensor: "e/positions" }),
      fc.jsonValue(),
    );
    const count = { sound: 0, refused: 0 };
    fc.assert(
      fc.property(fc.constantFrom(...places), other, (place, value) => {
        count[spoilt(withValue(json, place, value), tensors)]++;
      }),
      { numRuns: 1000, seed: 6 },
    );
    expect(count.refused).toBeGreaterThan(500);
    expect(count.sound).toBeGreaterThan(10);
  });

  it("however its text is cut or changed", () => {
    fc.assert(
      fc.property(
        fc.nat(json.length - 1),
        fc.constantFrom(...'{}[]",:0-e.'),
        fc.boolean(),
        (at, letter, cut) => {
          spoilt(cut ? json.slice(0, at) : json.slice(0, at) + letter + json.slice(at + 1), tensors);
        },
      ),
      { numRuns: 300, seed: 7 },
    );
  });

  it("however its arrays are cut or changed", () => {
    fc.assert(
      fc.property(fc.nat(tensors.length - 1), fc.nat(255), fc.boolean(), (at, byte, cut) => {
        const changed = tensors.slice(0, cut ? at : undefined);
        if (!cut) changed[at] = byte;
        spoilt(json, changed);
      }),
      { numRuns: 500, seed: 8 },
    );
  });
});
