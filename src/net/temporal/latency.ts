/** Latency code: an input fires once at most, the sooner the stronger it is. Its spikes travel as sorted lists of events. */
import type { Field } from "../../gpu/field";
import type { Population } from "../population";
import { own } from "../synapses";
import type { Passage, TemporalBuilder } from "./builder";

/** Levels that an input's strength is told apart in, as 8-bit pixels are. */
const levels = 256;

/** Most steps of a trial in which inputs fire by latency. */
export const mostLatencySteps = 256;

/** The field that says in which step each of 256 levels fires; the host fills it with `latencyTable`. */
export const latencyField: Field = {
  name: "latency",
  site: "global",
  home: "",
  shape: [levels],
  type: "u32",
  role: "setting",
};

/**
 * When a leaky integrator charged by a current x fires: τ ln(x / (x − θ)), in whole steps, rounded down; a current that never
 * charges it to the threshold θ doesn't fire. SpyTorch's numbers unless told: τ 20 ms, θ 0.2.
 * @returns for each level k of 255, x = k / 255, its step; `steps` for never
 */
export function latencyTable(steps: number, dtMs = 1, tauMs = 20, threshold = 0.2): Uint32Array {
  return Uint32Array.from({ length: levels }, (_, level) => {
    // As in SpyTorch, a current of the threshold itself counts as a little more.
    const x = Math.max(level / (levels - 1), threshold + 1e-7);
    const step = Math.floor((tauMs / dtMs) * Math.log(x / (x - threshold)));
    return level / (levels - 1) < threshold || step >= steps ? steps : step;
  });
}

/** The spikes of a batch of inputs, once by sample in the order of time, and once by input from the last to the first. */
export interface LatencyEvents {
  /** u32 [batch, size] */
  readonly bySample: Field;
  /** u32 [size, batch] */
  readonly byInput: Field;
}

/** Turns an input population's activity, in [0, 1], into spikes. What comes of it is the task's input. */
export function encodeLatency(step: TemporalBuilder, input: Population, learns: boolean): LatencyEvents {
  const { activity, batch, size, layer } = input;
  const stride = Math.ceil(size / 4) * 4;
  const bySample: Field = { ...step.words(input, "events"), role: "input" };
  const byInput: Field = { ...bySample, name: `${bySample.name} by input`, shape: [size, batch] };
  const sort = (events: Field, strides: readonly [owner: number, item: number], latestFirst: boolean) => {
    const [owners = 1, items = 1] = events.shape;
    step.add({
      verb: "local",
      kernel: "temporal/latency",
      bind: { activity, latency: latencyField, events },
      writes: [{ field: events, from: own(activity, latencyField) }],
      layer,
      constants: {
        ...{ OWNERS: owners, ITEMS: items, OWNER_STRIDE: strides[0], ITEM_STRIDE: strides[1] },
        ...{ STEPS: step.time.steps, LATEST_FIRST: latestFirst ? 1 : 0 },
      },
      groups: Math.ceil(owners / 8),
    });
  };
  sort(bySample, [stride, 1], false);
  if (learns) sort(byInput, [1, stride], true);
  return { bySample, byInput };
}

/** drive = W·spikes for the spikes of the span alone. */
export function projectEvents(
  step: TemporalBuilder,
  { bySample }: LatencyEvents,
  { weight }: Passage,
  drive: Field,
  layer: number,
): void {
  const [batch = 1, post = 1] = drive.shape.slice(-2);
  step.travels(weight);
  step.inTime({
    verb: "project",
    kernel: "temporal/project-events",
    bind: { events: bySample, weight, drive },
    writes: [{ field: drive, from: own(bySample, weight) }],
    layer,
    constants: { BATCH: batch, IN: weight.shape[0]!, OUT: post },
    threads: batch * Math.ceil(post / 4),
  });
}

/** Every synapse adds the error of its post neuron at the steps of the span in which its input fired. */
export function correlateEvents(
  step: TemporalBuilder,
  { byInput }: LatencyEvents,
  error: Field,
  weight: Field,
  layer: number,
): void {
  const [pre = 1, post = 1] = weight.shape;
  step.accumulate("temporal/correlate-events", { events: byInput, error }, step.gradient(weight), layer, {
    constants: { BATCH: error.shape[1]!, IN: pre, OUT: post },
    threads: pre * Math.ceil(post / 4),
  });
}
