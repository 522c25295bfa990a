/** The weight transport problem: feedback anywhere between Wᵀ and random, beside two rules whose feedback finds Wᵀ by itself. */
import "../../src/view/style/page.css";
import "./style.css";
import { uploadDataset } from "../../src/experiment/data";
import { findTask } from "../../src/task/task";
import { byId } from "../../src/view/dom";
import { expose } from "../../src/view/expose";
import { Facts } from "../../src/view/facts";
import { count, degrees } from "../../src/view/format";
import { wantsStill } from "../../src/view/motion";
import { stage } from "../../src/view/stage";
import { Charts } from "./charts";
import { type Looks, type Name, Networks } from "./networks";
import { inWords, onSlide, share } from "./slider";
import { Table } from "./table";

const samples = { train: 2000, test: 300 };
/** Batches to a turn. */
const [batches, firstBatches] = [4, 2];
/** The story is told after so many samples. */
const enough = 20_000;

interface Told {
  readonly samples: number;
  /** Where the slider stood. */
  readonly share: number;
  readonly looks: Looks;
}

const facts = new Facts(byId("transport-figures"));
const table = new Table(byId("transport-table"));
const charts = new Charts();
let told: Told | undefined;
let seed = 0;
charts.clear();

/** What came of it, from the first look's numbers and the last's. */
function story(first: Looks, { samples: seen, share: at, looks }: Told): string {
  const [now, before] = [looks, first].map(
    (all) => (name: Name, what: "change" | "feedback") => degrees(all[name][what][0]!),
  );
  return `After ${count(seen)} digits (${inWords(at)}), layer 1’s changes are ${now!("slider", "change")} off the gradient (${before!("slider", "change")} at first). Nobody told the others what W is: Kolen-Pollack’s B₂ is ${now!("kolen-pollack", "feedback")} off W₂ᵀ, the mirror’s ${now!("weight-mirror", "feedback")}; both began at ${before!("weight-mirror", "feedback")}.`;
}

const ready = stage("transport", async (device, shared) => {
  shared.say("Drawing digits, and making three networks ready…");
  seed++;
  const data = await uploadDataset(device, await findTask("digits").load({ seed, ...samples }));
  const networks = await Networks.create(device, data, seed);
  charts.clear();
  shared.say(
    wantsStill()
      ? ""
      : "All three begin with the same random B. The slider gives one of them part of Wᵀ back.",
  );
  let first: Looks | undefined;
  let over = false;

  const look = async (at: number) => {
    const looks = await networks.look();
    first ??= looks;
    told = { samples: networks.samples, share: at, looks };
    charts.add(told.samples, looks);
    table.show(looks);
    facts.show({
      "Samples seen by each": count(told.samples),
      "Slider at": inWords(at),
      Seed: String(seed),
      Adapter: device.facts.software ? `${device.facts.name}, a program` : device.facts.name,
    });
  };
  return {
    still: 12,
    async turn() {
      const at = share();
      if (shared.turns === 0) {
        await networks.setFeedback(at);
        await look(at);
        return true;
      }
      await networks.learn(shared.turns < 8 ? firstBatches : batches, at);
      await look(at);
      if (over || told!.samples < enough) return true;
      over = true;
      shared.pause();
      shared.say(`${story(first!, told!)} Play goes on; Reset starts anew.`, "good");
      return true;
    },
    destroy: () => {
      networks.destroy();
      data.memory.destroy();
    },
  };
});

onSlide(
  () =>
    void ready.then((shared) => {
      if (shared.state === "paused") shared.say("That takes effect with the next batch: Step shows it.");
    }),
);

expose("transport", {
  ready,
  get told() {
    return told;
  },
});
