/** Before or after: the window of STDP, measured on the GPU by pairing spikes, and one pair of them closely. */
import "../../src/view/style/page.css";
import "./style.css";
import { byId, h, setText } from "../../src/view/dom";
import { expose } from "../../src/view/expose";
import { Facts } from "../../src/view/facts";
import { signed } from "../../src/view/format";
import { nextFrame, unfold, wantsStill } from "../../src/view/motion";
import { type Stage, stage } from "../../src/view/stage";
import { Closely } from "./closely";
import { type Course, Dish, lags, lead, lengthOf, longest, protocols, tail } from "./dish";
import { spikesFor, weightAfter } from "./formula";
import { rules } from "./rules";
import { WindowChart, type WindowPoint } from "./window";

/** Lags that are shown unasked, ms. */
const tour = [10, -10, 30, -30, 4, -4];
/** Pictures of a window as it is measured, and how long a pair unfolds, ms. */
const [pictures, unfoldMs] = [48, 900];

/** The lag nearest to 0 at which the post neuron fires first, ms. */
const justBefore = -1e-3;

const field = (id: string) => byId(`stdp-${id}`) as HTMLInputElement | HTMLSelectElement;
const minus = (text: string) => text.replace("-", "\u2212");

interface Told {
  readonly rule: string;
  readonly protocol: string;
  readonly start: number;
  /** Each lag's change, mV. */
  readonly window: readonly { readonly lag: number; readonly measured: number; readonly formula: number }[];
  readonly pair:
    | { readonly lag: number; readonly measured: number; readonly formula: number; readonly course: Course }
    | undefined;
}

const chart = new WindowChart();
const facts = new Facts(byId("stdp-figures"));
let told: Told | undefined;
/** A person asked for the lag on the slider. */
let asked = false;

for (const [name, { title }] of Object.entries(rules))
  byId("stdp-rule").append(h("option", { value: name }, title));

const choices = () => ({
  rule: field("rule").value,
  protocol: field("protocol").value,
  start: Number(field("start").value),
});

/** Keeps what stands beside the controls. */
function tell(): void {
  const lag = Number(field("lag").value);
  const order = lag > 0 ? "pre first" : lag < 0 ? "post first" : "both at once";
  setText(byId("stdp-lag-told"), minus(`${lag}\u202fms, ${order}`));
  setText(byId("stdp-start-told"), `${choices().start.toFixed(1)}\u202fmV`);
  const { equation, says, paper } = rules[choices().rule]!;
  setText(byId("stdp-equation"), equation);
  setText(byId("stdp-says"), says);
  const link = byId("stdp-paper") as HTMLAnchorElement;
  setText(link, paper[0]);
  link.href = paper[1];
}

const ready: Promise<Stage> = stage("stdp", async (device, shared) => {
  let dish: Dish | undefined;
  let closely: Closely | undefined;
  let built = "";
  let measured = "";
  let formula: WindowPoint[] = [];
  let points: WindowPoint[] = [];
  let visited = 0;

  const changeOf = (lag: number) => {
    const { rule, protocol, start } = choices();
    const { every, spikes } = protocols[protocol]!;
    const { pre, post } = spikesFor(lag, every, spikes);
    return weightAfter(rules[rule]!, start, pre, post) - start;
  };
  /** The dish for the rule that is chosen. */
  const dishOf = async (rule: string): Promise<Dish> => {
    if (dish && built === rule) return dish;
    shared.say("Building the kernels for this rule…");
    dish?.destroy();
    closely?.destroy();
    dish = await Dish.create(device, rules[rule]!);
    closely = new Closely(rules[rule]!);
    built = rule;
    shared.say("");
    return dish;
  };
  const showFacts = () => {
    const farthest = Math.max(...told!.window.map((one) => Math.abs(one.measured - one.formula)));
    const { pair } = told!;
    const unit = "\u202fmV";
    facts.show({
      "Weight changed by": pair ? signed(pair.measured) + unit : "–",
      "The formula says": pair ? signed(pair.formula) + unit : "–",
      "Points measured": `${told!.window.length}, the farthest ${signed(farthest).slice(1)}${unit} off the curve`,
    });
  };
  const measure = async () => {
    const { rule, protocol, start } = choices();
    const fine = Array.from({ length: 8 * longest + 1 }, (_, k) => k / 4 - longest);
    formula = [...fine, justBefore].map((lag) => ({ lag, change: changeOf(lag) }));
    points = [];
    const [given, length] = [protocols[protocol]!, lengthOf(longest, protocols[protocol]!)];
    const slice = wantsStill() ? length + lead + 1 : Math.max(1, Math.round((length + lead) / pictures));
    const weights = await (await dishOf(rule)).window(
      start,
      given,
      async (ms, now) => {
        // A lag is measured when its second spike has come.
        points = lags.flatMap((lag, k) => (Math.abs(lag) < ms ? [{ lag, change: now[k]! - start }] : []));
        chart.draw(formula, points, undefined);
        if (!wantsStill()) await nextFrame();
      },
      slice,
    );
    told = {
      rule,
      protocol,
      start,
      window: lags.map((lag, k) => ({ lag, measured: weights[k]! - start, formula: changeOf(lag) })),
      pair: undefined,
    };
    showFacts();
  };
  const pair = async (lag: number, unfolds: boolean) => {
    const { rule, protocol, start } = choices();
    const course = await (await dishOf(rule)).pair(lag, start, protocols[protocol]!);
    const change = course.weight.at(-1)! - start;
    chart.draw(formula, points, { lag, change });
    const last = lengthOf(lag, protocols[protocol]!) + tail;
    await unfold(unfolds ? unfoldMs : 0, (share) => closely!.draw(course, share * (lead + last) - lead));
    told = { ...told!, pair: { lag, measured: change, formula: changeOf(lag), course } };
    showFacts();
  };
  tell();

  return {
    async turn() {
      const wanted = JSON.stringify(choices());
      if (measured !== wanted) {
        await measure();
        measured = wanted;
        if (!wantsStill()) return true;
      }
      const unasked = !asked;
      if (unasked) {
        field("lag").value = String(tour[visited++ % tour.length]);
        tell();
      }
      const lag = Number(field("lag").value);
      asked = false;
      await pair(lag, unasked);
      if (asked || JSON.stringify(choices()) !== wanted) return true;
      if (!unasked) shared.pause();
      else if (visited % tour.length === 0) {
        shared.pause();
        shared.say("Move Δt: each move pairs two spikes anew. Play shows some lags again.", "good");
      } else if (!wantsStill()) await new Promise((resolve) => setTimeout(resolve, 500));
      return true;
    },
    destroy() {
      dish?.destroy();
      closely?.destroy();
    },
  };
});

for (const id of ["rule", "protocol", "start", "lag"])
  field(id).addEventListener("input", () => {
    asked = true;
    tell();
    void ready.then((shared) => {
      shared.say("");
      shared.start();
    });
  });

expose("stdp", {
  ready,
  get told() {
    return told;
  },
});
