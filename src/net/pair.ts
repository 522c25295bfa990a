/** Pair: two copies of a network that settle side by side from the same state, under different nudges, and what sets them apart. */
import type { Field } from "../gpu/field";
import type { Builder } from "./builder";
import type { Population } from "./population";
import { own } from "./synapses";

/** A neuron field of two copies of the batch, side by side: rows 2s and 2s + 1 belong to sample s. [2 · batch, size] */
export const pairField = (step: Builder, population: Population, what: string): Field =>
  step.neurons(population, what, { rows: 2 * step.net.batch });

/** Both copies begin as `value`, [batch, n]. */
export function twice(step: Builder, value: Field, pair: Field, layer: number): void {
  pairs(step, "twice", { value }, pair, layer);
}

/** (first − second) / (nudge of the second − nudge of the first), [batch, n]: how a neuron gives way to the nudge, the sign turned. */
export function yielding(step: Builder, pair: Field, nudge: Field, to: Field, layer: number): void {
  pairs(step, "yielding", { pair, nudge }, to, layer);
}

/**
 * The same before it is summed: each copy's activity over the difference of their nudges, the second's negative, twice as
 * large since `correlate` takes the mean over both copies. [2 · batch, n]
 */
export function contrast(step: Builder, pair: Field, nudge: Field, to: Field, layer: number): void {
  pairs(step, "contrast", { pair, nudge }, to, layer);
}

/**
 * value + lean and value − lean, [2 · batch, n]. Where a ± λ meets λ' ± a' in `correlate`, the mean over both is a λ' + λ a': what
 * two neurons do by way of a synapse that carries signals both ways; and its bias has λ'.
 */
export function sides(step: Builder, value: Field, lean: Field, to: Field, layer: number): void {
  pairs(step, "sides", { value, lean }, to, layer);
}

function pairs(
  step: Builder,
  kernel: string,
  reads: Readonly<Record<string, Field>>,
  to: Field,
  layer: number,
): void {
  const [rows = 1, columns = 1] = to.shape;
  step.add({
    verb: "local",
    kernel: `local/pair/${kernel}`,
    bind: { ...reads, result: to },
    writes: [{ field: to, from: own(...Object.values(reads)) }],
    layer,
    constants: { ROWS: rows, COLUMNS: columns },
    threads: rows * Math.ceil(columns / 4),
  });
}
