/** Form: network and rule as fields with labels. It tells what was chosen, or what is wrong with it and where. */
import * as v from "valibot";
import {
  checkPlan,
  isSpiking,
  type LayeredPlan,
  type ProfilePlan,
  type SpikingPlan,
  spikingModels,
} from "../../src/experiment/profile-plan";
import { findRule, rules } from "../../src/experiment/rules";
import { optimiserNames } from "../../src/net/optimiser";
import { activations } from "../../src/net/population";
import type { Choice, Count } from "../../src/net/rule";
import { h } from "../../src/view/dom";
import { messageOf } from "../../src/view/notice";
import { parts } from "./address";

type Field = HTMLInputElement | HTMLSelectElement;

export class Form {
  private readonly fields = new Map<string, Field>();
  private readonly rest = h("div", { class: "profiler-fields" });
  private layered: LayeredPlan;
  private spiking: SpikingPlan;

  /**
   * @param plan as it stands
   * @param changed hears a plan that can be measured
   * @param wrong hears one sentence on what can't
   */
  constructor(
    host: HTMLElement,
    plan: ProfilePlan,
    usual: { layered: LayeredPlan; spiking: SpikingPlan },
    private readonly changed: (plan: ProfilePlan) => void,
    private readonly wrong: (sentence: string) => void,
  ) {
    this.layered = isSpiking(plan) ? usual.layered : plan;
    this.spiking = isSpiking(plan) ? plan : usual.spiking;
    const network = select(
      "network",
      [
        ["layers", "Layers, taught by a rule"],
        ...spikingModels.map(({ name }) => [name, `${name}, which spikes`] as const),
      ],
      isSpiking(plan) ? plan.model : "layers",
    );
    network.addEventListener("change", () => {
      if (network.value !== "layers") this.spiking = { ...this.spiking, model: network.value };
      this.fill(network.value === "layers" ? this.layered : this.spiking);
      this.tell();
    });
    host.append(labelled("Network", network), this.rest);
    this.fill(plan);
  }

  /** @returns what stands in the form. @throws one sentence where it can't be measured */
  get plan(): ProfilePlan {
    if (!this.fields.has("rule")) {
      const scale = Number(this.fields.get("scale")!.value);
      const plan = { ...this.spiking, scale };
      checkPlan(plan);
      return plan;
    }
    const read = <Name extends keyof typeof parts>(name: Name): v.InferOutput<(typeof parts)[Name]> => {
      const field = this.fields.get(name)!;
      const found = v.safeParse(parts[name], field.value);
      if (found.success) return found.output as v.InferOutput<(typeof parts)[Name]>;
      field.setAttribute("aria-invalid", "true");
      throw new Error(`${sentence(found.issues[0].message)}, but “${field.value}” is none.`);
    };
    const plan = {
      rule: read("rule"),
      layers: read("layers"),
      batch: read("batch"),
      optimizer: read("optimizer"),
      activation: read("activation"),
      output: read("output"),
      ...this.options(),
    } as LayeredPlan;
    checkPlan(plan);
    return plan;
  }

  private options(): Pick<LayeredPlan, "options"> {
    const { options: known = {} } = findRule(this.fields.get("rule")!.value);
    const told = Object.entries(known).flatMap(([name, option]) => {
      const value = this.fields.get(`option-${name}`)!.value;
      const chosen = "choices" in option ? value : Number(value);
      return chosen === option.default ? [] : [[name, chosen] as const];
    });
    return told.length > 0 ? { options: Object.fromEntries(told) } : {};
  }

  private fill(plan: ProfilePlan): void {
    this.fields.clear();
    this.rest.replaceChildren(...(isSpiking(plan) ? this.spikingFields(plan) : this.layeredFields(plan)));
    if (!isSpiking(plan)) this.showOptions(plan.rule, plan.options ?? {});
  }

  private spikingFields(plan: SpikingPlan): HTMLElement[] {
    const { scale } = spikingModels.find(({ name }) => name === plan.model)!;
    const { min = 1, max = 1 } = scale ?? {};
    const field = input("scale", String(plan.scale), { type: "number", min, max, step: "any" });
    return [this.add("scale", `Size, from ${min} to ${max} of the model’s own`, field)];
  }

  private layeredFields(plan: LayeredPlan): HTMLElement[] {
    const rule = select(
      "rule",
      rules.map(({ name, title }) => [name, title] as const),
      plan.rule,
    );
    rule.addEventListener("change", () => this.showOptions(rule.value, {}));
    const plain = (names: readonly string[]) => names.map((name) => [name, name] as const);
    return [
      this.add("rule", "Rule", rule),
      this.add("layers", "Layers, from input to output", input("layers", plan.layers.join(", "))),
      this.add("batch", "Batch", input("batch", String(plan.batch), { type: "number", min: 1, max: 65_535 })),
      this.add("optimizer", "Optimiser", select("optimizer", plain(optimiserNames), plan.optimizer)),
      this.add(
        "activation",
        "Activation",
        select("activation", plain(activations), plan.activation ?? "relu"),
      ),
      this.add(
        "output",
        "Output",
        select("output", plain(["softmax", ...activations]), plan.output ?? "softmax"),
      ),
      h("div", { id: "options", class: "profiler-fields" }),
    ];
  }

  /** What shapes the rule's schedule has fields of its own. */
  private showOptions(rule: string, chosen: Readonly<Record<string, number | string>>): void {
    for (const name of [...this.fields.keys()]) if (name.startsWith("option-")) this.fields.delete(name);
    const { options = {} } = findRule(rule);
    this.rest.querySelector("#options")!.replaceChildren(
      ...Object.entries(options).map(([name, option]: [string, Count | Choice]) => {
        const id = `option-${name}`;
        const value = String(chosen[name] ?? option.default);
        const field =
          "choices" in option
            ? select(
                id,
                option.choices.map((one) => [one, one] as const),
                value,
              )
            : input(id, value, { type: "number", min: option.min, max: option.max });
        return this.add(
          id,
          option.about === name ? sentence(name) : `${sentence(name)}: ${option.about}`,
          field,
        );
      }),
    );
  }

  private add(name: string, label: string, field: Field): HTMLElement {
    this.fields.set(name, field);
    field.addEventListener("change", () => this.tell());
    return labelled(label, field);
  }

  private tell(): void {
    for (const field of this.fields.values()) field.removeAttribute("aria-invalid");
    try {
      const { plan } = this;
      if (isSpiking(plan)) this.spiking = plan;
      else this.layered = plan;
      this.changed(plan);
    } catch (error) {
      this.wrong(messageOf(error));
    }
  }
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function labelled(label: string, field: Field): HTMLElement {
  return h("div", { class: "field" }, h("label", { for: field.id }, label), field);
}

function input(
  id: string,
  value: string,
  more: Readonly<Record<string, string | number>> = {},
): HTMLInputElement {
  return h("input", { id, type: "text", value, autocomplete: "off", spellcheck: "false", ...more });
}

function select(
  id: string,
  choices: readonly (readonly [value: string, text: string])[],
  chosen: string,
): HTMLSelectElement {
  const options = choices.map(([value, text]) => h("option", { value, selected: value === chosen }, text));
  return h("select", { id }, ...options);
}
