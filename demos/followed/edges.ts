/** The synapses of the picture: a line each, wide and strong by its weight, broken where that is negative. Each can be chosen. */

import { setText } from "../../src/view/dom";
import { bandAround, between, distanceTo, type Layout, type Point } from "./layout";
import type { LearnedStep } from "./learner";
import { brief, svg, tint } from "./marks";
import { places, synapseName, weightAt } from "./synapse";

/** A weight of this size is drawn at full strength. */
const fullWeight = 2;
/** So is a change of this size in one step. */
const fullChange = 0.05;
/** How near a press must come to a line, in CSS pixels. */
const reach = 20;

interface Edge {
  readonly group: SVGGElement;
  /** Where a press means this line, unless another is nearer: unseen. */
  readonly band: SVGPolygonElement;
  readonly halo: SVGLineElement;
  readonly line: SVGLineElement;
  readonly label: SVGTextElement;
}

export class Edges {
  readonly groups: readonly SVGGElement[];
  /** Weights in writing, to stand before the lines. */
  readonly labels = svg("g", { class: "followed-labels", "aria-hidden": "true" });
  private readonly edges: readonly Edge[];
  private ends: readonly (readonly [from: Point, to: Point])[] = [];

  constructor() {
    this.edges = places.map((_, index) => {
      const band = svg("polygon", { class: "followed-band" });
      const halo = svg("line", { class: "followed-halo" });
      const line = svg("line", { class: "followed-weight" });
      const label = svg("text");
      this.labels.append(label);
      const group = svg(
        "g",
        { class: "followed-edge", role: "button", "data-place": index },
        band,
        halo,
        line,
      );
      return { group, band, halo, line, label };
    });
    this.groups = this.edges.map(({ group }) => group);
  }

  arrange({ neurons }: Layout): void {
    this.ends = places.map(({ layer, pre, post }) => [neurons[layer - 1]![pre]!, neurons[layer]![post]!]);
    this.edges.forEach(({ band, halo, line, label }, index) => {
      const [from, to] = this.ends[index]!;
      band.setAttribute("points", bandAround(from, to, reach));
      for (const one of [halo, line])
        for (const [name, value] of Object.entries({ x1: from.x, y1: from.y, x2: to.x, y2: to.y }))
          one.setAttribute(name, value.toFixed(1));
      // Labels of one neuron's edges stand at different heights, so that they keep clear of each other.
      const { post } = places[index]!;
      const at = between(from, to, 0.36 + 0.13 * (post % 2) + 0.02 * post);
      label.setAttribute("x", at.x.toFixed(1));
      label.setAttribute("y", at.y.toFixed(1));
    });
  }

  /** The synapse nearest to a place in the picture, if one is near enough. */
  nearest(at: Point): number | undefined {
    const away = this.ends.map(([from, to]) => distanceTo(at, from, to));
    const least = Math.min(...away);
    return least <= reach ? away.indexOf(least) : undefined;
  }

  /** @param share how far along the way from pre to post, from 0 to 1 */
  along(index: number, share: number): Point {
    return between(...this.ends[index]!, share);
  }

  /** @param weights by layer */
  weigh(weights: readonly Float32Array[]): void {
    this.edges.forEach(({ line }, index) => {
      const weight = weightAt(weights, places[index]!);
      line.style.stroke = tint(weight, fullWeight, { ground: "var(--line)", least: 22 });
      line.style.strokeWidth = (1 + 4.5 * Math.min(1, Math.abs(weight) / fullWeight)).toFixed(2);
      line.style.strokeDasharray = weight < 0 ? "7 4" : "none";
    });
  }

  /**
   * Lights every line up by what its weight changes in this step.
   * @param strength of the light, from 0 to 1
   */
  flash({ before, after }: LearnedStep, strength: number): void {
    this.edges.forEach(({ halo }, index) => {
      const place = places[index]!;
      const change = weightAt(after, place) - weightAt(before, place);
      halo.style.stroke =
        strength < 0.01
          ? ""
          : tint(change, fullChange, { ground: "transparent", full: 70 * strength, least: 15 * strength });
    });
  }

  /** What each is called, for those who hear the picture. */
  name(weights: readonly Float32Array[]): void {
    this.edges.forEach(({ group }, index) => {
      const place = places[index]!;
      const weight = brief(weightAt(weights, place));
      group.setAttribute("aria-label", `synapse ${synapseName(place)}, weight ${weight}`);
    });
  }

  choose(chosen: number): void {
    this.groups.forEach((group, index) => {
      group.setAttribute("aria-pressed", String(index === chosen));
      group.classList.toggle("is-chosen", index === chosen);
    });
  }

  /** Writes the weights of some synapses beside them, and marks them as a way that the error came. */
  write(shown: ReadonlySet<number>, weights: readonly Float32Array[]): void {
    this.edges.forEach(({ group, label }, index) => {
      const on = shown.has(index);
      group.classList.toggle("is-way", on);
      setText(label, on ? brief(weightAt(weights, places[index]!)) : "");
    });
  }
}
