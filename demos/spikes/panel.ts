/** The menus and sliders: what a person has chosen, and who hears of it. */
import { byId, h, setText } from "../../src/view/dom";
import { count, rough } from "../../src/view/format";
import { type Choice, choices, neuronsOf, type Slider } from "./networks";

export interface Heard {
  /** Another network, or another size. */
  anew(): void;
  /** Another stretch of time across. */
  span(): void;
  slide(slider: Slider, value: number): void;
}

const menu = (id: string) => byId(`spikes-${id}`) as HTMLSelectElement;

export class Panel {
  /** The sliders of this choice that are not where the network has them, and where they are. */
  private readonly moved = new Map<Slider, number>();
  /** The size is the person's own, so that no adapter's usual size takes its place. */
  private sized = false;

  constructor(private readonly heard: Heard) {
    menu("network").append(
      ...choices.map(({ key, title }, index) => h("option", { value: key, selected: index === 0 }, title)),
    );
    menu("network").addEventListener("input", () => {
      this.sized = false;
      this.show();
      heard.anew();
    });
    menu("size").addEventListener("input", () => {
      this.sized = true;
      this.describe();
      heard.anew();
    });
    menu("span").addEventListener("input", () => heard.span());
    this.show();
  }

  get choice(): Choice {
    return choices.find(({ key }) => key === menu("network").value)!;
  }

  /** ms across. */
  get span(): number {
    return Number(menu("span").value);
  }

  /** Seconds of the network's time in a second; 0 where there is no bound. */
  get pace(): number {
    return Number(menu("pace").value);
  }

  /** The scale that is chosen; unless a person chose it, the usual one of such an adapter. */
  scale(software: boolean): number {
    const { usual } = this.choice;
    if (!this.sized) menu("size").value = String(software ? usual.software : usual.gpu);
    this.describe();
    return Number(menu("size").value);
  }

  /** What a person has set beside the network's own numbers. */
  get settings(): ReadonlyMap<Slider, number> {
    return this.moved;
  }

  private show(): void {
    const { model, network, scales, usual, span, sliders } = this.choice;
    setText(byId("spikes-source"), `${model.source}. In a terminal: engram simulate ${model.name}.`);
    menu("size").replaceChildren(
      ...scales.map((scale) => h("option", { value: scale }, count(neuronsOf(network(scale, 1))))),
    );
    menu("size").value = String(usual.software);
    this.describe();
    menu("span").value = String(span);
    this.moved.clear();
    const start = network(scales[0]!, 1);
    byId("spikes-sliders").replaceChildren(
      ...sliders.map((slider) => this.field(slider, slider.start(start))),
    );
  }

  private describe(): void {
    const { about, small } = this.choice;
    setText(byId("spikes-about"), small && Number(menu("size").value) < 1 ? `${about} ${small}` : about);
  }

  private field(slider: Slider, start: number): HTMLElement {
    const { name, unit, min, max, step } = slider;
    const id = `spikes-${name.toLowerCase().replace(/\W+/g, "-")}`;
    const told = h("output", { for: id });
    const input = h("input", { id, type: "range", min, max, step, value: start });
    const tell = () => setText(told, `${rough(input.valueAsNumber)}\u202f${unit}`);
    input.addEventListener("input", () => {
      tell();
      this.moved.set(slider, input.valueAsNumber);
      this.heard.slide(slider, input.valueAsNumber);
    });
    tell();
    return h("label", { class: "field", for: id }, h("span", { class: "field-line" }, name, told), input);
  }
}
