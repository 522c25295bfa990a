/** The race on the front page: opens a device, starts without a click, and joins what a person does to what happens. */
import "../../src/view/style/page.css";
import type { Device } from "../../src/gpu/device";
import { type Dataset, findTask } from "../../src/task/task";
import { Buttons } from "../../src/view/buttons";
import { type Choices, Controls } from "../../src/view/controls";
import { DataPanel } from "../../src/view/data-panel";
import { byId } from "../../src/view/dom";
import { expose } from "../../src/view/expose";
import { messageOf, Notice } from "../../src/view/notice";
import { pageDevice } from "../../src/view/page-device";
import { Sight } from "../../src/view/sight";
import { timelineKey } from "../../src/view/timeline";
import { Datasets, sources } from "./datasets";
import { Figures } from "./figures";
import { Race } from "./race";
import { firstChoices, lists, optionsOf, samplesFor, speeds } from "./settings";
import { tell } from "./story";
import type { SynapseFigure } from "./synapse";

const status = new Notice(byId("status"));
const settingsNotice = new Notice(byId("settings-notice"));
const progress = byId("drawing") as HTMLProgressElement;
const datasets = new Datasets();
let device: Device | undefined;

async function open(): Promise<Device> {
  device = await pageDevice();
  return device;
}

const race = new Race({ open, say: (message, tone) => status.say(message, tone) });
const buttons = new Buttons(byId("race"), {
  toggle: () => race.toggle(),
  step: () => race.step(),
  reset: () => void restart(),
});
const figures = new Figures(race, {
  changed() {
    const { state } = race;
    buttons.show(state === "running", state === "none" ? undefined : state !== "failed");
  },
  picked: (synapse) => synapses?.pick(synapse),
});
let synapses: SynapseFigure | undefined;
const controls = new Controls(byId("settings"), firstChoices(true), lists, (what) => void changed(what));
/** The last choices that made a race. */
let accepted: Choices = structuredClone(controls.choices);

/** Makes the choices come true; on error they go back to what they were, and the old race goes on. */
async function restart(keep = false): Promise<void> {
  const { choices } = controls;
  const first = !race.experiment;
  try {
    settingsNotice.say(first ? "" : "Getting the new race ready; this one goes on meanwhile.");
    const { seed = 1, ...options } = optionsOf(choices, findTask(choices.task));
    tell({ seed, ...options });
    if (device) {
      if (first) status.say("Drawing the samples…");
      await enter(await datasets.load(choices.task, loadOptions(seed)), keep);
      if (first) status.say("The race has begun.");
    }
    settingsNotice.clear();
    accepted = structuredClone(choices);
  } catch (error) {
    if (first && device) failedFirst(error);
    else settingsNotice.say(messageOf(error), "bad");
    controls.show(structuredClone(accepted));
    tell(optionsOf(accepted, findTask(accepted.task)));
  } finally {
    progress.hidden = true;
  }
}

/** There is no race yet: only Reset can help. */
function failedFirst(error: unknown): void {
  status.say(`${messageOf(error)} Reset tries again.`, "bad");
  buttons.show(false, false);
}

function loadOptions(seed: number) {
  return { seed, ...samplesFor(controls.choices.task, device?.facts.software ?? true), progress: drawing };
}

function drawing(done: number, total: number): void {
  progress.hidden = false;
  progress.value = done / total;
}

async function enter(dataset: Dataset, keep: boolean): Promise<void> {
  await race.start(dataset, optionsOf(controls.choices, dataset), keep);
  status.clear();
  figures.prepare();
}

function changed(what: keyof Choices): void {
  const { choices } = controls;
  if (what === "speed") race.pace.stepsPerSecond = speeds[choices.speed]!;
  else if (what === "rate") race.setRate(choices.rate || undefined);
  else {
    if (what === "task") controls.show({ hidden: hiddenFor(choices.task) });
    void restart(what === "rules");
  }
}

/** Hidden layers for a task: those of the first race for images, the task's own otherwise. */
function hiddenFor(task: string): string {
  const { inputs, defaultLayers } = findTask(task);
  return inputs === 784
    ? firstChoices(device?.facts.software ?? true).hidden
    : defaultLayers.slice(1, -1).join(", ");
}

/** Races on data that have just arrived. @throws where they don't fit, and then the old race goes on */
async function use(dataset: Dataset): Promise<void> {
  controls.offer({ ...lists.tasks, ...datasets.titles });
  const hidden =
    findTask(controls.choices.task).inputs === dataset.inputs ? {} : { hidden: hiddenFor(dataset.name) };
  controls.show({ task: dataset.name, ...hidden });
  tell(optionsOf(controls.choices, dataset));
  await enter(dataset, false);
  accepted = structuredClone(controls.choices);
}

/** Where nobody looks at any of the race's figures, or the tab is hidden, it rests, and goes on when someone does. */
function restsOutOfSight(): void {
  const seen = new Sight("#race", "#angles", "#weights", "#synapse");
  let resting = false;
  const look = () => {
    const wanted = !document.hidden && seen.any;
    if (!wanted && race.state === "running") {
      resting = true;
      race.toggle();
    } else if (wanted && resting) {
      resting = false;
      if (race.state === "paused") race.toggle();
    }
  };
  document.addEventListener("visibilitychange", look);
  setInterval(look, 250);
}

async function begin(): Promise<void> {
  byId("timeline-key").append(timelineKey());
  tell(optionsOf(controls.choices, findTask(controls.choices.task)));
  figures.prepare();
  try {
    status.say("Opening the GPU…");
    const { software } = (await open()).facts;
    controls.show(firstChoices(software));
    race.pace.software = software;
  } catch (error) {
    byId("no-gpu-reason").textContent = messageOf(error);
    document.documentElement.classList.add("no-gpu");
    status.clear();
    return;
  }
  race.pace.stepsPerSecond = speeds[controls.choices.speed]!;
  await restart();
  restsOutOfSight();
  new DataPanel(byId("data"), sources, {
    fetch: async (name, progress) => use(await datasets.load(name, { progress })),
    take: async (files) => use(await datasets.take(files)),
  });
  figures.begin();
  void beginSynapses();
}

/** Comes after the first race has begun, as nothing else needs it. */
async function beginSynapses(): Promise<void> {
  try {
    const { SynapseFigure } = await import("./synapse");
    synapses = new SynapseFigure(race, (synapse) => figures.mark(synapse));
    synapses.begin();
  } catch (error) {
    byId("synapse").textContent =
      `This figure could not be loaded: ${messageOf(error)} Reload the page to try again.`;
  }
}

/** For tests: what runs, what it has shown, and a promise that the first race has begun (or can't). */
const exposed = {
  get experiment() {
    return race.experiment;
  },
  get history() {
    return race.history;
  },
  ready: begin(),
};
expose("race", exposed);

declare module "../../src/view/expose" {
  interface Exposed {
    readonly race: typeof exposed;
  }
}
