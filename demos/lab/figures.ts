/** The picture in the middle: curves of all runs that are shown, the first weights as images, and what each rule asks. */
import { auditRule } from "../../src/experiment/audit";
import { findRule } from "../../src/experiment/rules";
import { trainingStep } from "../../src/experiment/schedules";
import { network } from "../../src/net/network";
import { auditTable } from "../../src/view/audit-table";
import { Curves, type Racer } from "../../src/view/curves";
import { byId, h, setText } from "../../src/view/dom";
import { messageOf, Notice } from "../../src/view/notice";
import { Sight } from "../../src/view/sight";
import { synapseNames } from "../../src/view/synapse-names";
import { WeightImages } from "../../src/view/weight-images";
import type { Lab } from "./lab";
import type { Run } from "./run";
import { layersOf, optionsOf } from "./spec";
import { racersOf } from "./titles";

const still = matchMedia("(prefers-reduced-motion: reduce)");
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Reading the weights should take no more than this share of the time. */
const share = 0.05;

type Shown = { readonly run: Run; readonly racer: Racer };

export class LabFigures {
  readonly curves = new Curves(byId("lab-accuracy"), byId("lab-loss"), byId("lab-axis"));
  private readonly weights = new WeightImages(byId("lab-weights"), () => undefined);
  private readonly notice = new Notice(byId("lab-figures-notice"));
  private readonly sight = new Sight("#lab-weights");
  private asked = "";

  constructor(private readonly lab: Lab) {}

  /** Runs whose lines are drawn. */
  get shown(): Shown[] {
    const racers = racersOf(this.lab.runs);
    return this.lab.runs.flatMap((run, index) => {
      const { title, look, name } = racers[index]!;
      const { seeds, alive } = run;
      if (!run.spec.shown || seeds.length === 0) return [];
      const lost = seeds.length - alive.length;
      const told =
        alive.length === 0 ? `${title}: diverged` : lost > 0 ? `${title}: ${lost} diverged` : title;
      const strands = (alive.length > 0 ? alive : seeds).map(({ key }) => key);
      return [{ run, racer: { name, title: told, look: look!, strands } }];
    });
  }

  draw(): void {
    const racers = this.shown.map(({ racer }) => racer);
    if (racers.length > 0) this.curves.draw(this.lab.history, racers);
  }

  /** Reads the weights about once a second while someone looks; never returns. */
  async watch(): Promise<never> {
    let seen = "";
    for (;;) {
      const { history, dataset } = this.lab;
      const state = `${history.version} ${this.shown.map(({ racer }) => racer.title)}`;
      let took = 0;
      if (dataset && state !== seen && this.sight.any && !document.hidden) {
        const started = performance.now();
        try {
          await this.look();
          this.notice.clear();
          seen = state;
        } catch (error) {
          this.notice.say(`The weights could not be read: ${messageOf(error)}`, "bad");
        }
        took = performance.now() - started;
      }
      await wait(Math.max(still.matches ? 3000 : 1000, took / share));
    }
  }

  private async look(): Promise<void> {
    const { dataset } = this.lab;
    const rows = await Promise.all(
      this.shown.map(async ({ run, racer }) => {
        const seen = await run.alive[0]?.race.examine((trainer) =>
          trainer.read(trainer.net.projections[0]!.weight.name),
        );
        return seen?.[0] ? [{ racer, weights: seen[0] }] : [];
      }),
    );
    if (dataset && dataset === this.lab.dataset) this.weights.draw(rows.flat(), dataset.shape);
  }

  /** What the rules of the runs ask of a synapse, each once for each set of options. */
  audit(): void {
    const { runs, dataset } = this.lab;
    const fitting = dataset ?? { inputs: 784, classes: 10 };
    const asked = new Map(
      runs.map(({ spec }) => [
        JSON.stringify([spec.rule, spec.options, layersOf(spec, fitting).length, spec.output]),
        spec,
      ]),
    );
    const state = [...asked.keys()].join();
    if (state === this.asked) return;
    this.asked = state;
    try {
      const names = new Map<string, string>();
      const reports = [...asked.values()].map((spec) => {
        const {
          rules: _,
          values: __,
          options: ___,
          optimizer = "momentum",
          ...architecture
        } = optionsOf(spec, fitting, spec.seed);
        const { seed: ____, ...plain } = architecture;
        const rule = findRule(spec.rule);
        const { schedule } = trainingStep(rule, network(plain), spec.optimizer, 1, { options: spec.options });
        for (const [long, short] of synapseNames(schedule, network(plain))) names.set(long, short);
        return {
          racer: { name: spec.rule, title: [rule.title, ...Object.values(spec.options)].join(", ") },
          report: auditRule(spec.rule, { ...plain, optimizer, options: spec.options }),
        };
      });
      byId("lab-audit").replaceChildren(auditTable(reports, names));
    } catch (error) {
      byId("lab-audit").replaceChildren(h("p", {}, messageOf(error)));
    }
  }
}

/** How the picture is called, aloud and in its files. */
export function describeCharts(lab: Lab): string {
  const { dataset } = lab;
  const title = dataset ? `Learning on ${dataset.title}` : "Learning";
  setText(byId("lab-title"), title);
  return title;
}
