/** The profiler: choose a network and a rule, measure, change something, measure both. */
import "../../src/view/style/page.css";
import "./style.css";
import { profileCsv, profileJson } from "../../src/experiment/profile-export";
import { planText } from "../../src/experiment/profile-plan";
import type { TunedProduct } from "../../src/experiment/tune";
import type { AdapterFacts } from "../../src/gpu/device";
import { byId, setText } from "../../src/view/dom";
import { download } from "../../src/view/download";
import { expose } from "../../src/view/expose";
import { percent } from "../../src/view/format";
import { listenForKeys } from "../../src/view/keys";
import { messageOf, Notice } from "../../src/view/notice";
import { pageDevice } from "../../src/view/page-device";
import { webgpuHelp } from "../../src/view/webgpu-help";
import { addressOf, readAddress } from "./address";
import { Compare, sayWhole } from "./compare";
import { Form } from "./form";
import { type Pair, pairsOf, verdictOf } from "./pairs";
import { Show } from "./show";
import { drawTiles, sayTiles } from "./tiles";
import { usualPlans } from "./usual";
import { measureTogether, type Progress, type Run, takeTuned, tunePlan } from "./work";

type State = "opening" | "busy" | "idle" | "no-gpu";

const page = byId("profiler");
const notice = new Notice(byId("status"));
const bar = byId("progress") as HTMLProgressElement;
const [measureButton, keepButton, tuneButton] = ["measure", "keep", "tune"].map(
  (id) => byId(id) as HTMLButtonElement,
) as [HTMLButtonElement, HTMLButtonElement, HTMLButtonElement];
const takeBox = byId("take-tuned") as HTMLInputElement;
const show = new Show(page);
const compare = new Compare(byId("compare"));

let state: State = "opening";
let stop = new AbortController();
let facts: AdapterFacts | undefined;
let form: Form | undefined;
/** What is kept as A. */
let kept: Run | undefined;
let run: Run | undefined;
let pairs: readonly Pair[] = [];
let tuned: readonly TunedProduct[] = [];

function enter(next: State): void {
  state = next;
  page.dataset.state = next;
  const busy = next === "busy";
  setText(measureButton.querySelector(".button-text")!, busy ? "Stop" : kept ? "Measure A and B" : "Measure");
  measureButton.disabled = next === "opening" || next === "no-gpu";
  tuneButton.disabled = next !== "idle";
  takeBox.disabled = next !== "idle";
  keepButton.disabled = next !== "idle" || !run;
  setText(keepButton.querySelector(".button-text")!, kept ? "Let A go" : "Keep as A");
  bar.hidden = !busy;
  setText(
    byId("kept"),
    kept
      ? `A is ${planText(kept.plan)}${kept.cuts.size > 0 ? ", in tuned tiles" : ""}. Change something, or nothing: A and B are measured in the same rounds.`
      : "",
  );
}

/** Does one thing at a time, says how far it is, and loses nothing when it fails. */
async function busy(work: (progress: Progress, signal: AbortSignal) => Promise<string>): Promise<void> {
  if (state === "busy" || state === "no-gpu") return;
  enter("busy");
  stop = new AbortController();
  let said = 0;
  try {
    const done = await work((share, what) => {
      bar.value = share;
      // Not every kernel is read aloud: a sentence a second is as much as anybody follows.
      if (performance.now() - said < 1000 && said > 0) return;
      said = performance.now();
      notice.say(`${what} ${percent(share)} done.`);
    }, stop.signal);
    notice.say(done, "good");
  } catch (error) {
    const stopped = stop.signal.aborted;
    if (!run) setText(byId("waiting"), "Nothing was measured yet; Measure starts again.");
    const what = stopped ? "Stopped." : messageOf(error);
    notice.say(`${what}${run ? " What was measured before still stands." : ""}`, stopped ? "plain" : "bad");
  } finally {
    enter("idle");
  }
}

const measure = () =>
  busy(async (progress, signal) => {
    const plan = form!.plan;
    const runs = await measureTogether(kept ? [kept, { plan }] : [{ plan }], progress, signal);
    run = runs.at(-1)!;
    facts = (await pageDevice()).facts;
    show.draw(run, facts);
    pairs = kept ? await pairsOf(runs[0]!.profile, run.profile, pause) : [];
    const [whole] = pairs;
    const said = whole ? sayWhole(whole, isSame(kept!, run)) : "";
    compare.draw(pairs);
    byId("compare-part").hidden = !whole;
    byId("downloads").hidden = false;
    setText(byId("verdict"), said);
    page.dataset.measured = "";
    return whole ? `Measured both: ${verdictOf(whole)}.` : `Measured ${planText(plan)}.`;
  });

const tune = () =>
  busy(async (progress, signal) => {
    tuned = await tunePlan(form!.plan, progress, signal);
    drawTiles(byId("tiles"), tuned);
    setText(byId("tiles-said"), sayTiles(tuned));
    takeBox.checked = true;
    byId("take").hidden = false;
    const changed = tuned.filter(({ taken, usual }) => taken !== usual).length;
    return `Tuned: ${changed} of ${tuned.length} products take another tile than usual from now on.`;
  });

/** Whether two runs were of the same plan in the same tiles. */
const isSame = (a: Run, b: Run) =>
  JSON.stringify([a.plan, [...a.cuts]]) === JSON.stringify([b.plan, [...b.cuts]]);

/** Lets the page answer. */
const pause = () => new Promise((resolve) => setTimeout(resolve));

measureButton.addEventListener("click", () => {
  if (state === "busy") stop.abort(new Error("stopped"));
  else void measure();
});
keepButton.addEventListener("click", () => {
  kept = kept ? undefined : run;
  enter("idle");
  notice.say(kept ? "Kept. Change something, or nothing, and measure." : "A is let go.");
});
tuneButton.addEventListener("click", () => void tune());
takeBox.addEventListener("change", () => void takeTuned(tuned, takeBox.checked));
listenForKeys(page, { k: measureButton, a: keepButton, t: tuneButton });

const save = (id: string, name: string, type: string, text: (run: Run) => string) =>
  byId(id).addEventListener("click", () => {
    if (run) download(name, type, [text(run)]);
  });
save("save-trace", "engram-trace.json", "application/json", ({ trace }) => JSON.stringify(trace));
save("save-json", "engram-profile.json", "application/json", (one) =>
  JSON.stringify(profileJson(facts!, one), null, 1),
);
save("save-csv", "engram-profile.csv", "text/csv", profileCsv);

async function open(): Promise<void> {
  notice.say("Opening the GPU…");
  try {
    facts = (await pageDevice()).facts;
  } catch (error) {
    enter("no-gpu");
    setText(byId("waiting"), "Without WebGPU there is nothing to measure here.");
    const help = navigator.gpu ? "" : ` ${webgpuHelp(navigator.userAgent, isSecureContext)}`;
    notice.say(`${messageOf(error)}${help}`, "bad");
    return;
  }
  const usual = usualPlans(facts.software);
  const { plan, faults } = readAddress(location.search, usual);
  form = new Form(
    byId("form"),
    plan,
    usual,
    (changed) => {
      setText(byId("faults"), "");
      history.replaceState(null, "", addressOf(changed));
      const before =
        run && planText(run.plan) !== planText(changed)
          ? ` What is shown is still ${planText(run.plan)}.`
          : "";
      if (state === "idle") notice.say(`Changed; Measure times it.${before}`);
    },
    (sentence) => notice.say(sentence, "bad"),
  );
  setText(byId("faults"), faults.join(" "));
  await measure();
}

const ready = open();

expose("profiler", {
  ready,
  get state() {
    return state;
  },
  get run() {
    return run;
  },
  get pairs() {
    return pairs;
  },
  get tuned() {
    return tuned;
  },
  get json() {
    return run && facts ? profileJson(facts, run) : undefined;
  },
});
