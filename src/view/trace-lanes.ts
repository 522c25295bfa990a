/** Trace lanes: a trace of real steps as what the host and the GPU did when, on one axis of time. */
import type { Verb } from "../gpu/schedule";
import type { Trace } from "../gpu/trace";
import { h } from "./dom";

export interface LaneBlock {
  /** ms from the start of encoding. */
  readonly from: number;
  readonly to: number;
  readonly verb?: Verb;
}

export interface TimeLane {
  readonly name: string;
  readonly blocks: readonly LaneBlock[];
  /** Time with a block, ms. */
  readonly busy: number;
}

/** encode, submit, GPU, wait and readback, in the order in which they begin. */
export function lanesOfTrace({ traceEvents }: Trace): { readonly lanes: TimeLane[]; readonly end: number } {
  const done = traceEvents.filter(({ ph }) => ph === "X");
  const lane = (name: string, of: typeof done): TimeLane => {
    const blocks = of.map(({ ts, dur = 0, cat }): LaneBlock => {
      const verb = cat === "host" ? {} : { verb: cat as Verb };
      return { from: ts / 1e3, to: (ts + dur) / 1e3, ...verb };
    });
    return { name, blocks, busy: blocks.reduce((sum, { from, to }) => sum + to - from, 0) };
  };
  const host = (name: string) =>
    lane(
      name,
      done.filter((event) => event.cat === "host" && event.name === name),
    );
  const gpu = lane(
    "GPU",
    done.filter(({ cat }) => cat !== "host"),
  );
  const lanes = [host("encode"), host("submit"), gpu, host("wait"), host("readback")];
  return { lanes, end: Math.max(...done.map(({ ts, dur = 0 }) => (ts + dur) / 1e3)) };
}

/** Round steps of an axis from 0 to `end`, about five of them. */
export function timeMarks(end: number): number[] {
  const rough = end / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((of) => of * power).find((one) => one >= rough)!;
  return Array.from({ length: Math.floor(end / step + 1e-9) + 1 }, (_, index) =>
    Number((index * step).toPrecision(6)),
  );
}

/** Of the axis: marks further on have their text before them. */
const lastShare = 0.82;

/** @param format of a time in ms */
export function drawLanes(host: HTMLElement, trace: Trace, format: (ms: number) => string): void {
  const { lanes, end } = lanesOfTrace(trace);
  const left = (ms: number) => `${(100 * ms) / end}%`;
  const rows = lanes.map(({ name, blocks, busy }) => {
    const track = h(
      "div",
      { class: "time-track" },
      ...blocks.map(({ from, to, verb }) => {
        const block = h("span", { class: `time-block ${verb ? `verb-${verb}` : `time-${name}`}` });
        block.style.left = left(from);
        block.style.width = `max(1px, ${left(to - from)})`;
        return block;
      }),
    );
    return h(
      "div",
      { class: "time-lane" },
      h("span", { class: "time-name" }, name, h("small", {}, format(busy))),
      track,
    );
  });
  const axis = h(
    "div",
    { class: "time-axis" },
    ...timeMarks(end).map((ms) => {
      const last = ms > lastShare * end; // its text would leave the picture to the right
      const mark = h("span", { class: `time-mark${last ? " is-last" : ""}` }, format(ms));
      if (last) mark.style.right = left(end - ms);
      else mark.style.left = left(ms);
      return mark;
    }),
  );
  host.replaceChildren(...rows, axis);
}
