/** Show: a run in all its pictures. What has the pointer or the focus in one is marked in the others. */

import { isSpiking } from "../../src/experiment/profile-plan";
import type { AdapterFacts } from "../../src/gpu/device";
import { byId, h, setText } from "../../src/view/dom";
import { Facts } from "../../src/view/facts";
import { Flame } from "../../src/view/flame";
import { count, listed, percent } from "../../src/view/format";
import { Roofline, type RooflineKernel } from "../../src/view/roofline";
import { svg } from "../../src/view/svg";
import { drawLanes, lanesOfTrace } from "../../src/view/trace-lanes";
import { verbShapes, verbs } from "../../src/view/verb-shape";
import { Kernels, shortName, toldOf } from "./kernels";
import { factsOf } from "./numbers";
import { time } from "./times";
import type { Run } from "./work";

/** Work of fewer operations is no point under a roof of arithmetic or memory. */
const leastFlops = 100;

export class Show {
  private readonly facts = new Facts(byId("facts"));
  private readonly kernels = new Kernels(byId("kernels"));
  private readonly flame: Flame;
  private readonly roofline: Roofline;
  private run: Run | undefined;

  constructor(private readonly page: HTMLElement) {
    const regard = (record: number | undefined) => this.mark(record);
    this.flame = new Flame(byId("flame"), {
      label: "The step’s time: phases, in them layers, in them kernels; arrow keys lead along, up and down",
      told: ({ name, ms, width, record, depth }) =>
        record === undefined
          ? `${depth === 0 ? "The whole step, its kernels added up" : `${depth === 1 ? "Phase " : "In it "}${name}`}: ${time(ms)}, ${percent(width)}`
          : toldOf(this.run!.profile.rows[record]!, this.run!.counted),
      regard,
    });
    this.roofline = new Roofline(byId("roofline"), {
      label: "Kernels by intensity and speed under the measured roofs; arrow keys lead from one to the next",
      regard,
    });
    byId("verbs").replaceChildren(
      ...verbs.map((verb) =>
        h(
          "li",
          {},
          svg(
            "svg",
            { class: "profiler-shape", viewBox: "-8 -8 16 16", width: 18, height: 18, "aria-hidden": "true" },
            svg("path", { class: `roofline-mark verb-${verb}`, d: verbShapes[verb] }),
          ),
          verb,
        ),
      ),
    );
    for (const type of ["pointerover", "focusin"])
      byId("kernels").addEventListener(type, ({ target }) => {
        const row = (target as Element).closest<HTMLElement>("[data-record]");
        this.mark(row ? Number(row.dataset.record) : undefined);
      });
    byId("kernels").addEventListener("pointerleave", () => this.mark(undefined));
  }

  draw(run: Run, facts: AdapterFacts): void {
    this.run = run;
    this.facts.show(factsOf(facts, run));
    this.kernels.draw(run);
    const { rows } = run.profile;
    this.flame.draw(
      rows.map((row) => ({
        name: shortName(row),
        verb: row.verb,
        layer: row.layer,
        phase: row.phase || "time steps",
        ms: row.calls * row.ms,
      })),
      `one step, ${time(run.profile.sum)}`,
    );
    this.drawRoofline(run);
    drawLanes(byId("lanes"), run.trace, time);
    this.say(run);
  }

  private drawRoofline({ profile, counted, peaks }: Run): void {
    const { rows } = profile;
    const drawn = rows.flatMap((row, record): RooflineKernel[] => {
      if (!counted || row.flops < leastFlops || row.bytes === 0) return [];
      const { verb, layer, share, gflops } = row;
      const name = `${verb === "local" || verb === "pool" ? shortName(row) : verb} ${layer}`;
      const told = toldOf(row, counted);
      return [{ record, name, verb, share, gflops, intensity: row.flops / row.bytes, told }];
    });
    const absent = rows.length - drawn.length;
    const few = `${count(absent)} of ${count(rows.length)} kernels do less than ${leastFlops} FLOP, and are nothing but a dispatch. They are left out. `;
    const why = counted
      ? absent > 0
        ? few
        : ""
      : "What a kernel of a spiking network does depends on the spikes, not on shapes alone, so it has no place here: only the roofs are drawn. ";
    this.roofline.draw(
      drawn,
      peaks,
      `${why}${drawn.length > 0 ? "Point at a kernel, or walk with the arrow keys, to read its numbers; the digit is its layer." : ""}`,
    );
  }

  private say({ profile, trace, plan, counted }: Run): void {
    const { rows } = profile;
    const shares = rows.reduce((sum, { share }) => sum + share, 0);
    const spiking = isSpiking(plan)
      ? " FLOPs and bytes of a spiking network depend on its spikes, so none are claimed."
      : "";
    setText(
      byId("table-caption"),
      `Medians of ${rows[0]?.times.length ?? 0} rounds; the shares add up to ${percent(shares)}. ${counted ? "“Of peak” is the time that the work would take under the roof that binds it, over the time it took; more than 100 % of memory means that the data stayed in a cache." : ""}${spiking}`,
    );
    const { lanes, end } = lanesOfTrace(trace);
    const told = lanes.map(({ name, busy }) => `${name} ${time(busy)}`);
    byId("lanes").setAttribute("aria-label", `Of ${time(end)}: ${listed(told)}`);
    const coarse =
      profile.clock === "timestamps" && profile.quantumMs !== undefined && profile.quantumMs > 1e-3
        ? ` Each record has a pass and a pair of timestamps of its own, so here one step of the clock, ${time(profile.quantumMs)}, shows.`
        : "";
    setText(
      byId("lanes-caption"),
      `${trace.otherData.about}${coarse} A pass for each record also costs more than many to a pass, as training runs them.`,
    );
  }

  /** Marks a record wherever it is shown. */
  private mark(record: number | undefined): void {
    for (const marked of this.page.querySelectorAll(".is-regarded")) marked.classList.remove("is-regarded");
    if (record === undefined) return;
    for (const one of this.page.querySelectorAll(`[data-record="${record}"]`))
      one.classList.add("is-regarded");
  }
}
