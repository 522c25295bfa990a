/** Reward that comes late: one synapse of Izhikevich's network, live, with dopamine to give by hand or to have given. */
import "../../src/view/style/page.css";
import "./style.css";
import { byId, setText } from "../../src/view/dom";
import { expose } from "../../src/view/expose";
import { Facts } from "../../src/view/facts";
import { wantsStill } from "../../src/view/motion";
import { type Stage, stage } from "../../src/view/stage";
import { WeightHistogram } from "../../src/view/weight-histogram";
import { Brain } from "./brain";
import { Lately, shownMs } from "./lately";
import { LongRun } from "./long-run";
import { sizes, sizeText, strongest } from "./network";
import { Pace } from "./pace";
import { Rewarder } from "./rewarder";

/** A reward is earned where post follows pre within so many ms. */
const within = 20;
/** The electrodes pair the two neurons so often, ms. */
const pairEvery = 2000;
/** Wall ms from one look at all weights to the next. */
const lookEvery = 300;
/** What a step takes, ms of the network's time. */
const stepMs = 1000;
/** From here on the synapse has learned. */
const learned = 0.95 * strongest;

interface Told {
  readonly neurons: number;
  /** ms of the network's time. */
  readonly time: number;
  readonly weight: number;
  readonly eligibility: number;
  readonly dopamine: number;
  readonly earned: number;
  readonly rewards: number;
  /** When the last pairs that earned one came, and the last reward, ms. */
  readonly earnedAt: readonly number[];
  readonly rewardedAt: number | undefined;
  /** Mean weight of all other synapses between excitatory neurons. */
  readonly others: number;
}

const field = (id: string) => byId(`reward-${id}`) as HTMLInputElement | HTMLSelectElement;
const lately = new Lately();
const facts = new Facts(byId("reward-figures"));
const histogram = new WeightHistogram(byId("reward-histogram"), {
  range: [0, strongest],
  bins: 40,
  colour: "--family-hebbian",
  markColour: "--ink",
  marks: [0, 1, 2, 3, 4],
  label: "How many synapses have which weight, and where the watched one stands",
});
const longRun = new LongRun();

let told: Told | undefined;
let seed = 0;
/** What a person's buttons ask for. */
const asked = { pair: false, reward: false };

const choices = () => ({
  delay: Number(field("delay").value),
  amount: Number(field("amount").value),
  tau: Number(field("tau").value),
  pace: field("pace").value,
  electrodes: (field("electrodes") as HTMLInputElement).checked,
  automatic: (field("automatic") as HTMLInputElement).checked,
});

function tell(): void {
  const { delay, amount } = choices();
  setText(byId("reward-delay-told"), `${(delay / 1000).toFixed(1)}\u202fs`);
  setText(byId("reward-amount-told"), amount.toFixed(2));
}
tell();
for (const id of ["delay", "amount"]) field(id).addEventListener("input", tell);

const ready: Promise<Stage> = stage("reward", async (device, shared) => {
  shared.say("Drawing the network’s synapses…");
  // A person's choice stays; at first it is what suits the adapter.
  if (seed === 0) field("network").value = device.facts.software ? "small" : "full";
  const size = sizes[field("network").value as keyof typeof sizes];
  let tau = choices().tau;
  let brain = await Brain.create(device, size, ++seed, tau);
  const rewarder = new Rewarder(within);
  const pace = new Pace();
  const rewards: number[] = [];
  let [given, nextPair, looked, done] = [0, pairEvery / 2, Number.NEGATIVE_INFINITY, false];
  let others = await brain.others();
  lately.clear();
  longRun.clear();
  shared.say("");
  setText(byId("reward-size"), sizeText(size, device.facts.name));

  /** Runs the network for so many ms, with whatever comes due within them at its ms. */
  const go = async (ms: number): Promise<void> => {
    const end = brain.time + ms;
    while (brain.time < end) {
      const now = brain.time;
      const { delay, amount, electrodes, automatic } = choices();
      const due = rewarder.take(now);
      const portions = (automatic ? due : 0) + (asked.reward ? 1 : 0);
      if (portions > 0) {
        brain.reward(portions * amount);
        rewards.push(now);
        given += portions;
      }
      if (asked.pair || (electrodes && now >= nextPair)) {
        brain.pair();
        nextPair = now + pairEvery;
      }
      Object.assign(asked, { pair: false, reward: false });
      // No longer than the delay: a reward must not come due within the run that finds that it was earned.
      const until = Math.min(
        end,
        now + delay,
        rewarder.next ?? end,
        electrodes ? Math.max(nextPair, now + 1) : end,
      );
      const course = await brain.run(until - now);
      rewarder.hear(course.pre, course.post, delay);
      lately.add(course);
      told = {
        neurons: brain.neurons,
        time: brain.time,
        weight: course.weight.at(-1)!,
        eligibility: course.eligibility.at(-1)!,
        dopamine: course.dopamine.at(-1)!,
        earned: rewarder.earned.length,
        rewards: given,
        earnedAt: rewarder.earned.slice(-5),
        rewardedAt: rewards.at(-1),
        others: mean(others),
      };
      longRun.add(told);
    }
  };
  const show = async () => {
    const { time, weight } = told!;
    lately.draw(time, recent(rewarder.earned, time), recent(rewards, time));
    const wait = rewarder.next === undefined ? undefined : (rewarder.next - time) / 1000;
    facts.show({
      "Pairs that earned a reward": String(told!.earned),
      "Next reward": wait === undefined || !choices().automatic ? "–" : `in ${wait.toFixed(1)}\u202fs`,
      "Rewards given": String(given),
      "Network’s time": `${(time / 1000).toFixed(1)}\u202fs`,
    });
    if (performance.now() - looked < lookEvery && !wantsStill()) return;
    looked = performance.now();
    others = await brain.others();
    histogram.draw(others, { weight, text: `the watched synapse: ${weight.toFixed(2)}` });
    longRun.draw();
  };

  return {
    still: 3,
    async turn() {
      const wanted = choices();
      if (wanted.tau !== tau) {
        shared.say("Building the kernels anew; all weights and eligibilities stay.");
        brain = await Brain.create(device, size, seed, wanted.tau, brain);
        tau = wanted.tau;
        shared.say("");
      }
      if (shared.state === "running") await pace.turn(wanted.pace, go);
      else await go(stepMs);
      await show();
      if (!done && told!.weight >= learned) {
        done = true;
        shared.pause();
        shared.say(
          `After ${given} rewards the watched synapse is at ${told!.weight.toFixed(2)}; the others are at ${told!.others.toFixed(2)} on average. Play goes on; Reset starts anew.`,
          "good",
        );
      }
      return true;
    },
    destroy: () => brain.destroy(),
  };
});

for (const what of ["pair", "reward"] as const)
  byId(`reward-${what}`).addEventListener("click", () => {
    asked[what] = true;
    void ready.then((shared) => {
      if (wantsStill() && shared.state === "paused") shared.say("Step shows what comes of it.");
      else shared.start();
    });
  });

field("network").addEventListener("change", () => void ready.then((shared) => shared.reset()));

const mean = (values: Float32Array) => values.reduce((sum, one) => sum + one, 0) / values.length;
const recent = (times: readonly number[], now: number) => times.filter((at) => at >= now - shownMs);

expose("reward", {
  ready,
  get told() {
    return told;
  },
});
