/** The picture in the middle: curves of all runs that are shown, the first weights as images, and what each rule asks. */
import { Curves, type Racer } from "../../src/view/curves";
import { byId, setText } from "../../src/view/dom";
import { messageOf, Notice } from "../../src/view/notice";
import { Sight } from "../../src/view/sight";
import { WeightImages } from "../../src/view/weight-images";
import { Asks } from "./asks";
import type { Lab } from "./lab";
import type { Run } from "./run";
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
  private readonly asks = new Asks(byId("lab-audit"));

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

  /** What the rules of the runs ask of a synapse. */
  audit(): void {
    const { runs, dataset } = this.lab;
    void this.asks.draw(
      runs.map(({ spec }) => spec),
      dataset ?? { inputs: 784, classes: 10 },
    );
  }
}

/** How the picture is called, aloud and in its files. */
export function describeCharts(lab: Lab): string {
  const { dataset } = lab;
  const title = dataset ? `Learning on ${dataset.title}` : "Learning";
  setText(byId("lab-title"), title);
  return title;
}
