/** One pair of spikes, closely: the post neuron's membrane, the traces that both neurons keep, and the synapse's weight. */
import { byId, h } from "../../src/view/dom";
import { type Strip, type StripLine, Strips } from "../../src/view/strips";
import type { Course } from "./dish";
import { tracesAt } from "./formula";
import type { PagedRule } from "./rules";

const purple = "--family-hebbian";
const looks: readonly StripLine["dash"][] = [[], [2, 3]];
const postLooks: readonly StripLine["dash"][] = [
  [8, 4],
  [8, 4, 2, 4],
];

const membrane: Strip = {
  y: "membrane (mV)",
  lines: [{ label: "post neuron", colour: "--ink" }],
  format: (value) => value.toFixed(1).replace("-", "\u2212"),
  tick: (value) => String(value).replace("-", "\u2212"),
  marks: () => [-65, -64, -63],
};

const weight: Strip = {
  y: "weight (mV)",
  lines: [{ label: "synapse", colour: purple, stepped: true }],
  format: (value) => value.toFixed(3),
};

export class Closely {
  private readonly strips: Strips;

  constructor(private readonly rule: PagedRule) {
    const { pre, post } = rule.model.traces;
    const lines = (traces: object, whose: string, dashes: readonly StripLine["dash"][]) =>
      Object.keys(traces).map((name, index): StripLine => {
        const dash = dashes[index];
        return { label: `${subscript(name)}, of ${whose}`, colour: purple, ...(dash && { dash }) };
      });
    const traces: Strip = {
      y: "traces",
      lines: [...lines(pre, "pre", looks), ...lines(post, "post", postLooks)],
      format: (value) => value.toFixed(2),
      tick: (value) => String(Number(value.toFixed(1))),
    };
    const hosts = ["membrane", "traces", "weight"].map((id) => {
      const host = h("div", { class: "plot" });
      byId(`stdp-${id}`).replaceChildren(host);
      return host;
    });
    this.strips = new Strips(hosts, [membrane, traces, weight], {
      x: "time since the first spike (ms)",
      tick: (value) => String(value).replace("-", "\u2212"),
    });
  }

  /** @param until how much of it is shown, ms */
  draw({ times, pre, post, ...course }: Course, until: number): void {
    const { model } = this.rule;
    const shown = (values: readonly number[]) =>
      values.map((value, k) => (times[k]! <= until ? value : null));
    const heard = (spikes: readonly number[]) => spikes.filter((spike) => spike <= until);
    const traces = times.map((time) => ({
      ...tracesAt(this.rule, model.traces.pre, pre, time, true),
      ...tracesAt(this.rule, model.traces.post, post, time, true),
    }));
    const names = [...Object.keys(model.traces.pre), ...Object.keys(model.traces.post)];
    const columns = names.map((name) => traces.map((all) => all[name]!));
    const weights = course.weight;
    const [least, most] = [Math.min(...weights), Math.max(...weights)];
    const margin = Math.max(0.25 * (most - least), 0.004);
    this.strips.draw({
      xs: times,
      span: [times[0]!, times.at(-1)!],
      moments: [
        { at: heard(pre), colour: purple, dash: [2, 3] },
        { at: heard(post), colour: "--muted", dash: [2, 3] },
      ],
      strips: [
        {
          range: [-66, -62],
          values: [shown(course.membrane)],
          spikes: [
            { at: heard(pre), colour: purple },
            { at: heard(post), colour: "--ink" },
          ],
        },
        { range: [0, 1.15 * Math.max(1, ...columns.flat())], values: columns.map(shown) },
        { range: [least - margin, most + margin], values: [shown(weights)] },
      ],
    });
  }

  destroy(): void {
    this.strips.destroy();
  }
}

const subscript = (name: string) => name.replace("1", "₁").replace("2", "₂");
