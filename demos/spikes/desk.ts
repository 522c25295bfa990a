/**
 * Desk: all that a person chooses, from the menus to the neurons that are followed. It begins with what the page asks for, in its
 * address or by a `data-model` around the figure, and keeps the address up to date where the page has one for it.
 */
import type { SpikingNetwork } from "../../src/net/spiking/model";
import { byId } from "../../src/view/dom";
import { type Asked, readAddress, writeAddress } from "./address";
import { FollowedNeurons } from "./followed";
import type { Choice } from "./networks";
import { Panel } from "./panel";
import { SliderList } from "./slider-list";
import type { Slider } from "./sliders";
import { Stimulus } from "./stimulus";

/** What it opens with as a part of a page that has other things to tell, unless a `data-model` says otherwise. */
const asPart = "microcircuit";

export interface DeskHeard {
  /** Another network, other neurons or other synapses. */
  anew(): void;
  span(): void;
  slide(slider: Slider): void;
  /** Another neuron is followed. */
  follow(index: number): void;
  stimulate(): void;
}

export class Desk {
  readonly panel: Panel;
  readonly sliders: SliderList;
  readonly stimulus: Stimulus;
  readonly followed: FollowedNeurons;
  /** A sentence for each thing that the page asked for in vain. */
  readonly complaints: readonly string[];
  /** What the page asked for, until a network has been made of it. */
  private asked: Asked | undefined;
  /** What the sliders and the rest were made for. */
  private met: Choice | undefined;
  private readonly keeps: boolean;
  private writing = 0;

  constructor(heard: DeskHeard) {
    const figure = byId("spikes");
    this.keeps = figure.closest("[data-address]") !== null;
    const asks = figure.closest<HTMLElement>("[data-model]")?.dataset.model;
    const opensWith = asks ?? (this.keeps ? undefined : asPart);
    const { asked, complaints } = readAddress(this.keeps ? location.search : "", opensWith);
    this.asked = asked;
    this.complaints = complaints;
    this.panel = new Panel(asked, {
      network: () => {
        this.asked = undefined;
        this.offer();
        heard.anew();
      },
      anew: heard.anew,
      span: () => {
        this.write();
        heard.span();
      },
      pace: () => this.write(),
    });
    this.sliders = new SliderList((slider) => {
      this.write();
      heard.slide(slider);
    });
    this.stimulus = new Stimulus(() => this.write(), heard.stimulate);
    this.followed = new FollowedNeurons((index) => {
      this.write();
      heard.follow(index);
    });
    this.offer();
  }

  /** What there will be to choose, before the network itself is there. */
  private offer(): void {
    const { asked } = this;
    const { choice, settings } = this.panel;
    this.meet(choice.network(choice.scales[0]!, 1, settings));
    this.asked = asked;
  }

  /** Offers what a network has to be turned and followed. What was chosen stays as long as it is the same model. */
  meet(network: SpikingNetwork): void {
    const { choice } = this.panel;
    const kept = this.asked ?? (this.met === choice ? this.now : undefined);
    this.asked = undefined;
    this.met = choice;
    const populations = network.populations.map(({ name }) => name);
    this.sliders.show(choice.sliders, network, kept?.sliders ?? {});
    this.stimulus.show(choice, populations, kept ?? {});
    this.followed.show(choice, network, kept?.watch);
    this.write();
  }

  /** What differs from what a page opens with. */
  get now(): Asked {
    const watch = this.followed.asked;
    return {
      ...this.panel.asked,
      ...this.stimulus.asked,
      ...(watch && { watch }),
      sliders: this.sliders.asked,
    };
  }

  /** Little by little: a browser allows but so many changes of its address in a time. */
  private write(): void {
    if (!this.keeps) return;
    clearTimeout(this.writing);
    this.writing = window.setTimeout(() => {
      const canvas = new URLSearchParams(location.search).get("canvas");
      const search = writeAddress(this.now) + (canvas ? `&canvas=${canvas}` : "");
      history.replaceState(history.state, "", search + location.hash);
    }, 200);
  }
}
