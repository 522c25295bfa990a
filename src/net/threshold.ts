/** Threshold: output units that say yes or no, how a perceptron's mistakes are found, and their count. */
import type { Field } from "../gpu/field";
import type { Builder } from "./builder";
import { own } from "./synapses";

/**
 * Reads the output's drive as threshold units, instead of `readout`: one unit tells two classes apart, of several the one
 * that is driven most wins. Writes the output's activity (0 or 1), its error, and each sample's loss and correctness.
 * @returns the error by the drive: where the sample is a mistake, +1 at the unit that should have kept still and −1 at the
 * one that should have spoken; [batch, classes], or [batch, 1] for one unit
 */
export function thresholdReadout(step: Builder): Field {
  const { populations, target, score, batch } = step.net;
  const output = populations.at(-1)!;
  const { activity, error, layer, size } = output;
  const drive = step.drive(output);
  const index = size === 1 ? "own" : "layer";
  const read = [{ field: drive, index } as const];
  const compared = [...read, ...own(target)];
  step.add({
    verb: "pool",
    kernel: "pool/threshold",
    bind: { drive, label: target, activity, error, score },
    writes: [
      { field: activity, from: read },
      { field: error, from: compared },
      { field: score, from: compared },
    ],
    layer,
    constants: { BATCH: batch, SIZE: size },
    threads: batch,
  });
  return error;
}

/** Mistakes since the network was made: f32 [1, 1], exact up to 16,777,216. */
export const mistakesField = "mistakes";

/** Adds the samples whose error is not zero to the count. */
export function countMistakes(step: Builder, error: Field, layer: number): void {
  const [rows = 1, size = 1] = error.shape;
  const count = step.global(mistakesField, [1, 1]);
  step.add({
    verb: "pool",
    kernel: "pool/mistakes",
    bind: { error, result: count },
    writes: [{ field: count, from: [{ field: error, index: "batch" }, ...own(count)] }],
    layer,
    constants: { ROWS: rows, SIZE: size },
    groups: 1,
  });
}
