/** The panel “What did this synapse hear?”: a choice of synapse and sample, and a card for each rule that races. */
import { h } from "./dom";
import { Notice, type Tone } from "./notice";
import { SamplePicture, type ShownSample } from "./sample-picture";
import { scalesOf, synapseCard } from "./synapse-card";
import { type SynapseChoice, SynapseFields, type SynapseRanges } from "./synapse-fields";
import type { RacerStory } from "./synapse-story";

export interface SynapseActions {
  choose(choice: SynapseChoice): void;
  /** A pixel of the sample was picked: the synapse begins there. */
  pick(input: number): void;
  again(): void;
}

export class SynapsePanel {
  private readonly fields: SynapseFields;
  private readonly picture: SamplePicture;
  private readonly notice: Notice;
  private readonly cards = h(
    "div",
    { class: "synapse-cards" },
    h("p", { class: "synapse-wait" }, "Listening…"),
  );

  constructor(host: HTMLElement, actions: SynapseActions) {
    const sample = h("div", { class: "synapse-sample" });
    const boxes = h("div", {
      class: "synapse-fields",
      role: "group",
      "aria-label": "Which synapse, and which sample",
    });
    const again = h("button", { id: "synapse-again", class: "button", type: "button" }, "Look again");
    again.addEventListener("click", () => actions.again());
    const said = h("p", { id: "synapse-notice", class: "notice notice-rare", role: "status" });
    this.notice = new Notice(said);
    this.picture = new SamplePicture(sample, (input) => actions.pick(input));
    this.fields = new SynapseFields(
      boxes,
      (choice) => {
        this.notice.clear();
        actions.choose(choice);
      },
      (sentence) => this.notice.say(sentence, "bad"),
    );
    host.replaceChildren(h("div", { class: "synapse-choice" }, sample, boxes, again, said), this.cards);
  }

  /** Shows what is chosen, and from what. */
  show(choice: SynapseChoice, ranges: SynapseRanges): void {
    this.fields.show(choice, ranges);
  }

  /** Tells what the synapse heard, under one rule after the other. */
  draw(sample: ShownSample, all: readonly RacerStory[]): void {
    this.picture.draw(sample);
    const scales = scalesOf(all);
    this.cards.replaceChildren(...all.map((one) => synapseCard(one, scales)));
  }

  say(text: string, tone: Tone): void {
    this.notice.say(text, tone);
  }
}
