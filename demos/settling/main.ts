/** Settling energies, live: predictive coding and equilibrium propagation settle on the same digits, and then learn. */
import "../../src/view/style/page.css";
import "./style.css";
import { uploadDataset } from "../../src/experiment/data";
import { findTask } from "../../src/task/task";
import { byId } from "../../src/view/dom";
import { expose } from "../../src/view/expose";
import { percent } from "../../src/view/format";
import { unfold } from "../../src/view/motion";
import { type Stage, stage } from "../../src/view/stage";
import { AccuracyChart, type Tested } from "./accuracy";
import { choices, onChoice } from "./choices";
import { OutputBars } from "./outputs";
import { Picture } from "./picture";
import { Settler, type Settling } from "./settler";
import { small } from "./small";

const [batch, inputs, classes] = [64, 784, 10];
const [freeSteps, nudgedSteps] = [20, 12];
/** Batches after which the story is told, and between two tests. */
const [enough, testEvery] = [400, 16];

interface Told {
  readonly steps: number;
  readonly predictive: Settling;
  readonly equilibrium: Settling;
  /** Share of the test digits that each has right. */
  readonly accuracy: Omit<Tested, "seen">;
}

const picture = new Picture(freeSteps);
const bars = new OutputBars(byId("settling-outputs"));
const accuracies = new AccuracyChart();
let told: Told | undefined;
let seed = 0;
picture.clear(choices().steps, nudgedSteps);
accuracies.draw([]);

/** How many batches a turn takes, and how long it shows the last one settle, in ms: slowly at first, and where a person steps. */
function pace({ state, turns }: Stage): { steps: number; ms: number } {
  if (state !== "running") return { steps: 1, ms: 1200 };
  return { steps: turns < 8 ? 1 : turns < 16 ? 2 : 4, ms: Math.max(400, 2400 * 0.8 ** turns) };
}

/** What came of it, from the first batch's numbers and the last's. */
function story(first: Settling, last: Settling, { predictive, equilibrium }: Told["accuracy"]): string {
  const [before, after] = [first, last].map(({ energy }) => small(energy.total.at(-1)!));
  return `Predictive coding settled at E = ${before} at first, and does at ${after} now; it has ${percent(predictive)} of the test digits right, equilibrium propagation ${percent(equilibrium)}.`;
}

const ready = stage("settling", async (device, shared) => {
  shared.say("Drawing digits…");
  seed++;
  const data = await uploadDataset(device, await findTask("digits").load({ seed, train: 2000, test: 500 }));
  let chosen = choices();
  const common = { batch, seed };
  const [predictive, equilibrium] = await Promise.all([
    Settler.create(device, data, {
      ...common,
      rule: "predictive-coding",
      layers: [inputs, 64, 32, classes],
      optimizer: "adam",
      values: { rate: 0.001, gamma: chosen.gamma },
      options: { steps: chosen.steps },
    }),
    Settler.create(device, data, {
      ...common,
      rule: "equilibrium-propagation",
      layers: [inputs, 64, classes],
      activation: "hard-sigmoid",
      output: "hard-sigmoid",
      optimizer: "sgd",
      values: { rate: 0.2, layerRatio: 0.5, pace: 0.5, beta: chosen.beta },
      options: { free: freeSteps, nudged: nudgedSteps, nudging: chosen.nudging },
    }),
  ]);
  picture.clear(chosen.steps, nudgedSteps);
  const history: Tested[] = [];
  let first: Settling | undefined;

  const test = async () => {
    const [one, other] = await Promise.all([predictive.test(), equilibrium.test()]);
    history.push({
      seen: batch * predictive.steps,
      predictive: one.accuracy,
      equilibrium: other.accuracy,
    });
    accuracies.draw(history);
  };
  /** What was changed on the page since the last batch. */
  const heed = async () => {
    const wanted = choices();
    if (wanted.steps !== chosen.steps) await predictive.choose({ steps: wanted.steps });
    if (wanted.nudging !== chosen.nudging) await equilibrium.choose({ nudging: wanted.nudging });
    predictive.set({ gamma: wanted.gamma });
    equilibrium.set({ beta: wanted.beta });
    if (JSON.stringify(wanted) !== JSON.stringify(chosen)) shared.say("");
    chosen = wanted;
  };
  await test();
  shared.say("");

  return {
    still: 8,
    async turn() {
      await heed();
      const { steps, ms } = pace(shared);
      const [one, other] = await Promise.all([predictive.learn(steps), equilibrium.learn(steps)]);
      const learned = await equilibrium.batch();
      if (Math.floor(predictive.steps / testEvery) > Math.floor((predictive.steps - steps) / testEvery))
        await test();
      await unfold(ms, (share) => picture.draw(one, other, share));
      picture.finish(predictive.steps, one, other);
      bars.draw(learned);
      const { seen: _, ...accuracy } = history.at(-1)!;
      first ??= one;
      told = { steps: predictive.steps, predictive: one, equilibrium: other, accuracy };
      if (shared.state === "running" && predictive.steps - steps < enough && predictive.steps >= enough) {
        shared.pause();
        shared.say(`${story(first, one, accuracy)} Play goes on; Reset starts anew.`, "good");
      }
      return true;
    },
    destroy: () => {
      predictive.destroy();
      equilibrium.destroy();
      data.memory.destroy();
    },
  };
});

onChoice(
  () =>
    void ready.then((shared) => {
      if (shared.state === "paused") shared.say("That takes effect with the next batch: Step shows it.");
    }),
);

expose("settling", {
  ready,
  get told() {
    return told;
  },
});
