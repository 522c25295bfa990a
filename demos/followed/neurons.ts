/** The neurons of the picture: below, the activity that came from below; above, the error δ that came from above. */
import { setText } from "../../src/view/dom";
import type { Layout } from "./layout";
import { layers } from "./learner";
import { brief, svg, tint } from "./marks";
import { neuronName } from "./synapse";

/** Sizes at which activity and error have their full colour. */
const [fullActivity, fullError] = [1, 0.5];
/** Words stand on the colour. */
const full = 58;

interface Neuron {
  readonly group: SVGGElement;
  readonly whole: SVGCircleElement;
  readonly upper: SVGPathElement;
  readonly activity: SVGTextElement;
  readonly error: SVGTextElement;
  readonly name: SVGTextElement;
}

export class Neurons {
  readonly groups: readonly SVGGElement[];
  private readonly neurons: readonly (readonly Neuron[])[];

  constructor() {
    this.neurons = layers.map((size, layer) =>
      Array.from({ length: size }, (_, index) => {
        const whole = svg("circle", { class: "followed-whole" });
        const upper = svg("path", { class: "followed-upper" });
        const activity = svg("text", { class: "followed-activity" });
        const error = svg("text", { class: "followed-error" });
        const name = svg("text", { class: "followed-name" }, neuronName(layer, index));
        const group = svg(
          "g",
          { class: "followed-neuron", role: "img" },
          whole,
          upper,
          activity,
          error,
          name,
        );
        return { group, whole, upper, activity, error, name };
      }),
    );
    this.groups = this.neurons.flat().map(({ group }) => group);
  }

  arrange({ neurons: points, radius, roomy }: Layout): void {
    this.neurons.forEach((row, layer) => {
      row.forEach(({ group, whole, upper, activity, error, name }, index) => {
        const { x, y } = points[layer]![index]!;
        group.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
        whole.setAttribute("r", String(radius));
        upper.setAttribute("d", layer > 0 ? `M${-radius} 0A${radius} ${radius} 0 0 1 ${radius} 0Z` : "");
        activity.setAttribute("y", String(layer > 0 ? 0.44 * radius : 0));
        error.setAttribute("y", String(-0.4 * radius));
        // The outputs' names are words, and stand above where there is room.
        const output = layer === layers.length - 1;
        name.setAttribute("x", String(output && !roomy ? 0 : radius + (roomy ? 7 : 5)));
        name.setAttribute("y", String(output && !roomy ? -radius - 8 : 0));
        name.classList.toggle("is-above", output && !roomy);
      });
    });
  }

  /** @param activity of this layer; without it, as before it spoke */
  say(layer: number, activity: Float32Array | undefined): void {
    this.neurons[layer]!.forEach((neuron, index) => {
      const value = activity?.[index];
      setText(neuron.activity, value === undefined ? "" : brief(value));
      neuron.whole.style.fill = value === undefined ? "var(--paper)" : tint(value, fullActivity, { full });
    });
  }

  /** @param error of this layer; without it, as before it came */
  err(layer: number, error: Float32Array | undefined): void {
    this.neurons[layer]!.forEach((neuron, index) => {
      const value = error?.[index];
      setText(neuron.error, value === undefined ? "" : brief(value));
      neuron.upper.style.fill = value === undefined ? "var(--paper)" : tint(value, fullError, { full });
    });
  }

  /** Marks both ends of the followed synapse, and the output that the label names once it is compared. */
  mark(isEnd: (layer: number, neuron: number) => boolean, label: number | undefined): void {
    this.neurons.forEach((row, layer) => {
      row.forEach(({ group }, index) => {
        group.classList.toggle("is-end", isEnd(layer, index));
        group.classList.toggle("is-label", layer === layers.length - 1 && index === label);
      });
    });
  }

  /** What each is called, for those who hear the picture. */
  name(): void {
    this.neurons.forEach((row, layer) => {
      row.forEach(({ group, activity, error }, index) => {
        const says = activity.textContent ? `, activity ${activity.textContent}` : "";
        const hears = error.textContent ? `, error ${error.textContent}` : "";
        group.setAttribute("aria-label", `neuron ${neuronName(layer, index)}${says}${hears}`);
      });
    });
  }
}
