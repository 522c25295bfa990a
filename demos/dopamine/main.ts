/** Dopamine: one trial of conditioning a turn, drawn as it happens. */
import "../../src/view/style/page.css";
import "./style.css";
import { Conditioning } from "../../src/experiment/conditioning";
import { byId } from "../../src/view/dom";
import { expose } from "../../src/view/expose";
import { Facts } from "../../src/view/facts";
import { onColoursChange } from "../../src/view/palette";
import { type Play, type Stage, stage } from "../../src/view/stage";
import { drawMap, drawTraces, type Scene } from "./picture";

const map = byId("dopamine-map") as HTMLCanvasElement;
const traces = byId("dopamine-traces") as HTMLCanvasElement;
const facts = new Facts(byId("dopamine-figures"));
const omit = byId("dopamine-omit") as HTMLButtonElement;
/** Trials after which a first reward is left out without anyone asking. */
const learned = 110;
/** Trials after which it rests: by then everything has been seen. */
const enough = 240;

let scene: Scene | undefined;
let told = {
  trials: 0,
  peak: 0,
  cue: 0,
  due: 0,
  atCue: 0,
  atReward: 0,
  dip: undefined as number | undefined,
  /** Rewards that were left out. */
  omitted: 0,
};
let wanted = false;

const hundredths = (value: number) => value.toFixed(2).replace("-", "\u2212");

function redraw(): void {
  if (!scene) return;
  drawMap(map, scene);
  drawTraces(traces, scene);
}
onColoursChange(redraw);
new ResizeObserver(redraw).observe(map);
omit.addEventListener("click", () => {
  wanted = true;
  void ready.then((shared) => shared.start());
});

const ready: Promise<Stage> = stage("dopamine", async (device, shared): Promise<Play> => {
  const conditioning = await Conditioning.create(device);
  const { cue, due, steps } = conditioning.plan;
  const trials: Float32Array[] = [];
  const omitted: number[] = [];
  scene = { cue, due, steps, trials, omitted };
  wanted = false;
  told = { trials: 0, peak: 0, cue, due, atCue: 0, atReward: 0, dip: undefined, omitted: 0 };
  redraw();
  return {
    still: 130,
    async turn() {
      const trial = trials.length;
      if (wanted || trial === learned) {
        conditioning.set({ omit: trial });
        omitted.push(trial);
        wanted = false;
      }
      const [delta] = await conditioning.run(1);
      trials.push(delta!);
      const left = omitted.at(-1) === trial;
      const values = Array.from(delta!);
      told = {
        ...told,
        trials: trials.length,
        peak: values.indexOf(Math.max(...values)),
        atCue: delta![cue]!,
        atReward: delta![due]!,
        ...(left && { dip: delta![due]! }),
        omitted: omitted.length,
      };
      facts.show({
        Trial: String(trials.length),
        "Dopamine at the cue": hundredths(told.atCue),
        "At the reward": hundredths(told.atReward),
        "Where a reward was left out": told.dip === undefined ? "–" : hundredths(told.dip),
      });
      redraw();
      if (trials.length === enough) {
        shared.pause();
        shared.say(
          `After ${enough} trials dopamine is ${hundredths(told.atCue)} at the cue and ${hundredths(told.atReward)} at the reward. Play goes on; Reset starts anew.`,
          "good",
        );
      }
      return true;
    },
    destroy: () => conditioning.destroy(),
  };
});

expose("dopamine", {
  ready,
  get told() {
    return told;
  },
});
