/** Kept: what a population said of each sample, remembered until the sample comes again. */
import type { Field } from "../gpu/field";
import type { Builder } from "./builder";
import type { Population } from "./population";
import { own } from "./synapses";

/**
 * How many samples the step draws from, and the constants by which it finds them: those of its own `sample` record, or the
 * slots of the batch where the host gives the batches.
 */
function places(step: Builder) {
  const drawn = step.schedule.find((item) => "kernel" in item && item.kernel === "local/sample");
  const { COUNT = step.net.batch, SEED = 0 } = (drawn && "constants" in drawn && drawn.constants) || {};
  return { count: COUNT, constants: { COUNT, SEED }, position: drawn ? "shuffled" : "slot" };
}

/** What a population says in answer to each training sample, kept from epoch to epoch: [samples, size]. */
export function keptActivity(step: Builder, population: Population): Field {
  return step.lasting(population, "kept", { kind: "zero" }, places(step).count);
}

/** Takes what was kept of each sample of the batch. */
export function recall(step: Builder, kept: Field, to: Field, layer: number): void {
  byPlace(step, "recall", { kept, result: to }, to, [kept], layer);
}

/** Keeps what is said now of each sample of the batch; the other samples' rows stay. */
export function keep(step: Builder, value: Field, kept: Field, layer: number): void {
  byPlace(step, "keep", { value, kept }, kept, [value, kept], layer);
}

function byPlace(
  step: Builder,
  kernel: string,
  bind: Readonly<Record<string, Field>>,
  to: Field,
  reads: readonly Field[],
  layer: number,
): void {
  const { batch, clock } = step.net;
  const { constants, position } = places(step);
  const timed = position === "shuffled" ? { clock } : {};
  const columns = to.shape[1]!;
  step.add({
    verb: "local",
    kernel: `local/${kernel}`,
    bind: { ...bind, ...timed },
    writes: [{ field: to, from: own(...reads, ...Object.values(timed)) }],
    layer,
    slots: { POSITION: `lib/position/${position}` },
    constants: { ...constants, BATCH: batch, COLUMNS: columns },
    threads: batch * Math.ceil(columns / 4),
  });
}
