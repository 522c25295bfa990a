/** The live figures: drawn from the race, at most once a frame and never faster than the eye needs. */
import { AngleCharts } from "../../src/view/angles";
import { Curves, type Racer } from "../../src/view/curves";
import { byId } from "../../src/view/dom";
import { Facts } from "../../src/view/facts";
import { count, rough } from "../../src/view/format";
import { WeightImages } from "../../src/view/weight-images";
import type { Race } from "./race";
import { racersOf } from "./story";

const still = matchMedia("(prefers-reduced-motion: reduce)");
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export class Figures {
  private readonly curves = new Curves(byId("accuracy"), byId("loss"), byId("accuracy-note"));
  private readonly angles = new AngleCharts(byId("angles"));
  private readonly weights = new WeightImages(byId("weights"));
  private readonly facts = new Facts(byId("facts"));
  private drawnAt = 0;
  /** The history that the angles belong to. */
  private measured: unknown;

  constructor(
    private readonly race: Race,
    /** Hears when buttons may have to change. */
    private readonly changed: () => void,
  ) {}

  /** Begins to draw, and to measure about once a second. */
  begin(): void {
    const frame = (now: number) => {
      if (now - this.drawnAt > (still.matches ? 1000 : 120)) {
        this.drawnAt = now;
        this.draw();
      }
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
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
    this.curves.draw(history, this.racers());
    this.showFacts();
    this.changed();
  }

  private showFacts(): void {
    const { experiment, dataset, speeds } = this.race;
    const { device, settings, trainers, options } = experiment!;
    const { name, software } = device.facts;
    const steps = Math.max(...trainers.map((trainer) => trainer.steps));
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

  /** Angles and weights, while something moves. */
  private async watch(): Promise<never> {
    let seen = "";
    let watched: unknown;
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
      seen = state;
      const measured = await this.race.measure().catch(() => undefined);
      if (!measured) continue;
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
    }
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
