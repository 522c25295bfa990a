/** Show: one network, its picture and its numbers, from its first step until another takes its place. */
import { storeWhatFits } from "../../src/experiment/model/common/fit";
import { Simulation } from "../../src/experiment/simulation";
import type { Device } from "../../src/gpu/device";
import { byId } from "../../src/view/dom";
import { count } from "../../src/view/format";
import { Raster } from "../../src/view/raster";
import type { Play, Stage } from "../../src/view/stage";
import type { Desk } from "./desk";
import { laneOf, numbersAmongAll, watchOf } from "./followed";
import type { Frames } from "./frames";
import { name, tellReaches } from "./names";
import { type Choice, excites, neuronsOf } from "./networks";
import { layOut, tell } from "./numbers";
import { type PopulationNow, Runner } from "./runner";
import { Weights } from "./weights";

/** What the numbers on the page said last. */
export interface Told {
  readonly step: number;
  readonly neurons: number;
  readonly synapses: number;
  readonly populations: readonly PopulationNow[];
  readonly realTimeFactor: number;
  readonly deliveriesPerSecond: number;
  readonly longestGap: number | undefined;
  /** Spikes that the list had no room for. */
  readonly lost: number;
  readonly adapter: string;
}

const wantsStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
/** Draws straight into the canvas on a software adapter too, where the browser can. */
const direct = new URLSearchParams(location.search).get("canvas") === "direct";
/** What Step takes, ms of the network's time; how often numbers change, and where motion is not wanted the picture too, in ms. */
const [stepMs, tellMs, stillMs] = [20, 250, 1000];
/** What a rate in the picture is of, ms of the network's time: little enough that a rhythm which can be seen is seen in it. */
const rateMsOf = (span: number) => Math.max(0.5, span / 200);
/** The longest that a picture of another width may take to be filled while nothing plays, ms. */
const filledWithin = 4000;
/** Spikes that a submit has room for: of each neuron, as long as they are not too many in all. */
const room = { each: 40, all: 800_000, atLeastEach: 8 };
/** Neurons rest about so long after a spike, ms: no more spikes can come than there is time for. */
const restMs = 2;

export class Show implements Play {
  told: Told | undefined;
  /** The picture must be made anew, since its time across has changed. */
  outdated = false;
  /** Turns that fill a picture. */
  readonly still: number;
  /** Something was said that the next turn makes untrue. */
  private hinted = false;
  private before: Promise<unknown> = Promise.resolve();
  private drawnAt = 0;
  private toldAt = 0;
  private endedAt = 0;

  private constructor(
    readonly simulation: Simulation,
    readonly choice: Choice,
    private readonly stage: Stage,
    private readonly desk: Desk,
    private readonly frames: Frames,
    readonly runner: Runner,
    readonly weights: Weights,
    public raster: Raster,
  ) {
    this.still = Math.ceil(raster.span / stepMs);
  }

  /** Makes what has been chosen ready. */
  static async create(device: Device, stage: Stage, desk: Desk, frames: Frames): Promise<Show> {
    const { panel, sliders, followed } = desk;
    const { choice } = panel;
    const scale = panel.scale(device.facts.software);
    const { network } = storeWhatFits(device, choice.network(scale, panel.seed, panel.settings));
    desk.meet(network);
    const neurons = neuronsOf(network);
    stage.say(`Drawing the synapses of ${count(neurons)} neurons…`);
    const each = Math.max(room.atLeastEach, Math.min(room.each, Math.floor(room.all / neurons)));
    const simulation = await Simulation.create(device, network, {
      live: choice.live ? network.populations.map((one) => one.name) : [],
      watch: watchOf({ network }, followed.all),
      recordRoom: each * neurons,
    });
    sliders.apply(simulation);
    const weights = await Weights.create(simulation, choice.unit);
    const raster = await rasterOf(simulation, desk);
    const most = Math.round((each * restMs) / network.dt);
    const watched = () => numbersAmongAll(simulation, followed.all);
    const runner = new Runner(simulation, raster, most, watched);
    layOut(simulation, choice, scale);
    const show = new Show(simulation, choice, stage, desk, frames, runner, weights, raster);
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

  /** Has the lane of a membrane be another neuron's, or the same one's with another threshold. */
  follow(index: number, anew: boolean): void {
    const { simulation, desk, raster } = this;
    const neurons = desk.followed.all;
    if (anew) simulation.watchInstead(index, watchOf(simulation, neurons)[index]!);
    raster.follow(index, laneOf(simulation, index, neurons[index]!, desk.sliders.values), anew);
    this.name();
    raster.draw();
  }

  private name(): void {
    const { simulation, raster, desk } = this;
    const exciting = simulation.names.populations.map((one) => excites(simulation.network, one));
    name(raster, simulation, exciting, desk.followed.all);
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
    if (performance.now() - this.endedAt > stillMs / 2) runner.resume();
    if (this.outdated || this.raster.outgrown) {
      this.outdated = false;
      await runner.settle();
      this.raster.destroy();
      this.raster = await rasterOf(this.simulation, this.desk);
      runner.use(this.raster);
      this.name();
      if (!plays) await runner.run(this.raster.span, performance.now() + filledWithin);
    } else if (!plays) await runner.run(stepMs);
    if (plays) await runner.frame(this.desk.panel.pace);
    this.show();
    this.endedAt = performance.now();
    return true;
  }

  private show(): void {
    const { simulation, raster, runner, stage, weights } = this;
    const now = performance.now();
    const plays = stage.state === "running";
    if (plays && wantsStill() && now - this.drawnAt < stillMs) return;
    if (this.drawnAt === 0) this.name();
    this.drawnAt = now;
    raster.draw();
    weights.refresh();
    if (plays && now - this.toldAt < tellMs) return;
    this.toldAt = now;
    const { step, neurons, synapses, device } = simulation;
    const { populations, realTimeFactor, deliveriesPerSecond, lost } = runner;
    const { longest: longestGap } = this.frames;
    const pace = { realTimeFactor, deliveriesPerSecond, longestGap };
    this.told = { step, neurons, synapses, populations, ...pace, lost, adapter: device.facts.name };
    tell(simulation, populations, pace);
    tellReaches(raster, simulation);
    if (lost > 0)
      stage.say(
        `${count(lost)} spikes found no room in the list, so the picture and the rates lack them.`,
        "bad",
      );
  }

  destroy(): void {
    this.runner.destroy();
    this.weights.destroy();
    this.raster.destroy();
    this.simulation.destroy();
  }
}

/** An empty raster of the network's. */
function rasterOf(simulation: Simulation, { panel, sliders, followed }: Desk): Promise<Raster> {
  const { network, device, spikeList, watchList } = simulation;
  const degrees = network.populations.map((one) => simulation.outDegrees(one.name));
  const reach = new Uint32Array(simulation.neurons);
  degrees.reduce((at, own) => {
    reach.set(own, at);
    return at + own.length;
  }, 0);
  const sources = { spikes: spikeList, watched: watchList, reach };
  return Raster.create(device, sources, byId("spikes-raster") as HTMLCanvasElement, {
    dt: network.dt,
    step: simulation.step,
    span: panel.span,
    rateMs: rateMsOf(panel.span),
    colours: network.populations.map((one) => (excites(network, one.name) ? "--positive" : "--negative")),
    followed: followed.all.map((one, k) => laneOf(simulation, k, one, sliders.values)),
    ...(direct && { direct }),
  });
}
