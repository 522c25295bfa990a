/** Spikes as they come: a spiking network runs, what it does scrolls by, and sliders change it on the way. */
import "../../src/view/style/page.css";
import "./style.css";
import { Simulation } from "../../src/experiment/simulation";
import { byId } from "../../src/view/dom";
import { expose } from "../../src/view/expose";
import { messageOf } from "../../src/view/notice";
import { onColoursChange } from "../../src/view/palette";
import { type Stage, stage } from "../../src/view/stage";
import { Desk } from "./desk";
import { pressed } from "./followed";
import { Frames } from "./frames";
import { choices } from "./networks";
import { Show } from "./show";

let shared: Stage | undefined;
let show: Show | undefined;

const frames = new Frames(() => shared?.state === "running");

const desk = new Desk({
  anew: () => void ready.then((one) => one.reset()),
  span() {
    if (!show) return;
    show.outdated = true;
    if (shared?.state === "paused")
      show.turn().catch((error: unknown) => shared?.say(messageOf(error), "bad"));
  },
  slide(slider) {
    if (!show) return;
    desk.sliders.set(show.simulation, slider);
    show.weights.outdate();
    if (slider.key === "threshold") for (const k of desk.followed.all.keys()) show.follow(k, false);
    show.hint();
  },
  follow: (index) => show?.follow(index, true),
  stimulate() {
    const { simulation, runner } = show ?? {};
    if (!simulation || !runner) return;
    runner.pulse(() => desk.stimulus.pulse(simulation));
    show?.hint();
  },
});

byId("spikes-raster").addEventListener("click", (event) => {
  const neuron = show && pressed(show.raster, show.simulation, event);
  if (neuron) desk.followed.replace(neuron);
});

onColoursChange(() => show?.raster.paint());

let told = false;
const ready = stage("spikes", async (device, self) => {
  shared = self;
  show = undefined;
  const next = await Show.create(device, self, desk, frames);
  if (!told) self.say(desk.complaints.join(" "), "bad");
  told = true;
  show = next;
  return next;
});

/** For the console, and for tests. */
expose("spikes", {
  ready,
  get told() {
    return show?.told;
  },
  get weights() {
    return show?.weights.now;
  },
  draw: () => show?.raster.draw(),
  /** The picture as numbers, and how often each neuron has fired. */
  async look() {
    const { simulation, raster, runner } = show!;
    const names = simulation.names.populations;
    const counts = await Promise.all(names.map((name) => simulation.counts(name)));
    const { cells, courses, ...shape } = await raster.read();
    return {
      ...shape,
      cells: [...cells],
      courses: [...courses],
      counts: counts.flatMap((one) => [...one]),
      followed: desk.followed.all,
      offsets: desk.followed.all.map((_, k) => simulation.watchOffset(k)),
      pulses: runner.pulses,
      places: raster.places,
      step: simulation.step,
    };
  },
  /** Runs a network of the menu by itself. @returns its spikes, [step, neuron, …] for each population, and membranes */
  async spikesOf(key: string, scale: number, seed: number, ms: number, watch: readonly object[] = []) {
    const { device } = await ready;
    const network = choices.find((one) => one.key === key)!.network(scale, seed);
    const watched = watch.map((one) => ({
      ...(one as { population: string; neuron: number }),
      variable: "v",
    }));
    const simulation = await Simulation.create(device!, network, { watch: watched });
    await simulation.run(ms);
    const spikes = simulation.names.populations.map((name) => {
      const { steps, neurons } = simulation.spikes(name);
      return Array.from(steps, (step, k) => [step, neurons[k]!]).flat();
    });
    const membranes = [...simulation.watchedValues()];
    simulation.destroy();
    return { spikes, membranes };
  },
});
