/** The sliders of a network: where they stand, which of them were moved, and who hears of it. */
import type { Simulation } from "../../src/experiment/simulation";
import type { SpikingNetwork } from "../../src/net/spiking/model";
import { byId, h, setText } from "../../src/view/dom";
import { rough } from "../../src/view/format";
import type { Slider, Values } from "./sliders";

export class SliderList {
  private readonly at = new Map<Slider, number>();
  private readonly moved = new Set<Slider>();

  /** @param heard hears which slider moved, with where all stand */
  constructor(private readonly heard: (slider: Slider) => void) {}

  /** Those that the network has; where they were moved before they stay, if `kept` says where. */
  show(sliders: readonly Slider[], network: SpikingNetwork, kept: Values): void {
    this.at.clear();
    this.moved.clear();
    const fields = sliders.flatMap((slider) => {
      const own = slider.start(network);
      if (own === undefined) return [];
      const given = kept[slider.key];
      if (given !== undefined) this.moved.add(slider);
      this.at.set(slider, given ?? own);
      return [this.field(slider)];
    });
    byId("spikes-sliders").replaceChildren(...fields);
  }

  /** Sets what was moved in a network that has just been made. */
  apply(simulation: Simulation): void {
    for (const slider of this.moved) this.set(simulation, slider);
  }

  set(simulation: Simulation, slider: Slider): void {
    slider.set(simulation, this.at.get(slider)!, this.values);
  }

  get values(): Values {
    return Object.fromEntries([...this.at].map(([{ key }, value]) => [key, value]));
  }

  /** Where those stand that were moved. */
  get asked(): Values {
    return Object.fromEntries([...this.moved].map((slider) => [slider.key, this.at.get(slider)!]));
  }

  private field(slider: Slider): HTMLElement {
    const { key, name, unit, min, max, step } = slider;
    const id = `spikes-${key}`;
    const told = h("output", { for: id });
    const input = h("input", { id, type: "range", min, max, step });
    input.value = String(this.at.get(slider)!);
    const tell = () => {
      const value = rough(input.valueAsNumber);
      const text = unit === "×" ? `×\u202f${value}` : `${value}\u202f${unit}`;
      setText(told, text);
      input.setAttribute("aria-valuetext", text);
    };
    input.addEventListener("input", () => {
      tell();
      this.at.set(slider, input.valueAsNumber);
      this.moved.add(slider);
      this.heard(slider);
    });
    tell();
    return h("label", { class: "field", for: id }, h("span", { class: "field-line" }, name, told), input);
  }
}
