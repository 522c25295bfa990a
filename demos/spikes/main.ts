/** Spikes as they come: a spiking network runs, its raster scrolls by, and sliders change it on the way. */
import "../../src/view/style/page.css";
import "./style.css";
import { Simulation } from "../../src/experiment/simulation";
import { expose } from "../../src/view/expose";
import { messageOf } from "../../src/view/notice";
import { onColoursChange } from "../../src/view/palette";
import { type Stage, stage } from "../../src/view/stage";
import { Frames } from "./frames";
import { choices } from "./networks";
import { Panel } from "./panel";
import { Show } from "./show";

let shared: Stage | undefined;
let show: Show | undefined;
let seed = 0;

const frames = new Frames(() => shared?.state === "running");

const panel = new Panel({
  anew: () => void ready.then((one) => one.reset()),
  span() {
    if (!show) return;
    show.outdated = true;
    if (shared?.state === "paused")
      show.turn().catch((error: unknown) => shared?.say(messageOf(error), "bad"));
  },
  slide(slider, value) {
    if (!show) return;
    slider.set(show.simulation, value);
    show.hint();
  },
});

onColoursChange(() => show?.raster.paint());

const ready = stage("spikes", async (device, self) => {
  shared = self;
  show = undefined;
  seed++;
  show = await Show.create(device, self, panel, frames, seed);
  return show;
});

/** For the console, and for tests. */
expose("spikes", {
  ready,
  get told() {
    return show?.told;
  },
  draw: () => show?.raster.draw(),
  /** The picture as numbers, and how often each neuron has fired. */
  async look() {
    const { simulation, raster } = show!;
    const names = simulation.names.populations;
    const counts = await Promise.all(names.map((name) => simulation.counts(name)));
    const { cells, ...shape } = await raster.read();
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
});
