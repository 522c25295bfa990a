/** The numbers that choose a synapse and a sample: labelled boxes for the keyboard, each with the range it takes. */
import { h, setText } from "./dom";
import { count } from "./format";

export interface SynapseChoice {
  /** 1 to the number of weight layers. */
  readonly layer: number;
  /** The pre neuron; the size of its layer stands for the bias. */
  readonly pre: number;
  readonly post: number;
  readonly split: "train" | "test";
  readonly sample: number;
}

/** What there is to choose from. */
export interface SynapseRanges {
  /** Sizes from input to output. */
  readonly layers: readonly number[];
  /** Samples of each split. */
  readonly train: number;
  readonly test: number;
}

type NumberName = Exclude<keyof SynapseChoice, "split">;

const titles: Readonly<Record<NumberName, string>> = {
  layer: "Layer",
  pre: "Pre neuron",
  post: "Post neuron",
  sample: "Number",
};

/** How long typing rests before it counts. */
const restMs = 300;

export class SynapseFields {
  private readonly boxes = new Map<NumberName, { input: HTMLInputElement; hint: HTMLElement }>();
  private readonly split = h(
    "select",
    { id: "synapse-split" },
    h("option", { value: "train" }, "training"),
    h("option", { value: "test" }, "test"),
  );
  private ranges: SynapseRanges = { layers: [1, 1], train: 1, test: 1 };
  private timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param chosen hears a choice that can be
   * @param refused hears one sentence about one that can't
   */
  constructor(
    host: HTMLElement,
    private readonly chosen: (choice: SynapseChoice) => void,
    private readonly refused: (sentence: string) => void,
  ) {
    const split = h("label", { class: "synapse-field" }, h("span", {}, "Samples"), this.split);
    host.append(this.box("layer"), this.box("pre"), this.box("post"), split, this.box("sample"));
    this.split.addEventListener("change", () => this.changed("split"));
  }

  private box(name: NumberName): HTMLElement {
    const id = `synapse-${name}`;
    const hint = h("small", { id: `${id}-hint` });
    const input = h("input", {
      id,
      type: "number",
      inputmode: "numeric",
      step: 1,
      min: name === "layer" ? 1 : 0,
      "aria-describedby": hint.id,
    });
    this.boxes.set(name, { input, hint });
    input.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.changed(name), restMs);
    });
    return h("label", { class: "synapse-field" }, h("span", {}, titles[name]), input, hint);
  }

  /** Shows a choice and what there is to choose from. */
  show(choice: SynapseChoice, ranges: SynapseRanges): void {
    this.ranges = ranges;
    this.split.value = choice.split;
    for (const [name, { input }] of this.boxes) {
      const text = String(choice[name]);
      if (input.value !== text) input.value = text;
    }
    this.limit(choice);
  }

  /** The ranges follow from the layer and from which samples they are. */
  private limit({ layer, split }: Pick<SynapseChoice, "layer" | "split">): void {
    const { layers } = this.ranges;
    const most = mostOf({ layer, split }, this.ranges);
    const bias = `; ${count(most.pre)}: bias`;
    for (const [name, { input, hint }] of this.boxes) {
      input.max = String(most[name]);
      const last = name === "pre" ? most.pre - 1 : most[name];
      const range = `${name === "layer" ? 1 : 0} to ${count(last)}`;
      setText(
        hint,
        `${range}${name === "pre" ? bias : name === "layer" && layers.length > 2 ? `; ${last}: output` : ""}`,
      );
    }
  }

  private changed(what: keyof SynapseChoice): void {
    clearTimeout(this.timer);
    const read = (name: NumberName) => this.boxes.get(name)!.input.valueAsNumber;
    const split = this.split.value === "test" ? "test" : "train";
    let choice: SynapseChoice = {
      layer: read("layer"),
      pre: read("pre"),
      post: read("post"),
      split,
      sample: read("sample"),
    };
    // Another layer, or other samples, have other ranges: what is beyond them comes back in.
    if ((what === "layer" || what === "split") && this.wrong(choice, [what as NumberName]) === undefined) {
      const most = mostOf(choice, this.ranges);
      const at = (name: "pre" | "post" | "sample") => Math.min(choice[name], most[name]);
      choice = { ...choice, pre: at("pre"), post: at("post"), sample: at("sample") };
      this.show(choice, this.ranges);
    }
    const wrong = this.wrong(choice, [...this.boxes.keys()]);
    for (const [name, { input }] of this.boxes) input.setAttribute("aria-invalid", String(name === wrong));
    if (wrong === undefined) this.chosen(choice);
    else this.refused(this.sentence(wrong, choice));
  }

  /** The first box whose number is none that can be. */
  private wrong(choice: SynapseChoice, names: readonly NumberName[]): NumberName | undefined {
    return names.find((name) => {
      const box = this.boxes.get(name);
      if (!box) return false; // the split is always one of the two
      const most = name === "layer" ? this.ranges.layers.length - 1 : mostOf(choice, this.ranges)[name];
      const least = name === "layer" ? 1 : 0;
      return !(Number.isInteger(choice[name]) && choice[name] >= least && choice[name] <= most);
    });
  }

  private sentence(name: NumberName, choice: SynapseChoice): string {
    const most = name === "layer" ? this.ranges.layers.length - 1 : mostOf(choice, this.ranges)[name];
    const found = Number.isNaN(choice[name]) ? "the box holds none" : `the box holds ${choice[name]}`;
    return `“${titles[name]}” takes a whole number from ${name === "layer" ? 1 : 0} to ${count(most)}, but ${found}.`;
  }
}

/** The largest number that each box takes. */
function mostOf(
  { layer, split }: Pick<SynapseChoice, "layer" | "split">,
  { layers, train, test }: SynapseRanges,
): Record<NumberName, number> {
  return {
    layer: layers.length - 1,
    pre: layers[layer - 1] ?? 0,
    post: (layers[layer] ?? 1) - 1,
    sample: (split === "test" ? test : train) - 1,
  };
}
