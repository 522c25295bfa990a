/** Run: one line of the lab, a race for each of its seeds, all on one history. */
import type { Checkpoint } from "../../src/experiment/checkpoint";
import type { Dataset } from "../../src/task/task";
import type { History } from "../../src/view/history";
import type { Tone } from "../../src/view/notice";
import { Strand } from "../../src/view/strand";
import type { RaceHooks, RaceState } from "../race/hooks";
import { Race } from "../race/race";
import type { Abreast } from "./abreast";
import { identityOf, type Kept } from "./kept";
import { stepsOf } from "./progress";
import { batchOf, optionsOf, type RunSpec, seedsOf } from "./spec";

/** One seed of a run. */
export interface Seeded {
  readonly seed: number;
  /** Its name in the history. */
  readonly key: string;
  readonly race: Race;
}

/** What all runs of the lab share. */
export interface Shared extends Pick<RaceHooks, "open"> {
  readonly history: History;
  readonly abreast: Abreast;
  say(run: Run, message: string, tone: Tone): void;
  stretch(dataset: Dataset, batch: number): number;
  stepped(): void;
}

/** Where a seed goes on from, if anywhere. */
export type From = (
  seed: number,
) => Promise<(Pick<Kept, "checkpoint"> & Partial<Pick<Kept, "curve">>) | undefined>;

export class Run {
  seeds: readonly Seeded[] = [];
  /** Bytes that its fields take on the device, as counted when they were made. */
  bytes = 0;
  /** Steps that its first seed went on from. */
  resumedAt = 0;

  /** @param id tells it from every other run that this page has had */
  constructor(
    readonly id: number,
    public spec: RunSpec,
    private readonly shared: Shared,
  ) {}

  /**
   * Makes the races and starts them. Where one can't be made, none is left.
   * @throws one sentence
   */
  async start(dataset: Dataset, held: boolean, perSecond: number, from?: From): Promise<void> {
    const { spec, shared } = this;
    const seeds: Seeded[] = [];
    const before = (await shared.open()).allocated;
    try {
      for (const seed of seedsOf(spec)) {
        const one = this.seeded(seed);
        seeds.push(one);
        shared.history.forget(one.key);
        const kept = await from?.(seed);
        if (kept?.curve) shared.history.put(one.key, kept.curve);
        one.race.pace.software = (await shared.open()).facts.software;
        one.race.pace.stepsPerSecond = perSecond;
        await one.race.start(dataset, optionsOf(spec, dataset, seed), false, {
          from: kept?.checkpoint,
          held,
        });
        const steps = stepsOf(one.race.experiment);
        this.resumedAt = Math.max(this.resumedAt, kept ? steps : 0);
        shared.abreast.enter(one.race, steps * batchOf(spec, dataset));
      }
    } catch (error) {
      await Promise.all(seeds.map((one) => this.forget(one)));
      throw error;
    }
    this.seeds = seeds;
    this.bytes = (await shared.open()).allocated - before;
  }

  private seeded(seed: number): Seeded {
    const { shared, id } = this;
    const key = `${id}/${seed}`;
    const race: Race = new Race({
      open: shared.open,
      say: (message, tone) => {
        if (tone === "bad") shared.say(this, message, tone); // that a race rests is the lab's to say, once for all
      },
      log: (batch) => new Strand(shared.history, key, batch),
      stretch: shared.stretch,
      abreast: (samples) => {
        shared.stepped();
        return shared.abreast.wait(race, samples);
      },
      ended: () => shared.abreast.leave(race),
    });
    return { seed, key, race };
  }

  /** Ends all races and forgets what they have shown. */
  async end(): Promise<void> {
    await Promise.all(this.seeds.map((one) => this.forget(one)));
    this.seeds = [];
    this.bytes = 0;
  }

  private async forget({ race, key }: Seeded): Promise<void> {
    await race.end();
    this.shared.history.forget(key);
  }

  /** Where all its seeds stand, to go on from should what comes next fail. */
  async standing(): Promise<From> {
    const { history } = this.shared;
    const all = await Promise.all(
      this.seeds.map(async ({ seed, key, race }) => {
        const checkpoint: Checkpoint | undefined = await race.checkpoint();
        return [seed, checkpoint && { checkpoint, curve: history.keep(key) }] as const;
      }),
    );
    const bySeed = new Map(all);
    return async (seed) => bySeed.get(seed);
  }

  /** Changes what may change while it runs. @throws one sentence where a number is out of its range */
  set(spec: RunSpec): void {
    this.spec = spec;
    for (const { race } of this.seeds) race.setValues(spec.values);
  }

  /** Seeds that can go on. */
  get alive(): readonly Seeded[] {
    return this.seeds.filter(({ race }) => race.diverged.size === 0);
  }

  get states(): readonly RaceState[] {
    return this.seeds.map(({ race }) => race.state);
  }

  identities(dataset: Dataset): readonly string[] {
    return seedsOf(this.spec).map((seed) => identityOf(this.spec, dataset, seed));
  }
}
