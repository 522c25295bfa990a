/**
 * Forms: the WGSL around a neuron model or a plasticity rule. A model says only what happens to one neuron (or synapse);
 * types, loads and stores are generated here from its declarations, so that many models share one kernel and a user's own
 * model needs no more than its equations.
 */
import { type Slot, shaderText } from "../../gpu/shader";
import type { NeuronModel, PlasticityModel } from "./model";

/** A neuron model with the numbers that differ from neuron to neuron and the ports that hear a background. */
export interface NeuronForm {
  readonly model: NeuronModel;
  /** What `derive` gives, in order. */
  readonly derived: readonly string[];
  /** Those of them that have one value a neuron. */
  readonly varying: readonly string[];
  /** Those that are one number wherever the form runs, written into the kernel: a load for each neuron costs more than the rest. */
  readonly fixed: Readonly<Record<string, number>>;
  /** Ports with Poisson trains from outside, one entry each. */
  readonly background: readonly string[];
}

export interface PlasticForm {
  readonly model: PlasticityModel;
  readonly derived: readonly string[];
}

/** Numbers that a background takes: weight, mean count of one part, e^−mean, parts. */
export const backgroundNumbers = 4;

/** The state rows of a model: its variables, and a timed model's place in its list. */
export function stateNames({ state, timed }: NeuronModel): string[] {
  return [...Object.keys(state), ...(timed ? ["cursor"] : [])];
}

/** Where a form keeps its numbers: unscaling factors of ports, derived values, backgrounds; then rows of varying values. */
export function numberPlaces({ model, derived, background }: NeuronForm) {
  const ports = 0;
  const values = ports + model.ports.length;
  const backgrounds = values + derived.length;
  return { ports, values, backgrounds, varying: backgrounds + backgroundNumbers * background.length };
}

/** `A`, `B`, … `Z`, `AA`, …: names of slots have capitals alone. */
export function letters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last;
}

/** A model's text with all its own names marked, so that two models can stand in one shader. */
function marked(slot: Slot, types: readonly string[], mark: string): { name: string; text: string } {
  const text = typeof slot === "string" ? shaderText(slot) : slot.text;
  const own = [...text.matchAll(/^\s*(?:fn|const|struct)\s+(\w+)/gm)].map(([, name]) => name!);
  const names = new RegExp(`(?<![.\\w])(${[...own, ...types].join("|")})\\b`, "g");
  return {
    name: typeof slot === "string" ? `shaders/${slot}.wgsl as ${mark}` : `${slot.name} as ${mark}`,
    text: text.replace(names, `$1_${mark}`),
  };
}

/** A number as f32 keeps it; WGSL reads the shortest decimal back to the same bits. */
function literal(value: number): string {
  return `${Math.fround(value)}f`;
}

function struct(name: string, members: readonly string[]): string {
  const all = members.length > 0 ? members : ["none"]; // WGSL knows no empty struct
  return `struct ${name} { ${all.map((member) => `${member}: f32`).join(", ")} }`;
}

function construct(name: string, values: readonly string[]): string {
  return `${name}(${values.length > 0 ? values.join(", ") : "0.0"})`;
}

function neuronText(form: NeuronForm, mark: string, timed: boolean): string {
  const { model, derived, varying, background } = form;
  const state = Object.keys(model.state);
  const places = numberPlaces(form);
  const number = (place: number) => `numbers[p.numbers + ${place}u]`;
  const parameters = derived.map((name, index) => {
    const value = form.fixed[name];
    if (value !== undefined) return literal(value);
    const row = varying.indexOf(name);
    if (row < 0) return number(places.values + index);
    return `numbers[p.numbers + ${places.varying}u + ${row}u * p.size + neuron]`;
  });
  const arrivals = model.ports.map(
    (_, port) => `arrived(p.cells + ${port}u * p.size + neuron, time) * ${number(places.ports + port)}`,
  );
  const noise = background.map((port, index) => {
    const first = places.backgrounds + backgroundNumbers * index;
    return `  x.${port} += ${number(first)} * poisson(neuron, key, ${index}u, ${number(first + 1)}, ${number(first + 2)}, ${number(first + 3)});`;
  });
  const cursor = `p.state + ${state.length}u * p.size + neuron`;
  const due = timed
    ? `  let cursor = ${cursor};
  let next = u32(numbers[p.timesAt + neuron]) + u32(state[cursor]);
  let due = next < u32(numbers[p.timesAt + neuron + 1u]) && u32(numbers[p.timesAt + next]) == time;
  if (due) { state[cursor] += 1.0; }`
    : "  let due = false;";
  // A membrane that is no number may fire and be reset, so it is looked at before as well.
  const sick = ["before", ...state.map((name) => `n.${name}`)]
    .map((value) => `isSick(${value})`)
    .join(" || ");
  return `${struct(`Neuron_${mark}`, state)}
${struct(`Parameters_${mark}`, derived)}
${struct(`Arriving_${mark}`, model.ports)}
#import FORM_${mark}
fn advanceForm_${mark}(p: Population, neuron: u32, time: u32) -> bool {
  let at = p.state + neuron;
  let key = pcg(time ^ p.key);
${due}
  var n = ${construct(
    `Neuron_${mark}`,
    state.map((_, index) => `state[at + ${index}u * p.size]`),
  )};
  var x = ${construct(`Arriving_${mark}`, arrivals)};
${noise.join("\n")}
  let parameters = ${construct(`Parameters_${mark}`, parameters)};
${state.length > 0 ? `  let before = n.${state[0]};` : ""}
  let fires = advance_${mark}(&n, parameters, x, Now(neuron, time, key, due));
${state.map((name, index) => `  state[at + ${index}u * p.size] = n.${name};`).join("\n")}
${state.length > 0 ? `  if (${sick}) { report(p.neurons + neuron, time); }` : ""}
  return fires;
}`;
}

const events = { arrive: "onArrive", fire: "onFire", sweep: "onSweep" } as const;
type Event = keyof typeof events;

/** Whether a rule's sweep asks for the post neuron's traces: it says so by what it takes. */
export function takesPost(slot: Slot): boolean {
  const text = typeof slot === "string" ? shaderText(slot) : slot.text;
  return /\bfn\s+sweep\s*\([^)]*:\s*Post\b/.test(text);
}

function plasticText({ model, derived }: PlasticForm, mark: string): string {
  const own = Object.keys(model.state ?? {});
  const variables = ["weight", ...own];
  const { pre, post } = model.traces;
  const count = Object.keys(pre).length;
  /**
   * A neuron's own trace is seen before the spike at hand, the other's with all that came so far. A low-pass filter is seen as
   * this step found it, a variable as the step leaves it.
   */
  const traces = (which: "pre" | "post", event: Event) => {
    const decays = derived.length + (which === "pre" ? 0 : count);
    return construct(
      `${which === "pre" ? "Pre" : "Post"}_${mark}`,
      Object.values(which === "pre" ? pre : post).map((trace, index) => {
        const rings = `o.${which}Traces + ${index}u * TRACE_SLOTS * o.${which}Size`;
        const late = which === "pre" ? "delay" : "0u";
        const value = (before: number) =>
          `traceAt(${rings}, o.${which}Size, ${which}, time + TRACE_SLOTS - ${late} - ${before}u)`;
        if (event === "sweep" || ("of" in trace && trace.tau === undefined)) return value(0);
        if ("of" in trace) return value(1);
        const own = event === "arrive" || which === "post";
        return own ? `${value(1)} * numbers[o.numbers + ${decays + index}u]` : value(0);
      }),
    );
  };
  const load = `  let at = o.weights + s;
  var y = ${construct(
    `Synapse_${mark}`,
    variables.map((_, index) => `weights[at + ${index}u * o.count]`),
  )};
  let p = ${construct(
    `Parameters_${mark}`,
    derived.map((_, index) => `numbers[o.numbers + ${index}u]`),
  )};`;
  const store = `  weights[at] = clamp(y.weight, o.least, o.most);
${own.map((name, index) => `  weights[at + ${index + 1}u * o.count] = y.${name};`).join("\n")}`;
  const parts = [
    struct(`Synapse_${mark}`, variables),
    struct(`Parameters_${mark}`, derived),
    struct(`Pre_${mark}`, Object.keys(pre)),
    struct(`Post_${mark}`, Object.keys(post)),
    `#import PLASTIC_${mark}`,
  ];
  if (model.events.includes("arrive"))
    parts.push(`fn arriveForm_${mark}(o: Projection, s: u32, pre: u32, post: u32, delay: u32, time: u32) {
${load}
  arrive_${mark}(&y, ${traces("pre", "arrive")}, ${traces("post", "arrive")}, p);
${store}
}`);
  if (model.events.includes("fire"))
    parts.push(`fn fireForm_${mark}(o: Projection, s: u32, pre: u32, post: u32, delay: u32, time: u32) {
${load}
  fire_${mark}(&y, ${traces("pre", "fire")}, ${traces("post", "fire")}, p);
${store}
}`);
  if (model.events.includes("sweep"))
    parts.push(`fn sweepForm_${mark}(o: Projection, s: u32, post: u32, time: u32, dopamine: f32) {
${load}
  sweep_${mark}(&y, ${takesPost(model.shader) ? `${traces("post", "sweep")}, ` : ""}p, dopamine);
${store}
}`);
  return parts.join("\n");
}

function dispatcher(
  head: string,
  on: string,
  cases: readonly (readonly [number, string])[],
  other: string,
): string {
  return `${head} {
  switch (${on}) {
${cases.map(([form, call]) => `    case ${form}u: { ${call} }`).join("\n")}
    default: { ${other} }
  }
}`;
}

/** What fills the slots for a network's neuron models and plasticity rules. */
export function formSlots(
  neurons: readonly NeuronForm[],
  plastic: readonly PlasticForm[],
): Record<string, Slot> {
  const slots: Record<string, Slot> = {};
  const models: string[] = [];
  const rules: string[] = [];
  neurons.forEach((form, index) => {
    const mark = letters(index);
    slots[`FORM_${mark}`] = marked(form.model.shader, ["Neuron", "Parameters", "Arriving"], mark);
    models.push(neuronText(form, mark, form.model.timed === true));
  });
  models.push(
    dispatcher(
      "fn advanceNeuron(p: Population, neuron: u32, time: u32) -> bool",
      "p.form",
      neurons.map((_, index) => [index, `return advanceForm_${letters(index)}(p, neuron, time);`]),
      "return false;",
    ),
  );
  plastic.forEach((form, index) => {
    const mark = letters(neurons.length + index);
    slots[`PLASTIC_${mark}`] = marked(form.model.shader, ["Synapse", "Parameters", "Pre", "Post"], mark);
    rules.push(plasticText(form, mark));
  });
  for (const [event, name] of Object.entries(events)) {
    const takes = event === "sweep" ? ["post", "time", "dopamine"] : ["pre", "post", "delay", "time"];
    const types = takes.map((one) => `${one}: ${one === "dopamine" ? "f32" : "u32"}`);
    rules.push(
      dispatcher(
        `fn ${name}(o: Projection, s: u32, ${types.join(", ")})`,
        "o.form",
        plastic.flatMap(({ model }, index) =>
          model.events.includes(event as "arrive")
            ? [
                [
                  index,
                  `${event}Form_${letters(neurons.length + index)}(o, s, ${takes.join(", ")});`,
                ] as const,
              ]
            : [],
        ),
        "",
      ),
    );
  }
  slots.MODELS = { name: "models", text: models.join("\n") };
  slots.RULES = { name: "rules", text: rules.join("\n") };
  return slots;
}
