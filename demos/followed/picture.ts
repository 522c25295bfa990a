/** The network as a picture: where each phase stands, what moves in it, and which synapse was chosen. */
import type { SynapsePlace } from "../../src/experiment/inspection";
import type { Split } from "../../src/task/dataset";
import { rove } from "../../src/view/rove";
import { Edges } from "./edges";
import { height, layoutOf, type Point } from "./layout";
import { type LearnedStep, layers } from "./learner";
import { svg, tint } from "./marks";
import { Neurons } from "./neurons";
import { type Phase, phases, reaches } from "./phases";
import { Plane } from "./plane";
import { placeIndex, places } from "./synapse";

const most = Math.max(...layers.slice(1).map((size, index) => size * layers[index]!));
/** Share of a phase that the way takes; the rest is for looking. */
const travelling = 0.75;
const names = ["input", ...layers.slice(2).map((_, index) => `hidden ${index + 1}`), "output"];

export class Picture {
  private readonly edges = new Edges();
  private readonly neurons = new Neurons();
  private readonly pulses = Array.from({ length: most }, () => svg("circle", { class: "followed-pulse" }));
  private readonly plane = new Plane();
  private readonly titles = names.map((name) => svg("text", { class: "followed-layer", x: 0 }, name));
  private readonly root: SVGSVGElement;
  private seen: { step: LearnedStep; phase: number; share: number; still: boolean } | undefined;
  private chosen: number;

  /** @param choose hears which synapse a person chose */
  constructor(host: HTMLElement, first: SynapsePlace, choose: (place: SynapsePlace) => void) {
    this.chosen = placeIndex(first);
    this.root = svg(
      "svg",
      { role: "group", "aria-label": "The network: neurons and synapses", height },
      ...this.titles,
      this.plane.group,
      svg("g", {}, ...this.edges.groups),
      svg("g", { "aria-hidden": "true" }, ...this.pulses),
      svg("g", {}, ...this.neurons.groups),
      this.edges.labels,
    );
    host.replaceChildren(this.root);
    new ResizeObserver(() => this.arrange(host.clientWidth)).observe(host);
    this.arrange(host.clientWidth);
    this.edges.choose(this.chosen);
    rove(host, ".followed-edge", () => {});
    host.addEventListener("keydown", (event) => {
      const at = (event.target as Element).getAttribute("data-place");
      if (at === null || (event.key !== "Enter" && event.key !== " ")) return;
      event.preventDefault();
      choose(places[Number(at)]!);
    });
    const under = (event: MouseEvent): number | undefined => {
      const box = this.root.getBoundingClientRect();
      return this.edges.nearest({ x: event.clientX - box.left, y: event.clientY - box.top });
    };
    host.addEventListener("click", (event) => {
      const near = under(event);
      if (near !== undefined) choose(places[near]!);
    });
    const point = (near: number | undefined) => {
      this.root.classList.toggle("can-choose", near !== undefined);
      this.edges.groups.forEach((group, index) => {
        group.classList.toggle("is-near", index === near);
      });
    };
    host.addEventListener("pointermove", (event) => point(under(event)));
    host.addEventListener("pointerleave", () => point(undefined));
  }

  private arrange(width: number): void {
    if (width === 0) return;
    const layout = layoutOf(width);
    this.root.setAttribute("width", String(width));
    this.root.setAttribute("viewBox", `0 0 ${width} ${layout.height}`);
    this.edges.arrange(layout);
    this.neurons.arrange(layout);
    this.plane.arrange(layout);
    this.titles.forEach((title, layer) => {
      title.textContent = layout.roomy ? names[layer]! : "";
      title.setAttribute("y", String(layout.neurons[layer]![0]!.y));
    });
    this.redraw();
  }

  /** Takes the points that the network learns from. */
  take(points: Split): void {
    this.plane.take(points);
  }

  choose(place: SynapsePlace): void {
    this.chosen = placeIndex(place);
    this.edges.choose(this.chosen);
    this.redraw();
  }

  private redraw(): void {
    if (this.seen) this.show(this.seen.step, this.seen.phase, this.seen.share, this.seen.still);
  }

  /**
   * @param phase index of the phase that is told
   * @param share how much of it has passed, from 0 to 1
   * @param still all phases at once: also what was written beside the synapses stays
   */
  show(step: LearnedStep, phase: number, share: number, still = false): void {
    const anew = this.seen?.step !== step || this.seen.phase !== phase || share === 1;
    this.seen = { step, phase, share, still };
    const now = phases[phase]!;
    const arrived = (what: "activity" | "error", layer: number) => {
      const at = reaches(what, layer);
      return phase > at || (phase === at && share > ("layer" in now ? travelling : 0.15));
    };
    const last = layers.length - 1;
    layers.forEach((_, layer) => {
      this.neurons.say(layer, arrived("activity", layer) ? step.activity[layer] : undefined);
      if (layer > 0) this.neurons.err(layer, arrived("error", layer) ? step.error[layer] : undefined);
    });
    const chosen = places[this.chosen]!;
    this.neurons.mark(
      (layer, neuron) =>
        (layer === chosen.layer && neuron === chosen.post) ||
        (layer === chosen.layer - 1 && neuron === chosen.pre),
      arrived("error", last) ? step.label : undefined,
    );
    this.edges.weigh(now.kind === "change" ? tween(step, still ? 1 : share) : step.before);
    this.edges.write(
      still ? this.way(() => true) : this.way((layer) => now.kind === "down" && layer === now.layer + 1),
      step.before,
    );
    this.edges.flash(step, now.kind === "change" ? Math.sin(Math.PI * share) : 0);
    this.travel(step, now, share);
    this.plane.show(arrived("activity", 0) ? step.activity[0] : undefined);
    if (anew) {
      this.edges.name(now.kind === "change" && share === 1 ? step.after : step.before);
      this.neurons.name();
    }
  }

  /** The synapses that the followed one's error came through, in the layers asked for. */
  private way(wanted: (layer: number) => boolean): Set<number> {
    const { layer: own, post } = places[this.chosen]!;
    return new Set(
      places.flatMap(({ layer, pre }, index) =>
        layer > own && wanted(layer) && (layer > own + 1 || pre === post) ? [index] : [],
      ),
    );
  }

  /** What travels along the synapses: up the activity of their pre neurons, down the error of their post neurons. */
  private travel({ activity, error }: LearnedStep, now: Phase, share: number): void {
    const layer = now.kind === "up" ? now.layer : now.kind === "down" ? now.layer + 1 : undefined;
    const moving = share < travelling ? places.filter((place) => place.layer === layer) : [];
    this.pulses.forEach((pulse, index) => {
      const place = moving[index];
      pulse.style.display = place ? "" : "none";
      if (!place) return;
      const up = now.kind === "up";
      const value = up ? activity[place.layer - 1]![place.pre]! : error[place.layer]![place.post]!;
      const gone = share / travelling;
      const { x, y }: Point = this.edges.along(placeIndex(place), up ? gone : 1 - gone);
      const size = Math.min(1, Math.abs(value) / (up ? 1 : 0.5));
      pulse.setAttribute("cx", x.toFixed(1));
      pulse.setAttribute("cy", y.toFixed(1));
      pulse.setAttribute("r", (2 + 5 * Math.sqrt(size)).toFixed(1));
      pulse.style.fill = tint(value, up ? 1 : 0.5, { least: 40 });
    });
  }
}

/** Weights on their way from before the step to after it. */
function tween({ before, after }: LearnedStep, share: number): Float32Array[] {
  return before.map((old, layer) => old.map((value, at) => value + share * (after[layer]![at]! - value)));
}
