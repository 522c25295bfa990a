/**
 * Runner: lowers a schedule once, then encodes it as often as asked, many steps to one submit. It can also stop
 * between any two records, which is what the audit's interventions need.
 */
import type { Device } from "./device";
import type { Field } from "./field";
import { type Kernel, kernelFor, turnGroup } from "./kernel";
import { type Dispatch, type Lowering, lowerPlain } from "./lower";
import type { Memory } from "./memory";
import { fieldsOf, type Schedule, type ScheduleRecord, unroll } from "./schedule";

/** A record made ready: its dispatches with pipelines and bind groups. */
export interface ReadyRecord {
  readonly record: ScheduleRecord;
  readonly turn: number;
  readonly dispatches: readonly ReadyDispatch[];
}

interface ReadyDispatch {
  readonly kernel: Kernel;
  readonly group: GPUBindGroup;
  readonly turnBinding: GPUBindGroup | undefined;
  readonly workgroups: Dispatch["workgroups"];
}

const turnStride = 256; // WebGPU's default alignment of dynamic uniform offsets

export class Runner {
  private constructor(
    readonly device: Device,
    readonly records: readonly ReadyRecord[],
    private readonly turns: GPUBuffer | undefined,
  ) {}

  /**
   * Allocates what the schedule needs in `memory`, compiles its kernels and binds them.
   * @throws TooLargeError before anything is allocated
   */
  static async create(
    device: Device,
    memory: Memory,
    schedule: Schedule,
    lowerings: Readonly<Record<string, Lowering>>,
    seed = 0,
  ): Promise<Runner> {
    const unrolled = [...unroll(schedule)];
    const lowered = new Map<ScheduleRecord, Dispatch[]>();
    for (const { record } of unrolled)
      if (!lowered.has(record)) lowered.set(record, (lowerings[record.kernel] ?? lowerPlain)(record, device));
    const scratch = [...lowered.values()].flat().flatMap(({ bind }) => Object.values(bind));
    await memory.allocate([...fieldsOf(schedule), ...scratch.filter(isScratch)], seed);

    let table: GPUBuffer | undefined;
    const turns = () => {
      table ??= turnTable(device, unrolled.reduce((most, { turn }) => Math.max(most, turn), 0) + 1);
      return table;
    };
    const ready = new Map<ScheduleRecord, ReadyDispatch[]>();
    // All at once, as drivers compile on several cores.
    await Promise.all(
      [...lowered].map(async ([record, dispatches]) => {
        const own = await Promise.all(dispatches.map((dispatch) => prepare(device, memory, dispatch, turns)));
        ready.set(record, own);
      }),
    );
    return new Runner(
      device,
      unrolled.map(({ record, turn }) => ({ record, turn, dispatches: ready.get(record)! })),
      table,
    );
  }

  /** Submits the whole schedule `times` times as one command buffer. Returns at once; `device.settled()` waits. */
  run(times = 1): void {
    this.submit((pass) => {
      for (let time = 0; time < times; time++) encodeRecords(pass, this.records);
    });
  }

  /** Submits the schedule once, `length` records at a time, so that no command buffer keeps the GPU for long. */
  runInSlices(length: number): void {
    for (let from = 0; from < this.records.length; from += length)
      this.runPart(from, Math.min(from + length, this.records.length));
  }

  /** Submits records `from` (included) to `to` (not included) of the unrolled schedule, once. */
  runPart(from: number, to = this.records.length): void {
    this.submit((pass) => encodeRecords(pass, this.records.slice(from, to)));
  }

  /** A runner of records `from` (included) to `to` (not included) alone. It lives as long as this one, and needs not be destroyed. */
  part(from: number, to: number): Runner {
    return new Runner(this.device, this.records.slice(from, to), undefined);
  }

  private submit(encode: (pass: GPUComputePassEncoder) => void): void {
    const encoder = this.device.gpu.createCommandEncoder();
    const pass = encoder.beginComputePass();
    encode(pass);
    pass.end();
    this.device.gpu.queue.submit([encoder.finish()]);
  }

  destroy(): void {
    this.turns?.destroy();
  }
}

const isScratch = ({ name }: Field) => name.startsWith("scratch/");

/** Encodes records into an open pass, in order; WebGPU orders dispatches that share a buffer. */
export function encodeRecords(pass: GPUComputePassEncoder, records: readonly ReadyRecord[]): void {
  for (const { turn, dispatches } of records)
    for (const { kernel, group, turnBinding, workgroups } of dispatches) {
      pass.setPipeline(kernel.pipeline);
      pass.setBindGroup(0, group);
      if (turnBinding) pass.setBindGroup(turnGroup, turnBinding, [turn * turnStride]);
      pass.dispatchWorkgroups(...workgroups);
    }
}

async function prepare(
  device: Device,
  memory: Memory,
  { kernel: spec, bind, workgroups }: Dispatch,
  turns: () => GPUBuffer,
): Promise<ReadyDispatch> {
  const kernel = await kernelFor(device, spec);
  const buffers = Object.fromEntries(
    Object.entries(bind).map(([name, field]) => [name, memory.buffer(field.name)]),
  );
  const turnBinding = kernel.readsTurn
    ? device.gpu.createBindGroup({
        layout: kernel.pipeline.getBindGroupLayout(turnGroup),
        entries: [{ binding: 0, resource: { buffer: turns(), size: 16 } }],
      })
    : undefined;
  return { kernel, group: kernel.bind(buffers), turnBinding, workgroups };
}

/** The prefilled table of repeat indices that dynamic offsets choose from. */
function turnTable(device: Device, count: number): GPUBuffer {
  const buffer = device.gpu.createBuffer({
    label: "turn",
    size: count * turnStride,
    usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
  });
  const table = new Uint32Array((count * turnStride) / 4);
  for (let turn = 0; turn < count; turn++) table[(turn * turnStride) / 4] = turn;
  device.gpu.queue.writeBuffer(buffer, 0, table);
  return buffer;
}
