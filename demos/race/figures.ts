/** The live figures: drawn from the race, at most once a frame and never faster than the eye needs. */
import { AngleCharts } from "../../src/view/angles";
import { Curves, type Racer } from "../../src/view/curves";
import { byId } from "../../src/view/dom";
import { Facts } from "../../src/view/facts";
import { count, rough } from "../../src/view/format";
import { messageOf, Notice } from "../../src/view/notice";
import { Sight } from "../../src/view/sight";
import { type FirstSynapse, WeightImages } from "../../src/view/weight-images";
import { measureOne } from "./measure";
import type { Race } from "./race";
import { racersOf } from "./story";

const still = matchMedia("(prefers-reduced-motion: reduce)");
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export interface FigureHooks {
  /** Buttons may have to change. */
  changed(): void;
  /** A synapse was clicked among the first weights. */
  picked(synapse: FirstSynapse): void;
}

export class Figures {
  private readonly curves = new Curves(byId("accuracy"), byId("loss"), byId("accuracy-note"));
  private readonly angles = new AngleCharts(byId("angles"));
  private readonly weights: WeightImages;
  private readonly facts = new Facts(byId("facts"));
  private readonly notice = new Notice(byId("figures-notice"));
  private readonly anglesNotice = new Notice(byId("angles-notice"));
  private readonly raceSight = new Sight("#accuracy", "#loss", "#facts");
  private readonly anglesSight = new Sight("#angles", "#weights");
  private drawnAt = 0;
  /** The history that the angles belong to. */
  private measured: unknown;

  constructor(
    private readonly race: Race,
    private readonly hooks: FigureHooks,
  ) {
    this.weights = new WeightImages(byId("weights"), hooks.picked);
  }

  /** Shows on the weights which synapse of the first layer is looked at. */
  mark(synapse: FirstSynapse | undefined): void {
    this.weights.mark(synapse);
  }

  /** Begins to draw, and to measure about once a second. */
  begin(): void {
    const frame = (now: number) => {
      requestAnimationFrame(frame);
      if (now - this.drawnAt < (still.matches ? 1000 : 120)) return;
      this.drawnAt = now;
      if (this.race.experiment) this.hooks.changed();
      if (this.raceSight.any) this.draw();
    };
    requestAnimationFrame(frame);
    addEventListener("beforeprint", () => this.draw());
    void this.watch();
  }

  /** Makes ready for a race; what was measured of another one is forgotten. */
  prepare(): void {
    const { experiment, history } = this.race;
    this.angles.prepare(experiment?.options.layers ?? [1, 1, 1], history !== this.measured);
    this.measured = history;
  }

  private draw(): void {
    const { experiment, history } = this.race;
    if (!experiment) return;
    try {
      this.curves.draw(history, this.racers());
      this.showFacts();
      this.notice.clear();
    } catch (error) {
      this.notice.say(`The curves could not be drawn: ${messageOf(error)}`, "bad");
    }
  }

  private showFacts(): void {
    const { experiment, dataset, speeds } = this.race;
    const { device, settings, trainers, options } = experiment!;
    const { name, software } = device.facts;
    const steps = Math.max(0, ...trainers.map((trainer) => trainer.steps));
    const speedOf = (rule: string) => (speeds.has(rule) ? rough(speeds.get(rule)!) : "–");
    const perRule = trainers.map(({ rule }) => `${speedOf(rule.name)} (${rule.title})`);
    this.facts.show({
      Adapter: software ? `${name}, a software adapter: no GPU answered, so the network is small` : name,
      Task: `${dataset!.title}, ${count(dataset!.train.count)} samples to learn, ${count(dataset!.test.count)} to test`,
      Network: `${options.layers.join("–")}, batch ${settings.batch}, seed ${settings.seed}`,
      "Samples seen": `${count(steps * settings.batch)} in ${count(steps)} steps`,
      "Samples a second": perRule.join(", "),
    });
  }

  /** Angles and weights, while something moves and someone looks; once for each race in any case, as for print. */
  private async watch(): Promise<never> {
    let seen = "";
    let watched: unknown;
    let looked: unknown;
    for (;;) {
      for (
        let waited = 0;
        waited < (still.matches ? 3000 : 1000) && this.race.experiment === watched;
        waited += 100
      )
        await wait(100);
      const { experiment, history } = this.race;
      watched = experiment;
      const state = `${history.version} ${experiment?.options.rules}`;
      if (!experiment || state === seen || document.hidden) continue;
      if (looked === experiment && !this.anglesSight.any) continue;
      try {
        if (!(await this.look())) continue;
        seen = state;
        looked = experiment;
        this.anglesNotice.clear();
      } catch (error) {
        this.anglesNotice.say(`Angles and weights could not be measured: ${messageOf(error)}`, "bad");
      }
    }
  }

  /** False where the device was lost or the race replaced meanwhile. */
  private async look(): Promise<boolean> {
    const measured = await this.race.examine(measureOne);
    if (!measured) return false;
    const racers = this.racers();
    for (const { angles } of measured) this.angles.add(angles);
    this.angles.draw(racers);
    this.weights.draw(
      racers.flatMap((racer) => {
        const seen = measured.find(({ angles }) => angles.rule === racer.name);
        return seen ? [{ racer, weights: seen.weights }] : [];
      }),
      this.race.dataset!.shape,
    );
    return true;
  }

  /** The rules in the race; one that can't go on says so at its line. */
  private racers(): Racer[] {
    const { experiment, diverged } = this.race;
    return racersOf(experiment?.options.rules ?? []).map(({ name, title }) => ({
      name,
      title: diverged.has(name) ? `${title}: diverged` : title,
    }));
  }
}
