/** A pool that sums what it reads up into one row of a small global field, where the host finds it. */
import type { Field } from "../gpu/field";
import type { ScheduleRecord } from "../gpu/schedule";

/**
 * @param inputs the fields read, whole, by the names that the kernel gives them; it writes `result`
 * @param row which row of the result; the others stay as they are
 * @param groups workgroups that share the work, each with a place of its own in the row
 */
export function poolRow(
  kernel: string,
  inputs: Readonly<Record<string, Field>>,
  result: Field,
  row: number,
  { layer, phase }: Pick<ScheduleRecord, "layer" | "phase">,
  groups = 1,
): ScheduleRecord {
  const reads = Object.values(inputs).map((field) => ({ field, index: "layer" }) as const);
  return {
    verb: "pool",
    kernel,
    bind: { ...inputs, result },
    writes: [{ field: result, from: [...reads, { field: result, index: "own" }] }],
    layer,
    phase,
    constants: { ROW: row, ...(groups > 1 && { GROUPS: groups }) },
    groups,
  };
}
