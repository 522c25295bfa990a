/**
 * “What did this synapse hear?”: looks at one synapse of every rule that races, when a choice is made, when asked, and at
 * a slow pace while the race is on and the figure on screen. Each look works on copies, so the race never notices.
 */
import { Inspector, type Learned, learnedBy, type Sample } from "../../src/experiment/inspect";
import { sampleOf } from "../../src/experiment/sample";
import type { Trainer } from "../../src/experiment/trainer";
import { byId } from "../../src/view/dom";
import { count } from "../../src/view/format";
import { messageOf } from "../../src/view/notice";
import { Sight } from "../../src/view/sight";
import type { SynapseChoice, SynapseRanges } from "../../src/view/synapse-fields";
import { SynapsePanel } from "../../src/view/synapse-panel";
import type { RacerStory } from "../../src/view/synapse-story";
import type { FirstSynapse } from "../../src/view/weight-images";
import type { Race } from "./race";

const still = matchMedia("(prefers-reduced-motion: reduce)");
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Between looks while the race is on. */
const paceMs = () => (still.matches ? 10_000 : 3000);

export class SynapseFigure {
  private readonly panel: SynapsePanel;
  private readonly sight = new Sight("#synapse");
  private readonly inspectors = new Map<Trainer, Inspector>();
  private choice: SynapseChoice | undefined;
  private asked = false;
  /** What the choice was made from. */
  private prepared: Race["experiment"];

  /** @param mark hears which synapse of the first layer is looked at */
  constructor(
    private readonly race: Race,
    private readonly mark: (synapse: FirstSynapse | undefined) => void,
  ) {
    this.panel = new SynapsePanel(byId("synapse"), {
      choose: (choice) => this.choose(choice),
      pick: (pre) => this.choice && this.pick({ pre, post: this.choice.layer === 1 ? this.choice.post : 0 }),
      again: () => {
        this.asked = true;
      },
    });
  }

  begin(): void {
    void this.watch();
  }

  /** Chooses a synapse of the first layer. */
  pick(synapse: FirstSynapse): void {
    if (this.choice) this.choose({ ...this.choice, ...synapse, layer: 1 });
  }

  private choose(choice: SynapseChoice): void {
    this.choice = choice;
    this.asked = true;
    const { layer, pre, post } = choice;
    this.panel.show(choice, this.ranges());
    this.mark(layer === 1 ? { pre, post } : undefined);
  }

  private ranges(): SynapseRanges {
    const { experiment, dataset } = this.race;
    return {
      layers: experiment!.options.layers,
      train: dataset!.train.count,
      test: dataset!.test.count,
    };
  }

  private async watch(): Promise<never> {
    let seen = "";
    let lookedAt = Number.NEGATIVE_INFINITY;
    for (;;) {
      await wait(100);
      const { experiment, history, state } = this.race;
      if (!experiment || document.hidden) continue;
      if (experiment !== this.prepared) this.prepare();
      const stands = `${history.version} ${experiment.trainers.map(({ steps }) => steps)}`;
      const due = performance.now() - lookedAt > (state === "running" ? paceMs() : 0);
      if (!this.asked && !(this.sight.any && due && stands !== seen)) continue;
      this.asked = false;
      try {
        if (await this.look()) seen = stands;
        else this.asked = true;
      } catch (error) {
        this.panel.say(`The synapse could not be looked at: ${messageOf(error)}`, "bad");
      }
      lookedAt = performance.now();
    }
  }

  /** Makes ready for another race: keeps the choice where there still is such a synapse and sample. */
  private prepare(): void {
    this.prepared = this.race.experiment;
    const { layers, train, test } = this.ranges();
    const old = this.choice;
    const fits =
      old &&
      old.layer < layers.length &&
      old.pre <= layers[old.layer - 1]! &&
      old.post < layers[old.layer]! &&
      old.sample < (old.split === "test" ? test : train);
    this.choose(fits ? old : this.first());
  }

  /** A synapse that hears something: from the input that says most, in the first sample that says anything. */
  private first(): SynapseChoice {
    const { dataset } = this.race;
    for (let sample = 0; ; sample++) {
      const { input } = sampleOf(dataset!, sample);
      const most = Math.max(...input.map(Math.abs));
      if (most === 0 && sample + 1 < dataset!.train.count) continue;
      const pre = input.findIndex((value) => Math.abs(value) === most);
      return { layer: 1, pre, post: 0, split: "train", sample };
    }
  }

  /** @returns false where the race was replaced or its device lost meanwhile, so that there is nothing to show yet */
  private async look(): Promise<boolean> {
    const { race, choice } = this;
    const { experiment, dataset, diverged } = race;
    if (!choice) return false;
    const perEpoch = dataset!.train.count / experiment!.settings.batch;
    const standing = await race.examine(async (trainer) => ({
      trainer,
      learned: await learnedBy(trainer, perEpoch),
    }));
    if (!standing) return false;
    this.forgetAllBut(experiment!.trainers);
    const sample = sampleOf(dataset!, choice.sample, choice.split);
    const stories: RacerStory[] = [];
    const troubles = [...diverged.keys()].map(
      (rule) => `${rule} has diverged, so there is nothing to look at.`,
    );
    for (const { trainer, learned } of standing) {
      const { name, title } = trainer.rule;
      const known = this.inspectors.has(trainer);
      try {
        const story = await this.inspect(trainer, choice, sample, learned);
        stories.push({ racer: { name, title }, story });
      } catch (error) {
        if (experiment !== race.experiment || trainer.device.lostReason()) return false;
        troubles.push(`${title} could not be looked at: ${messageOf(error)}`);
      }
      if (experiment !== race.experiment) return false;
      if (choice !== this.choice) return true; // another look has been asked for already
      if (!known) this.show(choice, sample, stories); // the others may take a while
    }
    this.show(choice, sample, stories);
    this.panel.say(troubles.join(" "), troubles.length > 0 ? "bad" : "plain");
    return true;
  }

  private show(choice: SynapseChoice, { input, label }: Sample, stories: readonly RacerStory[]): void {
    const which = choice.split === "test" ? "Test" : "Training";
    this.panel.draw(
      {
        input,
        shape: this.race.dataset!.shape,
        told: `${which} sample ${count(choice.sample)}, of class ${label}`,
        marked: choice.layer === 1 ? choice.pre : undefined,
      },
      stories,
    );
  }

  private async inspect(trainer: Trainer, choice: SynapseChoice, sample: Sample, learned: Learned) {
    const known = this.inspectors.get(trainer) ?? (await Inspector.create(trainer.device, trainer.options));
    this.inspectors.set(trainer, known);
    return known.look(choice, sample, learned);
  }

  /** Frees what was made for rules that no longer race. */
  private forgetAllBut(trainers: readonly Trainer[]): void {
    for (const [trainer, inspector] of this.inspectors)
      if (!trainers.includes(trainer)) {
        inspector.destroy();
        this.inspectors.delete(trainer);
      }
  }
}
