/** The lab: opens a device, starts what the address asks for, and joins what a person does to what happens. */
import "../../src/view/style/page.css";
import "./style.css";
import { findRule, rules } from "../../src/experiment/rules";
import { findTask } from "../../src/task/task";
import { Buttons } from "../../src/view/buttons";
import { DataPanel } from "../../src/view/data-panel";
import { byId } from "../../src/view/dom";
import { expose } from "../../src/view/expose";
import { rough } from "../../src/view/format";
import { messageOf, Notice } from "../../src/view/notice";
import { sources } from "../race/datasets";
import { Exports } from "./exports";
import { describeCharts, LabFigures } from "./figures";
import { Keeper } from "./keeper";
import { Lab } from "./lab";
import { LabPanel } from "./lab-panel";
import { Library } from "./library";
import { Numbers, sayNeeds } from "./numbers";
import { epochsOf, samplesOf } from "./progress";
import type { Run } from "./run";
import { RunList } from "./run-list";
import { RunPanel } from "./run-panel";
import { Session } from "./session";
import { freshSpec, hiddenFor, type RunSpec } from "./spec";
import { firstState } from "./state";
import { titlesOf } from "./titles";

const status = new Notice(byId("lab-status"));
const settingsNotice = new Notice(byId("lab-settings-notice"));
const progress = byId("lab-drawing") as HTMLProgressElement;
const still = matchMedia("(prefers-reduced-motion: reduce)");
const library = new Library();
let software = true;
let chosenId: number | undefined;
let drawnAt = 0;
let wasOver = false;

const { runs: _, ...firstTold } = firstState(true);
const lab = new Lab(firstTold, {
  say: (message, tone) => status.say(message, tone),
  changed: () => show(),
});
const keeper = new Keeper(lab);
const session = new Session(lab, keeper, library, status, (done, total) => {
  progress.hidden = false;
  progress.value = done / total;
});
const figures = new LabFigures(lab);
const numbers = new Numbers(lab);

const list = new RunList(byId("lab-runs"), lab, {
  choose(run) {
    chosenId = run.id;
    show();
  },
  show: (run, shown) => void attempt(() => lab.change(run, { ...run.spec, shown })),
  remove: (run) => void attempt(() => lab.remove(run)),
});
const runPanel = new RunPanel(byId("lab-run-settings"), byId("lab-hint"), {
  change: (spec) =>
    void attempt(() => lab.change(chosen()!, spec), `${findRule(spec.rule).title} is being made ready.`),
  sized: (weights) => hiddenFor(weights, lab.dataset ?? findTask("digits")),
  complain,
});
const labPanel = new LabPanel(byId("lab-all-settings"), {
  change: (what, told) =>
    void attempt(() =>
      what === "epochs" ? lab.last(told.epochs) : session.enter({ ...told, runs: lab.state.runs }),
    ),
  speed(speed) {
    lab.speed = speed;
  },
  background(background) {
    lab.told = { ...lab.told, background };
    show();
  },
  complain,
});
const buttons = new Buttons(
  byId("lab"),
  { toggle: () => lab.toggle(), step: () => lab.step(), reset: () => void attempt(restart) },
  "lab-",
);

/** The run that is set below the list: the one chosen, or the first. */
function chosen(): Run | undefined {
  return lab.runs.find(({ id }) => id === chosenId) ?? lab.runs[0];
}

function complain(sentence: string): void {
  settingsNotice.say(sentence, "bad");
  runPanel.revert();
  show();
}

/** Does what a person asked for; where it can't be, everything shows what it was before. */
async function attempt(work: () => Promise<void>, doing = ""): Promise<void> {
  settingsNotice.say(doing);
  try {
    await work();
    settingsNotice.clear();
  } catch (error) {
    complain(messageOf(error));
  } finally {
    progress.hidden = true;
  }
}

/** Everything that says what state the lab is in. */
function show(): void {
  const { state } = lab;
  const run = chosen();
  list.draw(run?.id);
  if (run) runPanel.show(titlesOf(state.runs)[lab.runs.indexOf(run)]!, run.spec, software);
  byId("lab-run-settings").hidden = !run;
  byId("lab").toggleAttribute("data-waiting", lab.device !== undefined && !lab.dataset && run !== undefined);
  labPanel.offer(library.titles(state.task));
  labPanel.show(state);
  showStanding();
  describeCharts(lab);
  figures.audit();
  if (run) void showNeeds(run);
  session.write();
}

function showStanding(): void {
  const { standing, runs } = lab;
  const alive =
    standing === "failed" || (standing === "none" && runs.length > 0 && lab.dataset) ? false : undefined;
  buttons.show(standing === "running", standing === "none" || standing === "failed" ? alive : true);
}

/** What the chosen run takes, beside what is taken already. */
async function showNeeds({ spec, bytes }: Run): Promise<void> {
  if (!lab.dataset) return;
  try {
    const { sentence, fits } = await lab.needs([spec], lab.dataset, bytes);
    sayNeeds(byId("lab-needs"), sentence, fits);
  } catch (error) {
    sayNeeds(byId("lab-needs"), messageOf(error), false);
  }
}

/** Says once that all runs have come to their end. */
function sayOver(): void {
  const over = lab.standing === "over";
  if (over && !wasOver) {
    const seen = rough(epochsOf(lab.races).seen);
    status.say(`All runs have seen ${seen} epochs. Play adds ${rough(lab.told.epochs)} more.`, "good");
  } else if (!over && wasOver) status.clear();
  wasOver = over;
}

async function restart(): Promise<void> {
  await lab.reset();
  await keeper.forget(lab.runs);
  status.clear();
}

/** A run of a rule that is not there yet, otherwise like the chosen one. */
function another(): RunSpec {
  const taken = lab.runs.map(({ spec }) => spec.rule);
  const next = rules.find(({ name, shallow }) => !taken.includes(name) && !shallow) ?? rules[0]!;
  const like = chosen()?.spec;
  const fresh = freshSpec(next.name, software);
  return like ? { ...fresh, hidden: like.hidden, seed: like.seed, seeds: like.seeds } : fresh;
}

function frame(now: number): void {
  requestAnimationFrame(frame);
  if (now - drawnAt < (still.matches ? 1000 : 150)) return;
  drawnAt = now;
  figures.draw();
  list.draw(chosen()?.id);
  numbers.draw(chosen());
  showStanding();
  sayOver();
  const { said, bad } = keeper.words;
  sayNeeds(byId("lab-kept"), said || "Nothing is kept yet.", !bad);
}

/** Does what the address asks for. */
async function follow(): Promise<void> {
  const { state, complaint } = session.read(location.hash.slice(1), software);
  if (lab.device) await attempt(() => session.enter(state, true));
  else await lab.place(state); // without a device there is only what needs none
  if (complaint) settingsNotice.say(complaint, "bad");
}

async function begin(): Promise<void> {
  try {
    status.say("Opening the GPU…");
    software = (await lab.open()).facts.software;
  } catch (error) {
    byId("lab-no-gpu-reason").textContent = messageOf(error);
    document.documentElement.classList.add("no-gpu");
    status.clear();
  }
  await keeper.open();
  byId("lab-add").addEventListener(
    "click",
    () => void attempt(() => lab.add(another()), "The new run is being made ready."),
  );
  new DataPanel(
    byId("lab-data"),
    sources,
    { fetch: (name, told) => session.fetch(name, told), take: (files, told) => session.take(files, told) },
    {
      drop: "Drop a CSV, a folder of images, IDX files or a zip here.",
      done: "Here they are; all runs began anew.",
      folder: true,
    },
  );
  new Exports(lab, figures.curves, new Notice(byId("lab-export-notice")), chosen, () => location.href);
  await follow();
  addEventListener("hashchange", () => void follow());
  // A hidden tab rests, unless it is told to go on.
  document.addEventListener("visibilitychange", () => lab.rest(document.hidden && !lab.told.background));
  keeper.begin();
  requestAnimationFrame(frame);
  void figures.watch();
}

/** For tests, and for the console. */
const exposed = { lab, keeper, samples: () => samplesOf(lab.races), ready: begin() };
expose("lab", exposed);

declare module "../../src/view/expose" {
  interface Exposed {
    readonly lab: typeof exposed;
  }
}
