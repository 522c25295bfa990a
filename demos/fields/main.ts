/** Receptive fields that emerge: Krotov & Hopfield's competing neurons on synthetic digits. */
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
import { lookOf, onColoursChange } from "../../src/view/palette";
import { stage } from "../../src/view/stage";
import { paintScale, paintTiles } from "./tiles";

const rule = "krotov-hopfield";
const [neurons, side, batch, samples] = [64, 28, 64, 2000];
const epochs = 24;
const stepsAtOnce = 5;
const values = { rate: 0.005, radius: 0.05, power: 4.5, readoutRate: 0.02, anneal: epochs };
const lastStep = Math.floor((epochs * samples) / batch);

interface Told {
  readonly steps: number;
  /** Share of the last images that the readout got right before it learned from them. */
  readonly accuracy: number;
  /** Neurons whose weights have come near the length R. */
  readonly settled: number;
  /** Mean length of a neuron's weights, in R. */
  readonly length: number;
}

const tiles = byId("fields-tiles") as HTMLCanvasElement;
const facts = new Facts(byId("fields-figures"));
const chart = new LineChart(byId("fields-accuracy"), {
  x: "images seen",
  y: "accuracy of the readout",
  format: percent,
  tick: (value) => `${Math.round(100 * value)} %`,
  marks: () => [0, 0.2, 0.4, 0.6, 0.8, 1],
});
let weights: Float32Array | undefined;
let told: Told | undefined;
let seed = 0;

const redraw = () => {
  paintScale(byId("fields-scale") as HTMLCanvasElement);
  if (weights) paintTiles(tiles, weights, neurons, side);
};
onColoursChange(redraw);

const ready = stage("fields", async (device, shared) => {
  shared.say("Drawing digits…");
  seed++;
  const data = await uploadDataset(
    device,
    await findTask("digits").load({ seed, train: samples, test: 100 }),
  );
  const options = { rule, layers: [side * side, neurons, 10], batch, optimizer: "sgd", values, seed };
  const trainer = await Trainer.create(device, options, data);
  weights = await trainer.read("input-hidden/weight");
  redraw();
  shared.say("");
  const history: [seen: number, accuracy: number][] = [];
  const recent: number[] = [];
  return {
    still: 60,
    async turn() {
      recent.push(
        ...(await trainer.advance(Math.min(stepsAtOnce, lastStep - trainer.steps))).map(
          (one) => one.accuracy,
        ),
      );
      recent.splice(0, recent.length - 10);
      const [fresh, norms] = await Promise.all([
        trainer.read("input-hidden/weight"),
        trainer.read("hidden/norm"),
      ]);
      weights = fresh;
      redraw();
      const lengths = Array.from(norms, (norm) => norm / values.radius);
      told = {
        steps: trainer.steps,
        accuracy: recent.reduce((sum, one) => sum + one, 0) / recent.length,
        settled: lengths.filter((length) => Math.abs(length - 1) < 0.2).length,
        length: lengths.reduce((sum, one) => sum + one, 0) / neurons,
      };
      history.push([batch * told.steps, told.accuracy]);
      chart.draw(
        history.map(([seen]) => seen),
        [{ key: rule, label: "readout", ...lookOf(rule), values: history.map(([, one]) => one) }],
        [0, 1],
      );
      facts.show({
        "Images seen": count(batch * told.steps),
        "Readout right": percent(told.accuracy),
        "Neurons settled": `${told.settled} of ${neurons}`,
        "Mean length |w|": `${told.length.toFixed(2)} R`,
      });
      if (told.steps < lastStep) return true;
      shared.say(`${told.settled} of ${neurons} neurons have settled. Reset draws other digits.`, "good");
      return false;
    },
    destroy: () => {
      trainer.destroy();
      data.memory.destroy();
    },
  };
});

expose("fields", {
  ready,
  get told() {
    return told;
  },
});
