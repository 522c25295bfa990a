/**
 * Lowering: from logical records to dispatches. How a record is cut into tiles or passes is decided here and never
 * changes what it means; the order in which sums are taken depends on shapes alone.
 */
import type { AdapterFacts } from "./device";
import type { Field } from "./field";
import type { KernelSpec } from "./kernel";
import type { ScheduleRecord } from "./schedule";

export interface Dispatch {
  readonly kernel: KernelSpec;
  readonly bind: Readonly<Record<string, Field>>;
  readonly workgroups: readonly [number, number, number];
}

/** What a lowering may look at besides the record. */
export interface Target {
  readonly facts: Pick<AdapterFacts, "name" | "software">;
  readonly subgroups: boolean;
}

export type Lowering = (record: ScheduleRecord, target: Target) => Dispatch[];

/** WebGPU's default limit of workgroups in one dimension. */
const maxWorkgroups = 65_535;

/** Spreads a count of workgroups over x and y; `flatIndex` in shaders/lib/grid.wgsl puts it together again. */
export function spread(groups: number): [number, number, number] {
  return [Math.min(groups, maxWorkgroups), Math.ceil(groups / maxWorkgroups), 1];
}

/** Kernels without a lowering of their own: one invocation, or one workgroup, for each thing they work on. */
export function lowerPlain(record: ScheduleRecord): Dispatch[] {
  const groups = record.groups ?? Math.ceil((record.threads ?? 1) / 64);
  return [
    {
      kernel: {
        shader: `kernel/${record.kernel}`,
        ...(record.slots && { slots: record.slots }),
        ...(record.constants && { constants: record.constants }),
      },
      bind: record.bind,
      workgroups: spread(groups),
    },
  ];
}
