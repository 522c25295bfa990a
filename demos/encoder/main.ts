/** The 8-3-8 encoder: backprop as in 1986, and the code that it finds. */
import "../../src/view/style/page.css";
import "./style.css";
import { findPreset, presetOptions } from "../../src/experiment/presets";
import { Trainer } from "../../src/experiment/trainer";
import { findTask } from "../../src/task/task";
import { LineChart } from "../../src/view/chart";
import { byId, h, setText } from "../../src/view/dom";
import { expose } from "../../src/view/expose";
import { Facts } from "../../src/view/facts";
import { count } from "../../src/view/format";
import { onColoursChange } from "../../src/view/palette";
import { stage } from "../../src/view/stage";
import { paintCube } from "./cube";

const preset = findPreset("encoder");
const stepsAtOnce = 5;
/** Below this the outputs are plainly right. */
const goodLoss = 0.01;
const patterns = 8;

const canvas = byId("encoder-cube") as HTMLCanvasElement;
const facts = new Facts(byId("encoder-figures"));
const chart = new LineChart(byId("encoder-loss"), {
  x: "steps",
  y: "loss",
  format: (value) => value.toPrecision(2),
  tick: String,
  log: true,
  marks: () => [0.01, 0.1, 1],
});
let hidden: Float32Array = new Float32Array(3 * patterns).fill(0.5);
let told = { steps: 0, loss: 1, codes: 1, right: 0 };
/** Whose second seed finds eight codes, as most do. */
let seed = 1;

const redraw = () => paintCube(canvas, hidden);
onColoursChange(redraw);
new ResizeObserver(redraw).observe(canvas);

const rows = Array.from({ length: patterns }, (_, pattern) => {
  const neurons = [0, 1, 2].map(() => h("td", { class: "encoder-neuron" }));
  const bits = h("td", { class: "encoder-bits" });
  const bar = h("progress", { max: 1, value: 0, "aria-label": `Right output of pattern ${pattern + 1}` });
  const tick = h("span", {});
  const row = h(
    "tr",
    {},
    h("th", { scope: "row" }, String(pattern + 1)),
    ...neurons,
    bits,
    h("td", {}, bar, tick),
  );
  byId("encoder-code").querySelector("tbody")!.append(row);
  return { neurons, bits, bar, tick };
});

function showRows(output: Float32Array): number {
  const codes = rows.map((_, n) => [0, 1, 2].map((k) => Math.round(hidden[3 * n + k]!)).join(""));
  rows.forEach(({ neurons, bits, bar, tick }, n) => {
    neurons.forEach((cell, k) => {
      const value = hidden[3 * n + k]!;
      setText(cell, value.toFixed(2));
      // Greys near the middle are left out: neither ink nor paper is legible on them.
      const ink = 100 * (value > 0.5 ? 1 - 0.6 * (1 - value) : 0.6 * value);
      cell.style.background = `color-mix(in srgb, var(--ink) ${Math.round(ink)}%, var(--raised))`;
      cell.style.color = value > 0.5 ? "var(--paper)" : "var(--ink)";
    });
    setText(bits, codes[n]!);
    bits.classList.toggle("is-shared", codes.filter((code) => code === codes[n]).length > 1);
    const row = output.subarray(patterns * n, patterns * (n + 1));
    bar.value = row[n]!;
    setText(tick, row.indexOf(Math.max(...row)) === n ? "✓" : "");
  });
  return new Set(codes).size;
}

const ready = stage("encoder", async (device, shared) => {
  const { rules, options: _, ...options } = presetOptions(preset);
  const { train } = await findTask("encoder").load();
  const trainer = await Trainer.create(device, { ...options, rule: rules[0]!, seed: ++seed });
  const history: [step: number, loss: number][] = [];
  return {
    still: 150,
    async turn() {
      // The first step brings the patterns; they stay in the input for all others.
      const scores =
        trainer.steps === 0
          ? [await trainer.step(train.data as Float32Array, train.labels)]
          : await trainer.advance(stepsAtOnce);
      const { loss, accuracy } = scores.at(-1)!;
      const [activity, output] = await Promise.all([
        trainer.read("hidden/activity"),
        trainer.read("output/activity"),
      ]);
      hidden = activity;
      redraw();
      const codes = showRows(output);
      told = { steps: trainer.steps, loss, codes, right: accuracy * patterns };
      history.push([trainer.steps, loss]);
      chart.draw(
        history.map(([step]) => step),
        [
          {
            key: "loss",
            label: "loss",
            colour: "--ink",
            dash: [],
            values: history.map(([, value]) => value),
          },
        ],
        [0.005, 2],
      );
      facts.show({
        Steps: count(trainer.steps),
        "Told apart": `${told.right} of ${patterns}`,
        "Different codes": `${codes} of ${patterns}`,
      });
      if (loss > goodLoss) return true;
      const found =
        codes === patterns ? "eight different codes of three bits" : `${codes} codes and places between them`;
      shared.say(`All eight told apart, by ${found}. Reset starts from other weights.`, "good");
      return false;
    },
    destroy: () => trainer.destroy(),
  };
});

expose("encoder", {
  ready,
  get told() {
    return told;
  },
});
