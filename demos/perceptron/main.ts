/** The perceptron: points are shown one by one, and each mistake moves the line. */
import "../../src/view/style/page.css";
import "./style.css";
import { Trainer } from "../../src/experiment/trainer";
import { mistakesField } from "../../src/net/threshold";
import { LineChart } from "../../src/view/chart";
import { byId, h } from "../../src/view/dom";
import { expose } from "../../src/view/expose";
import { Facts } from "../../src/view/facts";
import { count } from "../../src/view/format";
import { wantsStill } from "../../src/view/motion";
import { onColoursChange } from "../../src/view/palette";
import { type Play, type Stage, stage } from "../../src/view/stage";
import { drawCloud, type Kind, kinds } from "./cloud";
import { paint, type Scene } from "./picture";

const weight = "input-output/weight";
/** A pause after each mistake, in ms, so that one sees what it did. */
const linger = 160;

const canvas = byId("perceptron-cloud") as HTMLCanvasElement;
const facts = new Facts(byId("perceptron-figures"));
const chart = new LineChart(byId("perceptron-mistakes"), {
  x: "points shown",
  y: "mistakes",
  format: count,
  log: true,
  mostDots: 3,
  marks: () => [1, 10, 100, 1000, 10_000],
});
let kind: Kind = "narrow";
let seed = 0;
let scene: Scene | undefined;
let told = { shown: 0, mistakes: 0, bound: undefined as number | undefined, solved: false };

const redraw = () => scene && paint(canvas, scene);
onColoursChange(redraw);
new ResizeObserver(redraw).observe(canvas);

for (const [name, { title }] of Object.entries(kinds)) {
  const input = h("input", { type: "radio", name: "perceptron-cloud", value: name, checked: name === kind });
  input.addEventListener("change", () => {
    kind = name as Kind;
    void ready.then((shared) => shared.reset());
  });
  byId("perceptron-clouds").append(h("label", { class: "check" }, input, title));
}

const ready: Promise<Stage> = stage("perceptron", async (device, shared) => {
  const cloud = drawCloud(kind, ++seed);
  const { points, labels, bound } = cloud;
  const trainer = await Trainer.create(device, {
    rule: "perceptron",
    layers: [2, 1],
    batch: 1,
    optimizer: "sgd",
    output: "identity",
  });
  const history: [shown: number, mistakes: number][] = [];
  let [next, right] = [0, 0];

  const show = async (wrong: number | undefined) => {
    const [weights, [mistakes = 0]] = await Promise.all([trainer.read(weight), trainer.read(mistakesField)]);
    scene = { cloud, weights, wrong };
    told = { shown: trainer.steps, mistakes, bound, solved: right >= points.length };
    redraw();
    if (mistakes > 0) history.push([trainer.steps, mistakes]);
    const most = Math.max(10, bound ?? 0, mistakes) * 1.5;
    const lines = [
      {
        key: "mistakes",
        label: "mistakes",
        colour: "--ink",
        dash: [],
        values: history.map(([, value]) => value),
      },
    ];
    const limit = { key: "bound", label: "Novikoff’s bound", colour: "--bad", dash: [9, 4] };
    chart.draw(
      history.map(([shown]) => shown),
      bound === undefined ? lines : [...lines, { ...limit, values: history.map(() => bound) }],
      [1, most],
    );
    facts.show({
      "Points shown": count(trainer.steps),
      Mistakes: count(mistakes),
      "Bound (R/γ)²": bound === undefined ? "none: no line separates them" : count(bound),
    });
  };

  const play: Play = {
    still: 12,
    async turn() {
      let wrong: number | undefined;
      while (wrong === undefined && right < points.length) {
        const index = next;
        next = (next + 1) % points.length;
        const { accuracy } = await trainer.step(Float32Array.from(points[index]!), [labels[index]!]);
        right = accuracy === 1 ? right + 1 : 0;
        if (accuracy === 0) wrong = index;
      }
      await show(wrong);
      if (wrong === undefined) {
        shared.say(
          `Right about all ${points.length} points, after ${count(told.mistakes)} mistakes. Reset draws others.`,
          "good",
        );
        return false;
      }
      if (!wantsStill()) await new Promise((resolve) => setTimeout(resolve, linger));
      return true;
    },
    destroy: () => trainer.destroy(),
  };
  await show(undefined);
  return play;
});

expose("perceptron", {
  ready,
  get told() {
    return told;
  },
});
