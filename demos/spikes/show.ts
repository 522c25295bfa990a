/** Show: one network, its raster and its numbers, from its first step until another takes its place. */
import { storeWhatFits } from "../../src/experiment/model/common/fit";
import { Simulation } from "../../src/experiment/simulation";
import type { Device } from "../../src/gpu/device";
import { byId } from "../../src/view/dom";
import { count } from "../../src/view/format";
import { Raster } from "../../src/view/raster";
import type { Play, Stage } from "../../src/view/stage";
import type { Frames } from "./frames";
import { excites, neuronsOf } from "./networks";
import { layOut, tell } from "./numbers";
import type { Panel } from "./panel";
import { type PopulationNow, Runner } from "./runner";

/** What the numbers on the page said last. */
export interface Told {
  readonly step: number;
  readonly neurons: number;
  readonly populations: readonly PopulationNow[];
  readonly realTimeFactor: number;
  readonly longestGap: number | undefined;
  /** Spikes that the list had no room for. */
  readonly lost: number;
  readonly adapter: string;
}

const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
/** Draws straight into the canvas on a software adapter too, where the browser can. */
const direct = new URLSearchParams(location.search).get("canvas") === "direct";
/** What Step takes, ms of the network's time; how often numbers change, and where motion is not wanted the picture too, in ms. */
const [stepMs, tellMs, stillMs] = [20, 250, 1000];
/** The longest that a still may take to be made, ms. */
const stillWithin = 4000;
/** Spikes that a submit has room for: of each neuron, as long as they are not too many in all. */
const room = { each: 40, all: 800_000, atLeastEach: 8 };
/** Neurons rest about so long after a spike, ms: no more spikes can come than there is time for. */
const restMs = 2;

export class Show implements Play {
  told: Told | undefined;
  /** The picture must be made anew, since its time across has changed. */
  outdated = false;
  /** Something was said that the next turn makes untrue. */
  private hinted = false;
  private before: Promise<unknown> = Promise.resolve();
  private drawnAt = 0;
  private toldAt = 0;
  private endedAt = 0;

  private constructor(
    readonly simulation: Simulation,
    private readonly stage: Stage,
    private readonly panel: Panel,
    private readonly frames: Frames,
    private readonly runner: Runner,
    public raster: Raster,
  ) {}

  /** Makes what the panel has chosen ready; where motion is not wanted, with a whole picture. */
  static async create(
    device: Device,
    stage: Stage,
    panel: Panel,
    frames: Frames,
    seed: number,
  ): Promise<Show> {
    const { choice } = panel;
    const { network } = storeWhatFits(device, choice.network(panel.scale(device.facts.software), seed));
    const neurons = neuronsOf(network);
    stage.say(`Drawing the synapses of ${count(neurons)} neurons…`);
    const each = Math.max(room.atLeastEach, Math.min(room.each, Math.floor(room.all / neurons)));
    const simulation = await Simulation.create(device, network, {
      live: choice.live ? network.populations.map(({ name }) => name) : [],
      recordRoom: each * neurons,
    });
    for (const [slider, value] of panel.settings) slider.set(simulation, value);
    const raster = await rasterOf(simulation, panel.span);
    const runner = new Runner(simulation, raster, Math.round((each * restMs) / network.dt));
    const show = new Show(simulation, stage, panel, frames, runner, raster);
    if (still) await show.fill();
    show.show();
    stage.say("");
    frames.forget();
    return show;
  }

  /** Says of a change, where nothing shows it yet, when it will. */
  hint(): void {
    if (this.stage.state !== "paused") return;
    this.stage.say("That takes effect from the next step on.");
    this.hinted = true;
  }

  /** One frame's steps while it plays, 20 ms while it is paused; one turn after the other, whoever asks for them. */
  turn(): Promise<boolean> {
    const one = this.before.then(() => this.take());
    this.before = one.catch(() => undefined);
    return one;
  }

  private async take(): Promise<boolean> {
    const { runner } = this;
    if (this.hinted) this.stage.say("");
    this.hinted = false;
    const plays = this.stage.state === "running";
    if (this.outdated || this.raster.outgrown) {
      this.outdated = false;
      await runner.settle();
      this.raster.destroy();
      this.raster = await rasterOf(this.simulation, this.panel.span);
      runner.use(this.raster);
      if (!plays) await this.fill();
    } else if (!plays) await runner.run(stepMs);
    if (performance.now() - this.endedAt > stillMs / 2) runner.resume();
    if (plays) await runner.frame(this.panel.pace);
    this.show();
    this.endedAt = performance.now();
    return true;
  }

  /** Runs it as long as the picture is wide. */
  private fill(): Promise<void> {
    return this.runner.run(this.raster.span, performance.now() + stillWithin);
  }

  private show(): void {
    const { simulation, raster, runner, stage } = this;
    const now = performance.now();
    const plays = stage.state === "running";
    if (still && plays && now - this.drawnAt < stillMs) return;
    this.drawnAt = now;
    raster.draw();
    if (plays && now - this.toldAt < tellMs) return;
    this.toldAt = now;
    const { step, neurons, device } = simulation;
    const { populations, realTimeFactor, lost } = runner;
    const { longest: longestGap } = this.frames;
    const adapter = device.facts.name;
    this.told = { step, neurons, populations, realTimeFactor, longestGap, lost, adapter };
    tell(simulation, raster, populations, this.told);
    if (lost > 0)
      stage.say(
        `${count(lost)} spikes found no room in the list, so the picture and the rates lack them.`,
        "bad",
      );
  }

  destroy(): void {
    this.runner.destroy();
    this.raster.destroy();
    this.simulation.destroy();
  }
}

/** An empty raster of the network's, its rows named. */
async function rasterOf(simulation: Simulation, span: number): Promise<Raster> {
  const { network, device, spikeList } = simulation;
  const exciting = network.populations.map(({ name }) => excites(network, name));
  const raster = await Raster.create(device, spikeList, byId("spikes-raster") as HTMLCanvasElement, {
    dt: network.dt,
    span,
    colours: exciting.map((one) => (one ? "--positive" : "--negative")),
    ...(direct && { direct }),
  });
  layOut(raster, simulation, exciting);
  return raster;
}
