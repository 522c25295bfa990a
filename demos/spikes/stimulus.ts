/** Stimulus: for a moment of the network's time more spikes come to a population from outside. */
import type { Simulation } from "../../src/experiment/simulation";
import { byId, h, setText } from "../../src/view/dom";
import { count } from "../../src/view/format";
import type { Choice } from "./networks";

/** ms of the network's time. */
const pulseMs = 50;

const menu = () => byId("spikes-into") as HTMLSelectElement;
const strength = () => byId("spikes-stimulus") as HTMLInputElement;

/** What a person chose of it. */
export interface StimulusAsked {
  readonly into?: string;
  readonly stimulus?: number;
}

export class Stimulus {
  private choice: Choice | undefined;

  /** @param changed hears of another population or strength @param press hears of the button */
  constructor(changed: () => void, press: () => void) {
    menu().addEventListener("input", changed);
    strength().addEventListener("input", () => {
      this.tell();
      changed();
    });
    byId("spikes-stimulate").addEventListener("click", press);
    byId("spikes").addEventListener("keydown", (event) => {
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.repeat;
      const types = (event.target as Element).closest("input, select, textarea") !== null;
      if (plain && !types && event.key.toLowerCase() === "t") byId("spikes-stimulate").click();
    });
  }

  /** The populations that it may go into, and how strong it may be. */
  show(choice: Choice, populations: readonly string[], asked: StimulusAsked): void {
    this.choice = choice;
    const { into, rate, max, step } = choice.pulse;
    const options = populations.map((name) => h("option", { value: name }, name));
    menu().replaceChildren(...options, h("option", { value: "all" }, "all of them"));
    menu().value = asked.into ?? into;
    Object.assign(strength(), { max: String(max), step: String(step) });
    strength().value = String(asked.stimulus ?? rate);
    this.tell();
  }

  /** Where it differs from the network's usual one. */
  get asked(): StimulusAsked {
    const { into, rate } = this.choice!.pulse;
    const now = strength().valueAsNumber;
    return { ...(menu().value !== into && { into: menu().value }), ...(now !== rate && { stimulus: now }) };
  }

  /** Begins with the next step. */
  pulse(simulation: Simulation): Pulsing {
    const into = menu().value;
    const names = simulation.names.populations.filter((name) => into === "all" || name === into);
    return new Pulsing(simulation, names, strength().valueAsNumber);
  }

  private tell(): void {
    const text = `${count(strength().valueAsNumber)}\u202fspikes/s`;
    setText(byId("spikes-stimulus-told"), text);
    strength().setAttribute("aria-valuetext", text);
  }
}

/** A stimulus that is on, until its last step has been submitted. */
export class Pulsing {
  private readonly end: number;

  constructor(
    private readonly simulation: Simulation,
    private readonly names: readonly string[],
    rate: number,
  ) {
    this.end = simulation.step + Math.round(pulseMs / simulation.network.dt);
    this.set(rate);
  }

  /** Steps that it still takes. */
  get left(): number {
    return this.end - this.simulation.step;
  }

  stop(): void {
    this.set(0);
  }

  /** The last background of each population is the stimulus' own. */
  private set(rate: number): void {
    for (const name of this.names) {
      const { background } = this.simulation.network.populations.find((one) => one.name === name)!;
      this.simulation.setBackground(name, background!.length - 1, { rate });
    }
  }
}
