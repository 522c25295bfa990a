/** Runner: takes a network on by as many steps as a frame has time for, and keeps the numbers of its recent past. */
import type { Simulation } from "../../src/experiment/simulation";
import { meanCv } from "../../src/experiment/spikes-intervals";
import type { Raster } from "../../src/view/raster";
import { sample } from "../../src/view/raster-ring";
import { Pacer } from "./pacer";
import type { Pulsing } from "./stimulus";

/** Submits under way: while one runs, the next waits. */
const mostUnderWay = 2;
/** ms of the network's time that rates and CVs are of. */
const [rateMs, cvMs] = [200, 2000];
/** Between two looks at the network's health, in submits. */
const checkEvery = 60;

interface Moment {
  readonly step: number;
  /** By `performance.now()`, less the time in which it rested since. */
  at: number;
  readonly counts: Uint32Array;
  /** Synapses that spikes have reached since the start. */
  readonly delivered: number;
}

export interface PopulationNow {
  readonly name: string;
  readonly size: number;
  /** Spikes/s of a neuron. */
  readonly rate: number;
  /** Mean over the neurons that are looked at; undefined where fewer than ten fired often enough. */
  readonly cv: number | undefined;
}

export class Runner {
  private readonly pacer: Pacer;
  private readonly underWay: Promise<void>[] = [];
  private owed = 0;
  private turnedAt = 0;
  private submits = 0;
  private pulsing: Pulsing | undefined;
  private delivered = 0;
  private readonly moments: Moment[] = [];
  /** (step, neuron) of the neurons that are looked at, in the order of steps. */
  private readonly sampled: (readonly [number, number])[] = [];
  /** Spikes since the raster was made that the engine's list had no room for. */
  lost = 0;

  /**
   * @param mostSteps of a submit, whose spikes must find room in the engine's list
   * @param followed numbers among all of the neurons whose membranes are watched now
   */
  constructor(
    readonly simulation: Simulation,
    private raster: Raster,
    private readonly mostSteps: number,
    private readonly followed: () => readonly number[],
  ) {
    this.pacer = new Pacer(simulation.device, Math.min(mostSteps, raster.mostSteps));
    this.note(new Uint32Array(simulation.network.populations.length));
  }

  /** Another raster, whose counts begin at none; nothing may be under way. */
  use(raster: Raster): void {
    this.raster = raster;
    this.pacer.most = Math.min(this.mostSteps, raster.mostSteps);
    this.moments.length = 0;
    this.note(new Uint32Array(this.simulation.network.populations.length));
  }

  /** Has a stimulus last until its end, in the place of one that may be on. */
  pulse(begin: () => Pulsing): void {
    this.pulsing?.stop();
    this.pulsing = begin();
  }

  /** Whether a stimulus is on. */
  get pulses(): boolean {
    return this.pulsing !== undefined;
  }

  /** Forgets how long it has not been running. */
  resume(): void {
    this.owed = 0;
    this.turnedAt = performance.now();
    const rested = performance.now() - this.moments.at(-1)!.at;
    for (const moment of this.moments) moment.at += rested;
  }

  /**
   * One submit: as many steps as keep the page smooth, and no more than the pace allows.
   * @param pace seconds of the network's time in a second; 0 sets no bound
   */
  async frame(pace: number): Promise<void> {
    const { dt } = this.simulation.network;
    const now = performance.now();
    const { steps: most } = this.pacer;
    this.owed = Math.min(this.owed + (pace * (now - this.turnedAt)) / dt, 2 * most);
    this.turnedAt = now;
    const steps = Math.floor(pace === 0 ? most : Math.min(most, this.owed));
    if (steps < 1) return;
    this.owed -= steps;
    await this.take(steps);
  }

  /** Takes so many ms, and waits for their end. @param end by `performance.now()`, at which it stops at the latest */
  async run(ms: number, end = Number.POSITIVE_INFINITY): Promise<void> {
    const last = this.simulation.step + Math.round(ms / this.simulation.network.dt);
    while (this.simulation.step < last && performance.now() < end)
      await this.take(Math.min(this.pacer.steps, last - this.simulation.step));
    await this.settle();
  }

  /** Waits until nothing is under way. */
  async settle(): Promise<void> {
    while (this.underWay.length > 0) await this.underWay.shift();
  }

  /** Submits steps as soon as fewer than two submits are under way, and no more of them than a stimulus takes. */
  private async take(most: number): Promise<void> {
    while (this.underWay.length >= mostUnderWay) await this.underWay.shift();
    const steps = Math.min(most, this.pulsing?.left ?? most);
    const one = this.submit(steps, this.pulsing !== undefined);
    if (this.pulsing?.left === 0) {
      this.pulsing.stop();
      this.pulsing = undefined;
    }
    one.catch(() => undefined); // whoever waits for it hears
    this.underWay.push(one);
  }

  private async submit(steps: number, stimulated: boolean): Promise<void> {
    const { simulation } = this;
    const first = simulation.step;
    const followed = this.followed();
    const timed = this.pacer.time(steps, () => simulation.advance(steps));
    const last = simulation.step;
    const added = this.raster.add({ first, last, stimulated, followed });
    const [{ counts, delivered, sampled, lost }] = await Promise.all([added, timed]);
    this.delivered += delivered;
    if (sampled) for (const one of sampled) this.sampled.push(one);
    else this.sampled.length = 0;
    this.lost = lost;
    this.note(counts, last);
    if (++this.submits % checkEvery === 0) await simulation.check();
  }

  private note(counts: Uint32Array, step = this.simulation.step): void {
    const { network } = this.simulation;
    this.moments.push({ step, at: performance.now(), counts, delivered: this.delivered });
    while (this.moments.length > 2 && (step - this.moments[1]!.step) * network.dt >= rateMs)
      this.moments.shift();
    const old = step - cvMs / network.dt;
    const gone = this.sampled.findIndex(([at]) => at >= old);
    if (gone > 1000) this.sampled.splice(0, gone);
  }

  destroy(): void {
    this.pacer.destroy();
  }

  /** Wall time over the network's time, of late. */
  get realTimeFactor(): number {
    const [first, last] = [this.moments[0]!, this.moments.at(-1)!];
    return (last.at - first.at) / ((last.step - first.step) * this.simulation.network.dt);
  }

  /** Synapses that spikes reached, in a second of wall time, of late. */
  get deliveriesPerSecond(): number {
    const [first, last] = [this.moments[0]!, this.moments.at(-1)!];
    return (1000 * (last.delivered - first.delivered)) / (last.at - first.at);
  }

  get populations(): PopulationNow[] {
    const { spikeList, step, network } = this.simulation;
    const [first, last] = [this.moments[0]!, this.moments.at(-1)!];
    const seconds = ((last.step - first.step) * network.dt) / 1000;
    return spikeList.populations.map(({ name, size, first: offset }, k) => {
      const own = this.sampled.filter(([, neuron]) => neuron >= offset && neuron < offset + sample);
      const spikes = {
        times: Uint32Array.from(own, ([at]) => at),
        neurons: Uint32Array.from(own, ([, neuron]) => neuron - offset),
        steps: step,
        dt: network.dt,
      };
      const { mean, neurons } = meanCv(spikes, sample);
      const rate = seconds > 0 ? (last.counts[k]! - first.counts[k]!) / size / seconds : 0;
      return { name, size, rate, cv: neurons < 10 ? undefined : mean };
    });
  }
}
