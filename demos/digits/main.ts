/** Spikes that learn digits: Diehl & Cook's network, one image after another, with its synapses as they grow. */
import "../../src/view/style/page.css";
import "./style.css";
import { Digits } from "../../src/experiment/model/diehl-cook/digits";
import { collections } from "../../src/task/collection";
import { type Dataset, findTask, fromFiles } from "../../src/task/task";
import { LineChart } from "../../src/view/chart";
import { byId, setText } from "../../src/view/dom";
import { expose } from "../../src/view/expose";
import { Facts } from "../../src/view/facts";
import { count, megabytes, percent } from "../../src/view/format";
import { messageOf } from "../../src/view/notice";
import { onColoursChange } from "../../src/view/palette";
import { type Stage, stage } from "../../src/view/stage";
import { Reader } from "./reader";
import { paintImage, paintScale, paintTiles } from "./tiles";

const side = 28;
/** Images that are drawn or taken, and after how many the story is told. */
const [samples, enough] = [2000, 1000];
/** ms that a turn should take, and images that one may learn. */
const [turnMs, most] = [250, 8];
/** The map's last colour is for the weight that the neurons' greatest are near, but never for less than this. */
const leastBright = 0.3;

interface Told {
  readonly neurons: number;
  readonly images: number;
  /** Share of the last hundred images that the spikes told right. */
  readonly accuracy: number;
  readonly labelled: number;
  /** The greatest weight onto a neuron, mean over neurons. */
  readonly sharpness: number;
  readonly data: string;
}

const field = (id: string) => byId(`digits-${id}`) as HTMLSelectElement;
const [tiles, image] = ["tiles", "image"].map((id) => byId(`digits-${id}`) as HTMLCanvasElement) as [
  HTMLCanvasElement,
  HTMLCanvasElement,
];
const facts = new Facts(byId("digits-figures"));
const chart = new LineChart(byId("digits-accuracy"), {
  x: "images learned",
  y: "read right, last 100",
  format: percent,
  tick: (value) => `${Math.round(100 * value)}\u202f%`,
  marks: () => [0, 0.2, 0.4, 0.6, 0.8, 1],
});

let told: Told | undefined;
let seed = 0;
/** What a person brought; the page draws its own digits until then. */
let brought: Dataset | undefined;
let redraw = () => {};
onColoursChange(() => redraw());
paintScale(byId("digits-scale") as HTMLCanvasElement);

const ready: Promise<Stage> = stage("digits", async (device, shared) => {
  const neurons = Number(field("neurons").value);
  seed++;
  const data = brought ?? (await findTask("digits").load({ seed, train: samples, test: 1 }));
  const { labels, count: images } = data.train;
  const pixels = data.train.data as Uint8Array<ArrayBuffer>;
  shared.say("Compiling the network’s kernel, which takes a while on some adapters…");
  const digits = await Digits.create(device, { inputs: side * side, neurons, seed, images: pixels });
  const reader = new Reader(neurons);
  let weights = await digits.readWeights();
  let framed: number | undefined;
  let [pace, msEach] = [1, 0];
  const history: [images: number, accuracy: number][] = [];

  redraw = () => {
    const most = Math.max(leastBright, sharpnessOf(weights, neurons));
    paintTiles(tiles, weights, { neurons, side, most, framed });
    setText(byId("digits-brightest"), `${most.toFixed(2)} and more`);
    const shown = (digits.learned + images - 1) % images;
    paintImage(image, pixels.subarray(shown * side * side, (shown + 1) * side * side), side);
  };
  redraw();
  chart.draw([], [], [0, 1]);

  return {
    still: 12,
    async turn() {
      const began = performance.now();
      const first = digits.learned;
      const { spikes } = await digits.learn(pace);
      weights = await digits.readWeights();
      msEach = (performance.now() - began) / pace;
      let [read, answer, label] = [-1, 0, 0];
      for (let k = 0; k < pace; k++) {
        const own = spikes.subarray(k * neurons, (k + 1) * neurons);
        label = labels[(first + k) % images]!;
        read = reader.hear(own, label);
        framed = own.indexOf(Math.max(...own));
        answer = own[framed]!;
      }
      redraw();
      told = {
        neurons,
        images: digits.learned,
        accuracy: reader.accuracy,
        labelled: reader.labelled,
        sharpness: sharpnessOf(weights, neurons),
        data: data.title,
      };
      history.push([told.images, told.accuracy]);
      draw(history);
      const what = read < 0 ? "nothing yet" : `“${read}”`;
      setText(
        byId("digits-answer"),
        `A “${label}”. The framed neuron fired ${answer} times; together the spikes say ${what}.`,
      );
      facts.show({
        "Images learned": count(told.images),
        "Read right": `${percent(told.accuracy)} of the last ${Math.min(100, told.images)}`,
        "Neurons that stand for a digit": `${told.labelled} of ${neurons}`,
        "An image takes": `${msEach.toFixed(0)}\u202fms; 500\u202fms for the network`,
      });
      if (first === 0) shared.say("");
      // The first turn compiles, which says nothing about the pace.
      pace = first === 0 ? 1 : Math.max(1, Math.min(most, Math.floor(turnMs / msEach)));
      if (shared.state === "running" && first < enough && told.images >= enough) {
        shared.pause();
        shared.say(
          `After ${count(told.images)} images the spikes read ${percent(told.accuracy)} of the last 100 right. Play goes on; Reset starts anew.`,
          "good",
        );
      }
      return true;
    },
    destroy: () => digits.destroy(),
  };
});

/** The greatest weight onto each neuron, mean over them. */
function sharpnessOf(weights: Float32Array, neurons: number): number {
  const greatest = new Float32Array(neurons);
  for (const [k, weight] of weights.entries())
    greatest[k % neurons] = Math.max(greatest[k % neurons]!, weight);
  return greatest.reduce((sum, one) => sum + one, 0) / neurons;
}

function draw(history: readonly (readonly [number, number])[]): void {
  const every = Math.ceil(history.length / 400);
  const shown = history.filter((_, k) => k % every === 0 || k === history.length - 1);
  chart.draw(
    shown.map(([images]) => images),
    [
      {
        key: "read",
        label: "by its spikes",
        colour: "--family-hebbian",
        dash: [],
        values: shown.map(([, one]) => one),
      },
    ],
    [0, 1],
  );
}

/** Takes other images, and starts anew with them. */
async function bring(load: () => Promise<Dataset>, shared: Stage): Promise<void> {
  try {
    brought = await load();
    await shared.reset();
  } catch (error) {
    shared.say(messageOf(error), "bad");
  }
}

const { mnist } = collections;
const bytes = Object.values(mnist.files).reduce((sum, { gzBytes }) => sum + gzBytes, 0);
setText(byId("digits-fetch-size"), `${megabytes(bytes)} from ${new URL(mnist.url).host}`);
byId("digits-fetch").addEventListener("click", () => {
  void ready.then((shared) =>
    bring(() => {
      const progress = (done: number, total: number) =>
        shared.say(`Fetching MNIST: ${megabytes(done)} of ${megabytes(total)}.`);
      return findTask("mnist").load({ train: 10 * samples, test: 1, progress });
    }, shared),
  );
});
byId("digits-files").addEventListener("change", () => {
  const input = byId("digits-files") as HTMLInputElement;
  const files = [...(input.files ?? [])];
  input.value = "";
  if (files.length > 0)
    void ready.then((shared) => bring(() => fromFiles(files, { train: 10 * samples }), shared));
});
field("neurons").addEventListener("change", () => void ready.then((shared) => shared.reset()));

expose("digits", {
  ready,
  get told() {
    return told;
  },
});
