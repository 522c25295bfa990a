/** Goodness of positive and negative data, separating: forward-forward on synthetic digits. */
import "../../src/view/style/page.css";
import "./style.css";
import { uploadDataset } from "../../src/experiment/data";
import { Trainer } from "../../src/experiment/trainer";
import { findTask } from "../../src/task/task";
import { LineChart } from "../../src/view/chart";
import { byId } from "../../src/view/dom";
import { expose } from "../../src/view/expose";
import { Facts } from "../../src/view/facts";
import { count, percent } from "../../src/view/format";
import { onColoursChange } from "../../src/view/palette";
import { stage } from "../../src/view/stage";
import { Histogram } from "./histogram";
import { Pairs } from "./pairs";
import { type Judged, judge } from "./separation";

const rule = "forward-forward";
const [side, batch, samples, shown] = [28, 64, 2000, 4];
const hidden = [96, 64];
const stepsAtOnce = 3;
const lastStep = 600;
const values = { rate: 0.005, threshold: 1, readoutRate: 0.002 };
const dashes = [[], [9, 4]];

interface Told {
  readonly steps: number;
  /** By layer. */
  readonly layers: readonly Judged[];
  /** Share of the last images that the readout got right before it learned from them. */
  readonly accuracy: number;
}

const pairs = new Pairs(byId("goodness-pairs"), shown, side);
const histograms = hidden.map(
  (neurons, index) => new Histogram(byId("goodness-layers"), `Layer ${index + 1}, ${neurons} neurons`),
);
const facts = new Facts(byId("goodness-figures"));
const chart = new LineChart(byId("goodness-curve"), {
  x: "images seen",
  y: "pairs told apart",
  format: percent,
  tick: (value) => `${Math.round(100 * value)} %`,
  marks: () => [0.4, 0.6, 0.8, 1],
});
let told: Told | undefined;
let seed = 0;
let redraw = () => {};
onColoursChange(() => redraw());

const ready = stage("goodness", async (device, shared) => {
  shared.say("Drawing digits…");
  seed++;
  const data = await uploadDataset(
    device,
    await findTask("digits").load({ seed, train: samples, test: 100 }),
  );
  const layers = [side * side, ...hidden, 10];
  const trainer = await Trainer.create(
    device,
    { rule, layers, batch, optimizer: "adam", values, seed },
    data,
  );
  shared.say("");
  const history: { seen: number; apart: number[] }[] = [];
  const recent: number[] = [];
  return {
    still: 60,
    async turn() {
      const scores = await trainer.advance(Math.min(stepsAtOnce, lastStep - trainer.steps));
      recent.push(...scores.map(({ accuracy }) => accuracy));
      recent.splice(0, recent.length - 20);
      const [images, ...goodness] = await Promise.all([
        trainer.read("input/pair"),
        ...hidden.map((_, index) => trainer.read(`hidden${index + 1}/mean square pair`)),
      ]);
      told = {
        steps: trainer.steps,
        layers: goodness.map(judge),
        accuracy: recent.reduce((sum, one) => sum + one, 0) / recent.length,
      };
      history.push({ seen: batch * told.steps, apart: told.layers.map(({ apart }) => apart) });
      redraw = () => {
        pairs.draw(images, goodness);
        for (const [index, histogram] of histograms.entries())
          histogram.draw(goodness[index]!, values.threshold);
      };
      redraw();
      chart.draw(
        history.map(({ seen }) => seen),
        hidden.map((_, index) => ({
          key: `layer ${index + 1}`,
          label: `layer ${index + 1}`,
          colour: "--family-forward",
          dash: dashes[index]!,
          values: smoothed(history.map(({ apart }) => apart[index]!)),
        })),
        [0.3, 1.02],
      );
      facts.show({
        "Images seen": count(batch * told.steps),
        ...Object.fromEntries(
          told.layers.map(({ positive, negative }, index) => [
            `Layer ${index + 1}: true / false`,
            `${positive.toFixed(2)} / ${negative.toFixed(2)}`,
          ]),
        ),
        "Readout right": percent(told.accuracy),
      });
      if (told.steps < lastStep) return true;
      shared.say("The layers have parted true from false. Reset draws other digits.", "good");
      return false;
    },
    destroy: () => {
      trainer.destroy();
      data.memory.destroy();
    },
  };
});

/** The mean of each value and up to seven before it: a batch has few pairs. */
function smoothed(all: readonly number[]): number[] {
  return all.map((_, at) => {
    const some = all.slice(Math.max(0, at - 7), at + 1);
    return some.reduce((sum, one) => sum + one, 0) / some.length;
  });
}

expose("goodness", {
  ready,
  get told() {
    return told;
  },
});
