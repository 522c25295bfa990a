/** The lab: opens a device, starts what the address asks for, and joins what a person does to what happens. */
import "../../src/view/style/page.css";
import "./style.css";
import { findRule, rules } from "../../src/experiment/rules";
import { type Dataset, findTask, tasks } from "../../src/task/task";
import { Buttons } from "../../src/view/buttons";
import { DataPanel } from "../../src/view/data-panel";
import { byId } from "../../src/view/dom";
import { expose } from "../../src/view/expose";
import { count } from "../../src/view/format";
import { messageOf, Notice } from "../../src/view/notice";
import { Datasets, sources } from "../race/datasets";
import { readAddress, writeAddress } from "./address";
import { Exports } from "./exports";
import { describeCharts, LabFigures } from "./figures";
import { Keeper } from "./keeper";
import { Lab } from "./lab";
import { LabPanel } from "./lab-panel";
import { Numbers, sayNeeds } from "./numbers";
import type { Run } from "./run";
import { RunList } from "./run-list";
import { RunPanel } from "./run-panel";
import { freshSpec, hiddenFor, type RunSpec } from "./spec";
import { firstState, isOwn, type LabState, ownName, ownTask } from "./state";
import { titlesOf } from "./titles";

const status = new Notice(byId("lab-status"));
const settingsNotice = new Notice(byId("lab-settings-notice"));
const progress = byId("lab-drawing") as HTMLProgressElement;
const still = matchMedia("(prefers-reduced-motion: reduce)");
const datasets = new Datasets();
/** Someone's own data, by their name. */
const own = new Map<string, Dataset>();
let software = true;
let chosenId: number | undefined;
/** Own data that the address asks for and that are not here yet. */
let awaited: LabState | undefined;
let drawnAt = 0;

const { runs: _, ...firstTold } = firstState(true);
const lab = new Lab(firstTold, {
  say: (message, tone) => status.say(message, tone),
  changed: () => show(),
});
const keeper = new Keeper(lab);
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
      what === "epochs" ? lab.last(told.epochs) : enter({ ...told, runs: lab.state.runs }),
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
  {
    toggle: () => lab.toggle(),
    step: () => lab.step(),
    reset: () => void attempt(restart),
  },
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
  labPanel.offer(taskTitles());
  labPanel.show(state);
  showStanding();
  describeCharts(lab);
  figures.audit();
  if (run && lab.dataset) void showNeeds(run, lab.dataset);
  if (lab.runs.length > 0) history.replaceState(null, "", `#${writeAddress(state)}`);
}

function showStanding(): void {
  const { standing } = lab;
  buttons.show(
    standing === "running",
    lab.runs.length === 0 || standing === "none" ? undefined : standing !== "failed",
  );
}

function taskTitles(): Record<string, string> {
  const titles = Object.fromEntries(tasks.map(({ name, title }) => [name, title]));
  const mine = Object.fromEntries([...own].map(([name, { title }]) => [name, title]));
  const { task } = lab.told;
  return { ...titles, ...(isOwn(task) && { [task]: `${ownName(task)} (drop it again)` }), ...mine };
}

/** What the chosen run takes, beside what is taken already. */
async function showNeeds({ spec, bytes }: Run, dataset: Dataset): Promise<void> {
  try {
    const { sentence, fits } = await lab.needs([spec], dataset, bytes);
    sayNeeds(byId("lab-needs"), sentence, fits);
  } catch (error) {
    sayNeeds(byId("lab-needs"), messageOf(error), false);
  }
}

/** Starts what a state asks for. @throws one sentence, and then what ran goes on */
async function enter(state: LabState, resume = false): Promise<void> {
  const { runs, ...told } = state;
  if (isOwn(told.task) && !own.has(told.task)) {
    awaited = state;
    await lab.place(state);
    status.say(
      `This address is about data of someone’s own, “${ownName(told.task)}”, which no address can hold: drop them on this page again, or choose another task.`,
      "bad",
    );
    return;
  }
  const dataset =
    own.get(told.task) ?? (await datasets.load(told.task, { ...samplesOf(told), progress: drawing }));
  awaited = undefined;
  await lab.begin(dataset, told, runs, resume ? keeper.from : undefined);
  progress.hidden = true;
  sayResumed(resume);
}

/** Real data have as many samples as they have. */
function samplesOf({ task, train, test }: LabState | Omit<LabState, "runs">) {
  const real = sources.some(({ name }) => name === task);
  return { seed: 1, ...(!real && { train, test }) };
}

function sayResumed(resume: boolean): void {
  const steps = Math.max(0, ...lab.runs.map(({ resumedAt }) => resumedAt));
  if (resume && steps > 0)
    status.say(`Went on from step ${count(steps)}, as this browser kept it. Reset starts anew.`, "good");
  else status.clear();
}

function drawing(done: number, total: number): void {
  progress.hidden = false;
  progress.value = done / total;
}

async function restart(): Promise<void> {
  await lab.reset();
  await keeper.forget(lab.runs);
  status.clear();
}

/** Trains on data that have just arrived. @throws where they don't fit, and then what ran goes on */
async function use(dataset: Dataset): Promise<void> {
  const known = tasks.some(({ name }) => name === dataset.name);
  const task = known ? dataset.name : ownTask(dataset.name);
  if (!known) own.set(task, dataset);
  const state = awaited && (awaited.task === task || !known) ? awaited : lab.state;
  await enter({ ...state, task, train: undefined, test: undefined }, awaited !== undefined);
}

/** Adds a run of a rule that is not there yet, otherwise like the chosen one. */
function another(): RunSpec {
  const taken = lab.runs.map(({ spec }) => spec.rule);
  const next = rules.find(({ name, shallow }) => !taken.includes(name) && !shallow) ?? rules[0]!;
  const like = chosen()?.spec;
  const fresh = freshSpec(next.name, software);
  return like ? { ...fresh, hidden: like.hidden, seed: like.seed, seeds: like.seeds } : fresh;
}

/** A hidden tab rests, unless it is told to go on. */
function rest(): void {
  lab.rest(document.hidden && !lab.told.background);
}

function frame(now: number): void {
  requestAnimationFrame(frame);
  if (now - drawnAt < (still.matches ? 1000 : 150)) return;
  drawnAt = now;
  figures.draw();
  list.draw(chosen()?.id);
  numbers.draw(chosen());
  showStanding();
  const { said, bad } = keeper.words;
  sayNeeds(byId("lab-kept"), said || "Nothing is kept yet.", !bad);
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
    {
      fetch: async (name, told) => use(await datasets.load(name, { progress: told })),
      take: async (files, told) => use(await datasets.takeOwn(files, told)),
    },
    {
      drop: "Drop a CSV, a folder of images, IDX files or a zip here.",
      done: "Here they are; all runs began anew.",
      folder: true,
    },
  );
  new Exports(lab, figures.curves, new Notice(byId("lab-export-notice")), chosen, () => location.href);
  await follow(true);
  addEventListener("hashchange", () => void follow(true));
  document.addEventListener("visibilitychange", rest);
  keeper.begin();
  requestAnimationFrame(frame);
  void figures.watch();
}

/** Does what the address asks for. */
async function follow(resume: boolean): Promise<void> {
  const { state, complaints } = readAddress(location.hash.slice(1), software);
  const [first = "", ...more] = complaints;
  if (!lab.device) await lab.place(state);
  else await attempt(() => enter(state, resume));
  if (first)
    settingsNotice.say(
      `${first}${more.length > 0 ? ` So it is with ${more.length} more parts of it.` : ""} The rest is used.`,
      "bad",
    );
}

const exposed = { lab, keeper, ready: begin() };
expose("lab", exposed);

declare module "../../src/view/expose" {
  interface Exposed {
    readonly lab: typeof exposed;
  }
}
