/** The settings of the chosen run, as a lil-gui panel made anew for each rule: what it can be told is the rule's own matter. */
import type GUI from "lil-gui";
import { findRule, rules } from "../../src/experiment/rules";
import { optimiserNames } from "../../src/net/optimiser";
import { activations } from "../../src/net/population";
import { panel, swapped } from "../../src/view/controls";
import { setText } from "../../src/view/dom";
import { outputs } from "./run-address";
import { freshSpec, limits, parametersFor, type RunSpec, tidied } from "./spec";

/** Sizes of network to choose from, by weights. */
export const networkSizes = {
  "10⁵ weights": 1e5,
  "10⁶ weights": 1e6,
  "10⁷ weights": 1e7,
  "10⁸ weights": 1e8,
};

export interface RunPanelActions {
  /** A person asks for another run in place of this one. */
  change(spec: RunSpec): void;
  /** The hidden layers of a network of about so many weights. */
  sized(weights: number): readonly number[];
  /** Something typed can't be used. */
  complain(sentence: string): void;
}

export class RunPanel {
  private gui: GUI | undefined;
  private shown = "";

  /** @param hint tells of the number that has the focus, or the pointer */
  constructor(
    private readonly container: HTMLElement,
    private readonly hint: HTMLElement,
    private readonly actions: RunPanelActions,
  ) {}

  show(title: string, spec: RunSpec, software: boolean): void {
    const state = JSON.stringify([title, spec, software]);
    if (state === this.shown) return;
    this.shown = state;
    const focused = (document.activeElement as HTMLElement | null)?.closest(".lil-controller");
    const name = this.container.contains(focused ?? null)
      ? focused?.querySelector(".lil-name")?.textContent
      : undefined;
    const closed = new Set(
      this.gui?.folders.filter((folder) => folder._closed).map((folder) => folder._title),
    );
    this.gui?.destroy();
    this.gui = panel(this.container, title);
    this.fill(this.gui, spec, software);
    for (const folder of this.gui.folders) if (closed.has(folder._title)) folder.close();
    const again = this.gui.controllersRecursive().find((controller) => controller._name === name);
    again?.domElement.querySelector<HTMLElement>("input, select")?.focus();
  }

  /** Shows the run as it is, where what was typed came to nothing. */
  revert(): void {
    this.shown = "";
  }

  private fill(gui: GUI, spec: RunSpec, software: boolean): void {
    const rule = findRule(spec.rule);
    const change = (changes: Partial<RunSpec>) => this.actions.change(tidied({ ...spec, ...changes }));
    const list = <Of>(
      to: GUI,
      label: string,
      value: Of,
      choices: readonly Of[] | Record<string, Of>,
      take: (value: Of) => void,
    ) =>
      to
        .add({ value }, "value", choices as Of[])
        .name(label)
        .onChange(take);
    const typed = (to: GUI, label: string, value: string, take: (text: string) => void) =>
      to
        .add({ value }, "value")
        .name(label)
        .onFinishChange((text: string) => text.trim() !== value && take(text.trim()));
    const number = (
      label: string,
      value: number,
      least: number,
      most: number,
      take: (value: number) => void,
      to = gui,
    ) =>
      typed(to, label, String(value), (text) => {
        const told = text === "" ? Number.NaN : Number(text.replace(",", "."));
        if (told >= least && told <= most) take(told);
        else
          this.actions.complain(
            `${label} of ${rule.title} is a number from ${least} to ${most}, but “${text}” is none.`,
          );
      });
    const whole = (
      label: string,
      value: number,
      least: number,
      most: number,
      take: (value: number) => void,
      to = gui,
    ) =>
      number(
        label,
        value,
        least,
        most,
        (told) => {
          if (Number.isInteger(told)) take(told);
          else this.actions.complain(`${label} of ${rule.title} is a whole number, but ${told} is none.`);
        },
        to,
      );

    list(
      gui,
      "Rule",
      spec.rule,
      swapped(Object.fromEntries(rules.map(({ name, title }) => [name, title]))),
      (name) =>
        this.actions.change({
          ...freshSpec(name, software),
          seed: spec.seed,
          seeds: spec.seeds,
          shown: spec.shown,
        }),
    );
    list(
      gui,
      "Seeds",
      spec.seeds,
      Array.from({ length: limits.seeds }, (_, index) => index + 1),
      (seeds) => change({ seeds }),
    );
    const live = gui.addFolder("While it runs");
    for (const [name, { about, min, max, default: usual }] of Object.entries(parametersFor(spec))) {
      const label = name === "rate" ? "Learning rate" : name;
      const told = `${about}; from ${min} to ${max}, by itself ${usual}`;
      this.explain(
        number(
          label,
          spec.values[name] ?? usual,
          min,
          max,
          (value) => change({ values: { ...spec.values, [name]: value } }),
          live,
        ).domElement,
        `${label}: ${told}.`,
      );
    }
    const anew = gui.addFolder("Starts the run anew");
    if (!rule.shallow) {
      typed(anew, "Hidden layers", spec.hidden.join(", "), (text) => this.hidden(text, change));
      list(
        anew,
        "Size",
        0,
        { "as set above": 0, ...networkSizes },
        (weights) => weights > 0 && change({ hidden: this.actions.sized(weights) }),
      );
      list(anew, "Activation", spec.activation, activations, (activation) => change({ activation }));
    }
    list(anew, "Output", spec.output, outputs, (output) => change({ output }));
    list(anew, "Optimiser", spec.optimizer, optimiserNames, (optimizer) => change({ optimizer, values: {} }));
    whole("Batch", spec.batch, 1, limits.batch, (batch) => change({ batch }), anew);
    whole("First seed", spec.seed, 0, limits.seed, (seed) => change({ seed }), anew);
    for (const [name, option] of Object.entries(rule.options ?? {})) {
      const take = (value: string | number) => change({ options: { ...spec.options, [name]: value } });
      const value = spec.options[name] ?? option.default;
      const controller =
        "choices" in option
          ? list(anew, name, String(value), option.choices, take)
          : whole(name, Number(value), option.min, option.max, take, anew);
      this.explain(controller.domElement, `${name}: ${option.about}.`);
    }
  }

  private explain(controller: HTMLElement, sentence: string): void {
    controller.title = sentence;
    controller.addEventListener("focusin", () => setText(this.hint, sentence));
    controller.addEventListener("focusout", () => setText(this.hint, ""));
  }

  private hidden(text: string, change: (changes: Partial<RunSpec>) => void): void {
    const parts = text.split(/[\s,;–]+/).filter((part) => part !== "");
    const sizes = parts.map(Number);
    const wrong = parts.find(
      (_, index) => !(Number.isInteger(sizes[index]) && sizes[index]! >= 1 && sizes[index]! <= limits.width),
    );
    if (wrong !== undefined)
      this.actions.complain(
        `Hidden layers are whole numbers from 1 to ${limits.width} with commas between, such as “64, 32”, but “${wrong}” is none.`,
      );
    else if (sizes.length > limits.hiddenLayers)
      this.actions.complain(
        `A run has at most ${limits.hiddenLayers} hidden layers, but got ${sizes.length}.`,
      );
    else change({ hidden: sizes });
  }
}
