/**
 * Trace: real training steps, record by record, in the JSON that chrome://tracing and ui.perfetto.dev open
 * ("Trace Event Format": complete events, ph "X", in µs). One lane for each layer on the GPU, and one each on the host
 * for encoding, submitting, waiting and reading back.
 */
import type { Device } from "./device";
import { encodeRecords, type ReadyRecord, type Runner } from "./runner";
import { bytesOf, flopsOf } from "./schedule";
import { type Clock, Stopwatch } from "./stopwatch";

export interface TraceEvent {
  readonly name: string;
  /** `X`: something with a duration; `M`: the name of a process or a thread. */
  readonly ph: "X" | "M";
  readonly cat?: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly args: Readonly<Record<string, string | number>>;
}

export interface Trace {
  readonly traceEvents: readonly TraceEvent[];
  readonly displayTimeUnit: "ms";
  readonly otherData: { readonly adapter: string; readonly clock: Clock; readonly about: string };
}

const gpuProcess = 1;
const hostProcess = 2;

/**
 * Runs `steps` steps in one submit, each record in a pass with a pair of timestamps, and lays the events out as they
 * came. The two clocks have no common origin in WebGPU: the GPU's first event is put where the submit began. Without
 * timestamps every record is a submit of its own, timed by the host.
 * @param records of a step that are run; default all, fewer where a step is too long to be looked at record by record
 */
export async function traceSteps(
  device: Device,
  runner: Runner,
  steps = 1,
  records: readonly ReadyRecord[] = runner.records,
): Promise<Trace> {
  const order = Array.from({ length: steps }, () => records).flat();
  const watch = new Stopwatch(device);
  await watch.once((pass) => encodeRecords(pass, records)); // the first run may compile
  const { passes, host } = await watch.time(order.map((ready) => (pass) => encodeRecords(pass, [ready])));
  watch.destroy();

  const µs = (ms: number) => Math.max(0, 1e3 * ms);
  const start = host.encoded - host.begun;
  const events: TraceEvent[] = [];
  order.forEach(({ record, turn, dispatches }, index) => {
    const interval = passes[index];
    if (!interval) return; // the clock ran backwards
    events.push({
      name: record.kernel,
      cat: record.verb,
      ph: "X",
      pid: gpuProcess,
      tid: record.layer,
      ts: µs(start + interval.begin),
      dur: µs(interval.end - interval.begin),
      args: {
        flops: flopsOf(record),
        bytes: bytesOf(record),
        phase: record.phase,
        layer: record.layer,
        step: Math.floor(index / records.length),
        turn,
        dispatches: dispatches.length,
        writes: record.writes.map(({ field }) => field.name).join(", "),
      },
    });
  });
  const stages: [string, number, number][] = [
    ["encode", host.begun, host.encoded],
    ["submit", host.encoded, host.submitted],
    ["wait", host.submitted, host.done],
    ["readback", host.done, host.readBack],
  ];
  for (const [tid, [name, from, to]] of stages.entries())
    events.push({
      name,
      cat: "host",
      ph: "X",
      pid: hostProcess,
      tid,
      ts: µs(from - host.begun),
      dur: µs(to - from),
      args: { steps },
    });
  events.sort((a, b) => a.ts - b.ts || b.dur! - a.dur!);

  const layers = [...new Set(order.map(({ record }) => record.layer))].sort((a, b) => a - b);
  const lanes = [
    named("process_name", gpuProcess, 0, `GPU: ${device.facts.name}`),
    ...layers.map((layer) =>
      named("thread_name", gpuProcess, layer, layer === 0 ? "input" : `layer ${layer}`),
    ),
    named("process_name", hostProcess, 0, "host"),
    ...stages.map(([name], tid) => named("thread_name", hostProcess, tid, name)),
  ];
  const some = `${steps} ${steps === 1 ? "step" : "steps"}${records.length < runner.records.length ? `, the first ${records.length} records,` : ""}`;
  const about =
    watch.clock === "timestamps"
      ? `${some} in one submit, a timestamp pair for each record; the GPU's clock is set to the host's at the submit.`
      : `${some}, a submit for each record, timed by the host: this device has no timestamps.`;
  return {
    traceEvents: [...lanes, ...events],
    displayTimeUnit: "ms",
    otherData: { adapter: device.facts.name, clock: watch.clock, about },
  };
}

function named(name: "process_name" | "thread_name", pid: number, tid: number, label: string): TraceEvent {
  return { name, ph: "M", pid, tid, ts: 0, args: { name: label } };
}
