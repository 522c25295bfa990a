/** Lately: the last seconds of the watched synapse, as panels on one time axis. */
import { byId } from "../../src/view/dom";
import { type Strip, Strips } from "../../src/view/strips";
import type { Course } from "./brain";
import { strongest } from "./network";

/** ms that the panels show, and ms of one point on them. */
export const shownMs = 6000;
const pointMs = 4;
/** What is left of a trace after a ms, and the synapse's delay in ms (Izhikevich 2007). */
const [keep, delay] = [0.95, 1];

const [purple, gold] = ["--family-hebbian", "--family-reward"];
const hundredths = (value: number) => value.toFixed(2).replace("-", "\u2212");
const short = (value: number) => String(Number(value.toFixed(2))).replace("-", "\u2212");

const strips: readonly Strip[] = [
  {
    y: "trace",
    lines: [{ label: "of the pre neuron", colour: purple }],
    format: hundredths,
    tick: short,
    marks: () => [0, 1],
  },
  {
    y: "eligibility",
    lines: [{ label: "of the synapse", colour: purple, dash: [6, 3] }],
    format: (value) => value.toFixed(3).replace("-", "\u2212"),
    tick: short,
  },
  { y: "dopamine", lines: [{ label: "everywhere", colour: gold }], format: hundredths, tick: short },
  {
    y: "weight",
    lines: [{ label: "of the synapse", colour: purple }],
    format: hundredths,
    tick: short,
    marks: () => [0, 2, 4],
  },
];

const panels = ["trace", "eligibility", "dopamine", "weight"];

export class Lately {
  private readonly xs: number[] = [];
  private readonly trace: number[] = [];
  private readonly eligibility: number[] = [];
  private readonly dopamine: number[] = [];
  private readonly weight: number[] = [];
  private pre: number[] = [];
  private post: number[] = [];
  private level = 0;
  private readonly strips = new Strips(
    panels.map((id) => byId(`reward-${id}`)),
    strips,
    {
      x: "the network’s time (s)",
      tick: (value) => String(value),
    },
  );

  add({ first, ms, eligibility, weight, dopamine, pre, post }: Course): void {
    this.pre.push(...pre);
    this.post.push(...post);
    const arrived = new Set(this.pre.map((at) => at + delay));
    let peak = 0;
    for (let k = 0; k < ms; k++) {
      const time = first + k;
      this.level = arrived.has(time) ? 1 : this.level * keep;
      peak = Math.max(peak, this.level);
      if ((time + 1) % pointMs !== 0) continue;
      this.xs.push((time + 1) / 1000);
      this.trace.push(peak);
      this.eligibility.push(eligibility[k]!);
      this.dopamine.push(dopamine[k]!);
      this.weight.push(weight[k]!);
      peak = 0;
    }
    const gone = this.xs.length - shownMs / pointMs;
    if (gone > 0)
      for (const values of [this.xs, this.trace, this.eligibility, this.dopamine, this.weight])
        values.splice(0, gone);
    const oldest = first + ms - shownMs;
    this.pre = this.pre.filter((at) => at >= oldest);
    this.post = this.post.filter((at) => at >= oldest);
  }

  /** @param now ms @param earned when pairs came that earned a reward @param rewards when rewards came */
  draw(now: number, earned: readonly number[], rewards: readonly number[]): void {
    const seconds = (times: readonly number[]) => times.map((ms) => ms / 1000);
    const largest = (values: readonly number[], least: number) =>
      1.15 * values.reduce((most, value) => Math.max(most, Math.abs(value)), least);
    const eligible = largest(this.eligibility, 0.1);
    const to = Math.max(now, shownMs) / 1000;
    this.strips.draw({
      xs: this.xs,
      span: [to - shownMs / 1000, to],
      moments: [
        { at: seconds(earned), colour: "--muted", dash: [2, 3] },
        { at: seconds(rewards), colour: gold },
      ],
      strips: [
        {
          range: [0, 1.9],
          values: [this.trace],
          spikes: [
            { at: seconds(this.pre), colour: purple },
            { at: seconds(this.post), colour: "--ink" },
          ],
        },
        { range: [-0.5 * eligible, eligible], values: [this.eligibility] },
        { range: [0, largest(this.dopamine, 0.5)], values: [this.dopamine] },
        { range: [0, 1.06 * strongest], values: [this.weight] },
      ],
    });
  }

  clear(): void {
    for (const values of [this.xs, this.trace, this.eligibility, this.dopamine, this.weight])
      values.length = 0;
    this.pre = [];
    this.post = [];
    this.level = 0;
  }
}
