/** Learning in time: two spiking networks learn by gradients, one through e-prop as time goes by, one through time reversed. */
import "../../src/view/style/page.css";
import "./style.css";
import { byId, h, setText } from "../../src/view/dom";
import { expose } from "../../src/view/expose";
import { Facts } from "../../src/view/facts";
import { count, percent, rough } from "../../src/view/format";
import { colour, onColoursChange } from "../../src/view/palette";
import { stage } from "../../src/view/stage";
import { TrialRaster } from "../../src/view/trial-raster";
import { type Asked, askedOf, askedTable } from "./asked";
import { cues } from "./cues";
import { drawnDigits } from "./digits";
import { ErrorChart } from "./errors";
import { Learner, type Moment } from "./learner";
import type { Look, Model } from "./model";

interface Told {
  readonly model: string;
  readonly steps: number;
  readonly history: readonly Moment[];
  readonly errors: number | undefined;
  readonly look: Look | undefined;
}

const models: Readonly<Record<string, Model>> = {
  "evidence-accumulation": cues,
  "surrogate-fashion": drawnDigits,
};
const choice = byId("time-model") as HTMLSelectElement;
for (const [name, { task, rule }] of Object.entries(models))
  choice.append(h("option", { value: name }, `${task}: ${rule}`));

const chart = new ErrorChart();
const raster = new TrialRaster(byId("time-trial"));
const facts = new Facts(byId("time-figures"));
const image = byId("time-image") as HTMLCanvasElement;
let learners: Record<string, Learner> = {};
let seed = 0;
let adapter = "–";

/** Ink on paper: the more of a pixel, the more ink. */
function paint(): void {
  const pixels = learners[choice.value]?.look?.image;
  image.hidden = !pixels;
  const pen = image.getContext("2d");
  if (!pixels || !pen) return;
  pen.clearRect(0, 0, image.width, image.height);
  pen.fillStyle = colour("--ink");
  for (const [pixel, ink] of pixels.entries()) {
    pen.globalAlpha = ink;
    pen.fillRect(pixel % image.width, Math.floor(pixel / image.width), 1, 1);
  }
}

/** Everything that the page shows of the model chosen. */
function show(): void {
  const model = models[choice.value]!;
  const learner = learners[choice.value];
  const look = learner?.look;
  setText(byId("time-says"), model.says);
  chart.draw(model, learner?.history ?? []);
  raster.draw(look?.trial, look?.told);
  setText(byId("time-trial-told"), look?.told ?? "No trial yet.");
  paint();
  const known = (text: string | false | undefined) => text || "–";
  facts.show({
    "Trials learned from": count(learner ? model.batch * learner.steps : 0),
    "Wrong in the newest test": known(learner?.errors !== undefined && percent(learner.errors)),
    "A hidden neuron fires": known(look && `${rough(look.rate)}\u202f/s`),
    "Learning speed": known(learner && learner.speed > 0 && `${rough(learner.speed)} trials/s`),
    Seed: `${Math.max(1, seed)}`,
    Network: `${model.network}; ${adapter}`,
  });
}

const ready = stage("time", async (device, shared) => {
  seed++;
  adapter = device.facts.name;
  learners = {};
  const mine = learners;
  show();
  const learnerOf = async (name: string): Promise<Learner> => {
    if (mine[name]) return mine[name];
    shared.say("Building the network and its kernels…");
    mine[name] = await Learner.create(device, models[name]!, seed);
    shared.say("");
    return mine[name];
  };
  return {
    still: 3,
    async turn() {
      const name = choice.value;
      const learner = await learnerOf(name);
      const before = learner.steps;
      await learner.go(shared.state === "running" ? undefined : 1);
      show();
      const { enough, task } = learner.model;
      if (shared.state === "running" && before < enough && learner.steps >= enough) {
        shared.pause();
        const [first, last] = [learner.history[0]!.test!, learner.errors!].map(percent);
        shared.say(
          `It has learned to ${task}: ${first} of its answers were wrong at first, and ${last} are now. Play goes on; the other model waits in the list.`,
          "good",
        );
      }
      return true;
    },
    destroy() {
      for (const learner of Object.values(mine)) learner.destroy();
    },
  };
});

choice.addEventListener("input", () => {
  show();
  void ready.then((shared) => {
    shared.say("");
    shared.start();
  });
});
onColoursChange(paint);
show();

/** Derived on this machine, behind the first picture. */
let asked: Record<string, Asked> | undefined;
setTimeout(() => {
  const rows = Object.entries(models).map(([name, model]) => [name, model, askedOf(model)] as const);
  asked = Object.fromEntries(rows.map(([name, , found]) => [name, found]));
  byId("time-asked").replaceChildren(askedTable(rows));
});

expose("time", {
  ready,
  get asked() {
    return asked;
  },
  get told(): Told {
    const learner = learners[choice.value];
    const { steps = 0, history = [], errors, look } = learner ?? {};
    return { model: choice.value, steps, history, errors, look };
  },
});
