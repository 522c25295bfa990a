/** The menus: which network, how large, drawn from which seed; how much of its time is shown, and how fast it may go. */
import { byId, h, setText } from "../../src/view/dom";
import { count } from "../../src/view/format";
import { type Asked, mostSeed } from "./address";
import { type Choice, choices, neuronsOf } from "./networks";

export interface Heard {
  /** Another network: nothing that was chosen for the one before holds. */
  network(): void;
  /** The same network with other neurons or synapses. */
  anew(): void;
  /** Another stretch of time across. */
  span(): void;
  pace(): void;
}

const menu = (id: string) => byId(`spikes-${id}`) as HTMLSelectElement;
const field = (id: string) => byId(`spikes-${id}`) as HTMLInputElement;

/** ms across that a software adapter fills in little time. */
const softwareSpan = 300;

/** Words for the settings of models. */
const backgrounds: Readonly<Record<string, string>> = {
  poisson: "random spikes",
  constant: "a constant current",
};

export class Panel {
  /** The size is the person's own, so that no adapter's usual size takes its place. */
  private sized = false;
  /** So is the time across. */
  private spanned = false;

  constructor({ choice, scale, seed = 1, background, span, pace = 1 }: Asked, heard: Heard) {
    menu("network").append(...choices.map(({ key, title }) => h("option", { value: key }, title)));
    menu("network").value = choice.key;
    this.show();
    if (scale !== undefined) {
      this.sized = true;
      menu("size").value = String(scale);
    }
    field("seed").value = String(seed);
    if (background !== undefined) menu("background").value = background;
    if (span !== undefined) {
      this.spanned = true;
      menu("span").value = String(span);
    }
    menu("pace").value = String(pace);
    this.describe();
    menu("network").addEventListener("input", () => {
      this.sized = this.spanned = false;
      this.show();
      heard.network();
    });
    menu("size").addEventListener("input", () => {
      this.sized = true;
      this.describe();
      heard.anew();
    });
    field("seed").addEventListener("change", () => {
      field("seed").value = String(this.seed);
      heard.anew();
    });
    menu("background").addEventListener("input", () => heard.anew());
    menu("span").addEventListener("input", () => {
      this.spanned = true;
      heard.span();
    });
    menu("pace").addEventListener("input", () => heard.pace());
  }

  get choice(): Choice {
    return choices.find(({ key }) => key === menu("network").value)!;
  }

  get seed(): number {
    const typed = Math.round(field("seed").valueAsNumber);
    return typed >= 0 && typed <= mostSeed ? typed : 1;
  }

  /** The model's settings that a person has a say in. */
  get settings(): Readonly<Record<string, string>> {
    return this.choice.model.settings?.background ? { background: menu("background").value } : {};
  }

  /** ms across. */
  get span(): number {
    return Number(menu("span").value);
  }

  /** Seconds of the network's time in a second; 0 where there is no bound. */
  get pace(): number {
    return Number(menu("pace").value);
  }

  /** The scale that is chosen. Unless a person chose them, it and the time across become the usual ones of such an adapter. */
  scale(software: boolean): number {
    const { usual, span } = this.choice;
    if (!this.spanned) menu("span").value = String(software ? Math.min(softwareSpan, span) : span);
    if (!this.sized) menu("size").value = String(software ? usual.software : usual.gpu);
    this.describe();
    return Number(menu("size").value);
  }

  /** What differs from what a page opens with. */
  get asked(): Omit<Asked, "sliders"> {
    const { choice, seed, span, pace, settings } = this;
    const usual = choice.model.settings?.background?.default;
    return {
      choice,
      ...(this.sized && { scale: Number(menu("size").value) }),
      ...(seed !== 1 && { seed }),
      ...(settings.background !== undefined &&
        settings.background !== usual && { background: settings.background }),
      ...(this.spanned && { span }),
      ...(pace !== 1 && { pace }),
    };
  }

  /** What the network that is chosen has to choose from. */
  private show(): void {
    const { model, network, scales, usual, span } = this.choice;
    setText(byId("spikes-source"), `${model.source}. In a terminal: engram simulate ${model.name}.`);
    menu("size").replaceChildren(
      ...scales.map((scale) => h("option", { value: scale }, count(neuronsOf(network(scale, 1))))),
    );
    menu("size").value = String(usual.software);
    const { background } = model.settings ?? {};
    byId("spikes-background-field").hidden = background === undefined;
    menu("background").replaceChildren(
      ...(background?.choices ?? []).map((value) => h("option", { value }, backgrounds[value] ?? value)),
    );
    if (background) menu("background").value = String(background.default);
    menu("span").value = String(span);
    this.describe();
  }

  private describe(): void {
    const { about, small } = this.choice;
    setText(byId("spikes-about"), small && Number(menu("size").value) < 1 ? `${about} ${small}` : about);
  }
}
