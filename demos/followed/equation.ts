/** What the followed synapse does in one step, as typeset equations with the step's numbers under their letters. */
import type { SynapsePlace } from "../../src/experiment/inspection";
import { h } from "../../src/view/dom";
import { signed } from "../../src/view/format";
import { type LearnedStep, layers, rate } from "./learner";
import { math, named, power, sign, under } from "./math";
import { lettersOf, neuronName, weightAt } from "./synapse";

/** What of a step has been told. */
export interface Reached {
  /** What the pre neuron said. */
  readonly activity: boolean;
  /** The error of the post neuron, and of those above it. */
  readonly error: boolean;
  readonly above: boolean;
  readonly change: boolean;
}

const top = layers.length - 1;
const delta = (layer: number, neuron: number) => named("δ", neuronName(layer, neuron));
const activity = (layer: number, neuron: number) => named(...lettersOf(layer, neuron));

export class Equation {
  constructor(private readonly host: HTMLElement) {}

  /** @param step without it, letters alone */
  show(place: SynapsePlace, step: LearnedStep | undefined, reached: Reached): void {
    const { layer, pre, post } = place;
    const number = numbers(step);
    const error = () => number(reached.error, (one) => one.error[layer]![post]!, delta(layer, post), "error");
    const change = () =>
      number(
        reached.change,
        (one) => weightAt(one.after, place) - weightAt(one.before, place),
        named("Δw"),
        "change",
      );
    const said = number(
      reached.activity,
      (one) => one.activity[layer - 1]![pre]!,
      activity(layer - 1, pre),
      "pre",
    );
    const before = number(true, (one) => weightAt(one.before, place), named("w"), "before");
    const after = number(reached.change, (one) => weightAt(one.after, place), named("w′"), "after");
    const eta = under(named("η"), String(rate), "rate");
    this.host.replaceChildren(
      line("Its error", math(error(), sign("=")), ...origin(place, reached, number)),
      line(
        "Its change",
        math(change(), sign("=")),
        math(sign("−"), eta, sign("·")),
        math(said, sign("·")),
        math(error()),
      ),
      line("Its weight", math(after, sign("=")), math(before, sign("+")), math(change())),
    );
  }
}

type Numbers = ReturnType<typeof numbers>;

/** Writes a number of the step under its letter, once that has been told. */
const numbers =
  (step: LearnedStep | undefined) =>
  (
    told: boolean,
    value: (step: LearnedStep) => number,
    letter: Element,
    key: string,
    write: (value: number) => string = signed,
  ) =>
    under(letter, step && told ? write(value(step)) : "", key);

/** Where the post neuron's error comes from: the label, or the errors above, through the weights that lead there. */
function origin({ layer, post }: SynapsePlace, { error, above }: Reached, number: Numbers): Element[] {
  const said = ({ activity: all }: LearnedStep) => all[layer]![post]!;
  if (layer === top)
    return [
      math(number(error, said, activity(layer, post), "post"), sign("−")),
      math(number(error, ({ label }) => Number(label === post), named("label"), "label")),
    ];
  const last = layers[layer + 1]! - 1;
  const terms = Array.from({ length: last + 1 }, (_, next) => {
    const place = { layer: layer + 1, pre: post, post: next };
    const through = named("w", neuronName(layer + 1, next));
    return math(
      sign(next === 0 ? "(" : "+"),
      number(above, (one) => weightAt(one.before, place), through, "through"),
      number(above, (one) => one.error[layer + 1]![next]!, delta(layer + 1, next), "above"),
      ...(next === last ? [sign(")")] : []),
    );
  });
  const square = number(
    error,
    said,
    power(activity(layer, post), "2"),
    "post",
    (value) => `(${signed(value)})²`,
  );
  return [math(sign("("), named("1"), sign("−"), square, sign(")")), ...terms];
}

function line(title: string, ...terms: Element[]): HTMLElement {
  return h(
    "div",
    { class: "followed-line" },
    h("span", { class: "followed-line-title" }, title),
    h("div", { class: "followed-terms" }, ...terms),
  );
}
