/** Spikes as they come: a spiking network runs, its raster scrolls by, and sliders change it on the way. */
import "../../src/view/style/page.css";
import "./style.css";
import { storeWhatFits } from "../../src/experiment/model/common/fit";
import { Simulation } from "../../src/experiment/simulation";
import { byId } from "../../src/view/dom";
import { count } from "../../src/view/format";
import { onColoursChange } from "../../src/view/palette";
import { Raster } from "../../src/view/raster";
import { type Stage, stage } from "../../src/view/stage";
import { Frames } from "./frames";
import { choices, excites, neuronsOf } from "./networks";
import { layOut, tell } from "./numbers";
import { Panel } from "./panel";
import { type PopulationNow, Runner } from "./runner";

interface Told {
  readonly step: number;
  readonly neurons: number;
  readonly populations: readonly PopulationNow[];
  readonly realTimeFactor: number;
  readonly longestGap: number | undefined;
  readonly lost: number;
  readonly adapter: string;
}

const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
const canvas = byId("raster") as HTMLCanvasElement;
/** Draws straight into the canvas on a software adapter too, where the browser can. */
const direct = new URLSearchParams(location.search).get("canvas") === "direct";
/** What Step takes, ms of the network's time; how often numbers change, and where motion is not wanted the picture too, in ms. */
const [stepMs, tellMs, stillMs] = [20, 250, 1000];
/** The longest that a still may take to be made, ms. */
const stillWithin = 4000;
/** Spikes of a neuron that a submit has room for. */
const roomEach = 8;

let shared: Stage | undefined;
let runner: Runner | undefined;
let raster: Raster | undefined;
let told: Told | undefined;
let seed = 0;
/** Whether the picture must be made anew, since its size or its time across has changed. */
let outdated = false;

const frames = new Frames(() => shared?.state === "running");

const panel = new Panel({
  anew: () => void ready.then((stage) => stage.reset()),
  span: () => {
    outdated = true;
    if (shared?.state === "paused") void shared.play?.turn();
  },
  slide: (slider, value) => {
    if (!runner) return;
    slider.set(runner.simulation, value);
    if (shared?.state === "paused") shared.say("That takes effect from the next step on.");
  },
});

onColoursChange(() => raster?.paint());

const ready = stage(async (device, self) => {
  shared = self;
  seed++;
  const { choice, settings } = panel;
  const { network } = storeWhatFits(device, choice.network(panel.scale(device.facts.software), seed));
  const neurons = neuronsOf(network);
  self.say(`Drawing the synapses of ${count(neurons)} neurons…`);
  const simulation = await Simulation.create(device, network, {
    live: choice.live ? network.populations.map(({ name }) => name) : [],
    recordRoom: Math.max(4096, roomEach * neurons),
  });
  for (const [slider, value] of settings) slider.set(simulation, value);
  const exciting = network.populations.map(({ name }) => excites(network, name));
  const colours = exciting.map((one) => (one ? "--positive" : "--negative"));
  const picture = async () => {
    outdated = false;
    raster?.destroy();
    raster = await Raster.create(device, simulation.spikeList, canvas, {
      dt: network.dt,
      span: panel.span,
      colours,
      ...(direct && { direct }),
    });
    layOut(raster, simulation, exciting);
    return raster;
  };
  const running = new Runner(simulation, await picture());
  runner = running;
  /** A still shows a whole picture at once. */
  const fill = () => running.run(raster!.span, performance.now() + stillWithin);
  let [drawnAt, toldAt, endedAt] = [0, 0, 0];
  const show = () => {
    const now = performance.now();
    const every = still && self.state === "running" ? stillMs : 0;
    if (now - drawnAt < every) return;
    drawnAt = now;
    raster!.draw();
    if (self.state === "running" && now - toldAt < tellMs) return;
    toldAt = now;
    const { populations, realTimeFactor, lost } = running;
    const { longest: longestGap } = frames;
    const { step } = simulation;
    const adapter = device.facts.name;
    told = { step, neurons, populations, realTimeFactor, longestGap, lost, adapter };
    tell(simulation, raster!, populations, told);
    if (lost > 0)
      self.say(
        `${count(lost)} spikes found no room in the list, so the picture and the rates lack them.`,
        "bad",
      );
  };
  if (still) await fill();
  show();
  self.say("");
  frames.forget();
  return {
    async turn() {
      const plays = self.state === "running";
      if (outdated || raster!.outgrown) {
        await running.settle();
        running.use(await picture());
        if (!plays) await fill();
      } else if (!plays) await running.run(stepMs);
      if (performance.now() - endedAt > stillMs / 2) running.resume();
      if (plays) await running.frame(panel.pace);
      show();
      endedAt = performance.now();
      return true;
    },
    destroy() {
      runner = undefined;
      running.destroy();
      raster?.destroy();
      raster = undefined;
      simulation.destroy();
    },
  };
});

/** For the console, and for tests. */
Object.assign(window, {
  engram: {
    ready,
    get told() {
      return told;
    },
    /** The picture as numbers, and how often each neuron has fired. */
    async look() {
      const { simulation } = runner!;
      const names = simulation.names.populations;
      const counts = await Promise.all(names.map((name) => simulation.counts(name)));
      const { cells, ...shape } = await raster!.read();
      return {
        ...shape,
        cells: [...cells],
        counts: counts.flatMap((one) => [...one]),
        step: simulation.step,
      };
    },
    /** Runs a network of the menu by itself. @returns its spikes, [step, neuron, …] for each population */
    async spikesOf(key: string, scale: number, from: number, ms: number) {
      const { device } = await ready;
      const network = choices.find((one) => one.key === key)!.network(scale, from);
      const simulation = await Simulation.create(device!, network);
      await simulation.run(ms);
      const spikes = simulation.names.populations.map((name) => {
        const { steps, neurons } = simulation.spikes(name);
        return Array.from(steps, (step, k) => [step, neurons[k]!]).flat();
      });
      simulation.destroy();
      return spikes;
    },
  },
});
