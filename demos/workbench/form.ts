/** Form: the fields left of the editor. It shows the state and tells what a person chose; what follows is others' business. */
import { functionNames } from "../../src/expression/functions";
import { seenNames } from "../../src/expression/rule";
import { byId, h, setText } from "../../src/view/dom";
import { rough } from "../../src/view/format";
import { neuronExamples, ruleExamples } from "./examples";
import { modes, rivals, type State, sizes, steps, usual } from "./state";
import { titleOfRule } from "./told";

const select = (id: string) => byId(id) as HTMLSelectElement;
const input = (id: string) => byId(id) as HTMLInputElement;

/** A rate that suits digits, whose pixels are many and bright. */
const digitsRate = 1e-3;

export interface FormHooks {
  state(): State;
  mode(mode: State["mode"]): void;
  /** An example, with what suits it. */
  text(text: string, change: Partial<State>): void;
  /** A choice that needs fresh networks. */
  anew(change: Partial<State>): void;
  shows(measure: State["show"]): void;
  rate(rate: number): void;
  /** A choice of the neuron's bench. */
  neuron(change: Partial<State>): void;
}

export class Form {
  constructor(private readonly hooks: FormHooks) {
    fill(
      "wb-beside",
      rivals.map((name) => [name, titleOfRule(name)]),
    );
    fill(
      "wb-neurons",
      sizes.map((size) => [String(size), String(size)]),
    );
    fill(
      "wb-dt",
      steps.map((dt) => [String(dt), `${dt} ms`]),
    );
    setText(byId("wb-functions"), functionNames.join(", "));
    byId("wb-names").replaceChildren(
      ...Object.entries(seenNames).map(([name, what]) => h("div", {}, h("dt", {}, name), h("dd", {}, what))),
    );
    this.listen();
  }

  private listen(): void {
    const { hooks } = this;
    for (const mode of modes) input(`wb-mode-${mode}`).addEventListener("change", () => hooks.mode(mode));
    const on = (id: string, event: "input" | "change", heard: () => void) =>
      byId(`wb-${id}`).addEventListener(event, heard);
    on("example", "change", () => this.choose(select("wb-example").value));
    on("beside", "change", () => this.anew({ beside: select("wb-beside").value as State["beside"] }));
    on("data", "change", () => {
      const data = select("wb-data").value as State["data"];
      this.anew({ data, rate: data === "cloud" ? usual.rate : digitsRate });
    });
    on("neurons", "change", () => this.anew({ neurons: Number(select("wb-neurons").value) }));
    on("show", "change", () => hooks.shows(select("wb-show").value as State["show"]));
    on("rate", "input", () => hooks.rate(Number((10 ** Number(input("wb-rate").value)).toPrecision(3))));
    on("input", "input", () =>
      hooks.neuron({ input: Number((Number(input("wb-input").value) * hooks.state().most).toPrecision(4)) }),
    );
    on("most", "change", () => {
      const most = Number(input("wb-most").value);
      const { input: now } = hooks.state();
      if (most >= 1e-6 && most <= 1e6) hooks.neuron({ most, input: Math.min(now, most) });
      this.showAll();
    });
    on("dt", "change", () => hooks.neuron({ dt: Number(select("wb-dt").value) }));
  }

  private anew(change: Partial<State>): void {
    this.hooks.anew(change);
    this.showAll();
  }

  private choose(name: string): void {
    const neuron = neuronExamples.find((one) => one.name === name);
    const rule = ruleExamples.find((one) => one.name === name);
    if (this.hooks.state().mode === "rule" && rule) this.hooks.text(rule.text, {});
    else if (neuron) {
      const { text, input: at, most, dt } = neuron;
      this.hooks.text(text, { input: at, most, dt });
      this.showAll();
    }
  }

  /** The examples of a mode. */
  offer(mode: State["mode"]): void {
    input(`wb-mode-${mode}`).checked = true;
    select("wb-example").replaceChildren(
      h("option", { value: "", hidden: true }, "what you have written"),
      ...examplesOf(mode).map(({ name, title }) => h("option", { value: name }, title)),
    );
  }

  /** What a slider reads, and which example the text is, if it is one still. */
  show(text: string): void {
    const { mode, rate, input: at } = this.hooks.state();
    select("wb-example").value = examplesOf(mode).find((one) => one.text === text)?.name ?? "";
    setText(byId("wb-rate-now"), rough(rate));
    setText(byId("wb-input-now"), rough(at));
  }

  /** Every field as the state has it. */
  showAll(): void {
    const state = this.hooks.state();
    for (const name of ["beside", "data", "neurons", "show", "dt"] as const)
      select(`wb-${name}`).value = String(state[name]);
    input("wb-rate").value = String(Math.log10(state.rate));
    input("wb-most").value = String(state.most);
    input("wb-input").value = String(state.input / state.most);
    setText(byId("wb-chart-title"), `Yours beside ${titleOfRule(state.beside)}`);
  }
}

const examplesOf = (mode: State["mode"]) => (mode === "rule" ? ruleExamples : neuronExamples);

function fill(id: string, all: readonly (readonly [value: string, text: string])[]): void {
  select(id).replaceChildren(...all.map(([value, text]) => h("option", { value }, text)));
}
