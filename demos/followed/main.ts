/** Backprop, one weight followed all the way: a small real network learns, and one sample after another is told in phases. */
import "../../src/view/style/page.css";
import "./style.css";
import type { SynapsePlace } from "../../src/experiment/inspection";
import { byId, setText } from "../../src/view/dom";
import { expose } from "../../src/view/expose";
import { Facts } from "../../src/view/facts";
import { count, percent, signed } from "../../src/view/format";
import { wantsStill } from "../../src/view/motion";
import { stage } from "../../src/view/stage";
import { chosenSpeed, offerSynapses, showSynapse } from "./choices";
import { Curves } from "./curves";
import { type LearnedStep, Learner, rate, type Standing } from "./learner";
import { phaseMs, restAfter, unfold } from "./pace";
import { phases } from "./phases";
import { signs } from "./signs";
import { synapseName, weightAt } from "./synapse";
import { Teller } from "./teller";

/** Points to learn from, and never to learn from. */
const [train, test] = [256, 128];
/** Samples in a turn that tells nothing, by speed. */
const inSilence = { explain: 4, train: 8 };
/** How long a still stands before the next while they run, in ms. */
const stillMs = 1500;
/** The story has been told at this loss, or after so many samples. */
const [learned, enough] = [0.05, 3000];

/** The numbers of the followed synapse in the step that is shown, as the engine left them, and where the network stands. */
interface Told {
  readonly steps: number;
  /** Name of the phase that is told or has just been. */
  readonly phase: string;
  readonly place: SynapsePlace;
  readonly pre: number;
  readonly error: number;
  readonly before: number;
  readonly after: number;
  readonly rate: number;
  readonly loss: number;
  readonly accuracy: number;
}

const facts = new Facts(byId("followed-figures"));
const curves = new Curves();
let place: SynapsePlace = { layer: 1, pre: 1, post: 3 };
let shown: { step: LearnedStep; phase: string; standing: Standing } | undefined;
let seed = 0;
/** Whether Step was pressed since the phase under way began. */
let impatient = false;

function follow(next: SynapsePlace): void {
  place = next;
  showSynapse(place);
  teller.follow(place);
  curves.draw(place);
}

const teller = new Teller(place, follow);
offerSynapses(place, follow);
setText(byId("followed-rate"), String(rate));
curves.draw(place);

function story(first: Standing, last: Standing): string {
  const [from, to] = [first, last].map(({ weights }) => signed(weightAt(weights, place)));
  return `After ${count(last.steps)} samples the loss is ${last.loss.toFixed(2)}, not ${first.loss.toFixed(2)}; ${percent(last.accuracy)} of the other points come out right; ${synapseName(place)} went from ${from} to ${to}. Play goes on; Reset starts anew.`;
}

const ready = stage("followed", async (device, shared) => {
  seed++;
  const points = signs(seed, train, test);
  const learner = await Learner.create(device, points, seed);
  const first = await learner.standing();
  let standing = first;
  /** The step that is told, and the phase that comes next. */
  let step: LearnedStep | undefined;
  let phase = 0;
  let tellings = 0;
  /** Samples still to go by untold. */
  let rest = 0;
  let over = false;
  const running = () => shared.state === "running";
  /** A phase under way ends at once when more or something else was asked for. */
  const hurried = () => impatient || shared.state === "opening" || (running() && chosenSpeed() === "train");

  const keep = (now: Standing) => {
    standing = now;
    curves.add(standing);
    curves.draw(place);
    facts.show({
      "Samples learned from": count(standing.steps),
      "Loss on other points": standing.loss.toFixed(3),
      "Other points right": percent(standing.accuracy),
      Seed: String(seed),
      Adapter: device.facts.software ? `${device.facts.name}, a program` : device.facts.name,
    });
  };
  const untold = async (samples: number) => {
    step = await learner.learn(samples);
    phase = 0;
    keep(await learner.standing());
    teller.whole(step, !running());
    shown = { step, phase: "change", standing };
  };
  const telling = async () => {
    if (phase === 0 || !step) step = await learner.step();
    const { kind } = phases[phase]!;
    teller.begin(step, phase, !running());
    shown = { step, phase: kind, standing };
    impatient = false;
    await unfold(phaseMs(kind, tellings), (share) => teller.draw(share), hurried);
    phase = (phase + 1) % phases.length;
    if (phase !== 0) return;
    rest = restAfter(tellings++);
    keep(await learner.standing());
    shown = { step, phase: kind, standing };
  };

  teller.take(points.train);
  curves.clear();
  keep(first);
  if (!wantsStill())
    shared.say("Slowly at first; then more and more points go by between two that are told.");
  return {
    async turn() {
      if (running() && chosenSpeed() === "train") await untold(inSilence.train);
      else if (wantsStill()) {
        await untold(running() ? 1 + restAfter(tellings++) : 1);
        if (running()) await new Promise((resolve) => setTimeout(resolve, stillMs));
      } else if (running() && rest > 0) {
        const some = Math.min(rest, inSilence.explain);
        rest -= some;
        await untold(some);
      } else await telling();
      if (over || phase !== 0 || (standing.loss > learned && standing.steps < enough)) return true;
      over = true;
      shared.pause();
      shared.say(story(first, standing), "good");
      return true;
    },
    destroy: () => learner.destroy(),
  };
});

// Heard before the stage hears it, which begins the next phase where none is under way.
byId("followed-controls").addEventListener(
  "click",
  ({ target }) => {
    if (target instanceof Element && target.closest("#followed-step")) impatient = true;
  },
  { capture: true },
);
byId("followed-speed").addEventListener("change", () => void ready.then((shared) => shared.start()));

expose("followed", {
  ready,
  get told(): Told | undefined {
    if (!shown) return undefined;
    const { step, phase, standing } = shown;
    const { layer, pre, post } = place;
    return {
      steps: step.steps,
      phase,
      place,
      pre: step.activity[layer - 1]![pre]!,
      error: step.error[layer]![post]!,
      before: weightAt(step.before, place),
      after: weightAt(step.after, place),
      rate,
      loss: standing.loss,
      accuracy: standing.accuracy,
    };
  },
});
