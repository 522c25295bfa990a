/** Teller: shows one step of learning, as far as it has been told, in the picture, the equation, the strip and the sentence. */
import type { SynapsePlace } from "../../src/experiment/inspection";
import type { Split } from "../../src/task/dataset";
import { byId, setText } from "../../src/view/dom";
import { wantsStill } from "../../src/view/motion";
import { Equation, type Reached } from "./equation";
import { type LearnedStep, layers } from "./learner";
import { phases, reaches, sentence } from "./phases";
import { Picture } from "./picture";
import { synapseName } from "./synapse";

const last = phases.length - 1;

export class Teller {
  private readonly picture: Picture;
  private readonly equation = new Equation(byId("followed-equation"));
  private readonly strip = byId("followed-phases");
  private readonly says = byId("followed-says");
  private step: LearnedStep | undefined;
  /** Phases that have passed. */
  private passed = 0;

  /** @param choose hears which synapse a person chose in the picture */
  constructor(
    private place: SynapsePlace,
    choose: (place: SynapsePlace) => void,
  ) {
    this.picture = new Picture(byId("followed-network"), place, choose);
    this.write();
  }

  /** Takes the points that the network learns from. */
  take(points: Split): void {
    this.picture.take(points);
  }

  follow(place: SynapsePlace): void {
    this.place = place;
    this.picture.choose(place);
    this.write();
  }

  /** Begins a phase of a step. @param aloud whether its sentence is to be read aloud */
  begin(step: LearnedStep, phase: number, aloud: boolean): void {
    this.step = step;
    this.passed = phase;
    this.say([phase], sentence(phases[phase]!, step), aloud);
    this.write();
  }

  /** Draws a share of that phase, from 0 to 1; at 1 it has passed. */
  draw(share: number): void {
    this.picture.show(this.step!, this.passed, share);
    if (share < 1) return;
    this.passed++;
    this.write();
  }

  /** Shows a step that nobody told, as it ended; where less motion is asked for, with all its phases at once. */
  whole(step: LearnedStep, aloud: boolean): void {
    this.step = step;
    const still = wantsStill();
    this.picture.show(step, last, 1, still);
    this.passed = phases.length;
    const told = phases.flatMap(({ kind }, index) =>
      kind === "compare" || kind === "change" ? [index] : [],
    );
    if (still) this.say([...phases.keys()], told.map((at) => sentence(phases[at]!, step)).join(" "), aloud);
    else this.say([], "More points go by untold: with each, every weight moves a little.", false);
    this.write();
  }

  private say(told: readonly number[], text: string, aloud: boolean): void {
    const kinds = told.map((at) => phases[at]!.kind as string);
    for (const item of this.strip.querySelectorAll<HTMLElement>("[data-kind]"))
      if (kinds.includes(item.dataset.kind!)) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
    this.says.setAttribute("aria-live", aloud ? "polite" : "off");
    setText(this.says, text);
  }

  private write(): void {
    setText(byId("followed-name"), synapseName(this.place));
    this.equation.show(this.place, this.step, this.reached());
  }

  /** What the followed synapse has got hold of so far. */
  private reached(): Reached {
    const { layer } = this.place;
    const has = (phase: number) => this.passed > phase;
    return {
      activity: has(reaches("activity", layer - 1)),
      error: has(reaches("error", layer)),
      above: layer === layers.length - 1 || has(reaches("error", layer + 1)),
      change: has(last),
    };
  }
}
