/**
 * Lab: several runs on one dataset and one history. What a person asks for is done one thing after another; what can't be is
 * refused in a sentence before anything that runs is touched.
 */
import type { Device } from "../../src/gpu/device";
import type { Dataset } from "../../src/task/task";
import { History } from "../../src/view/history";
import { messageOf, type Tone } from "../../src/view/notice";
import { pageDevice } from "../../src/view/page-device";
import { Abreast } from "./abreast";
import { type Needs, needsOf } from "./needs";
import { type LabStanding, samplesOf, standingOf } from "./progress";
import { type From, Run, type Shared } from "./run";
import { goesOn, limits, type RunSpec } from "./spec";
import { type LabState, type Speed, speeds } from "./state";
import { TimeLeft } from "./time-left";

export interface LabHooks {
  /** Something happened to a run, or to all of them, that a person should read. */
  say(message: string, tone: Tone, run?: Run): void;
  /** Another state: the address and the panels show it. */
  changed(): void;
}

export class Lab {
  readonly history = new History(1);
  readonly runs: Run[] = [];
  dataset: Dataset | undefined;
  device: Device | undefined;
  readonly timeLeft = new TimeLeft();
  readonly abreast = new Abreast();
  /** Nobody looks at the tab, so it rests for a while. */
  private resting = false;
  private ids = 0;
  private turn: Promise<unknown> = Promise.resolve();
  private readonly shared: Shared;

  /** @param told all of the state but the runs, which the lab itself has */
  constructor(
    public told: Omit<LabState, "runs">,
    private readonly hooks: LabHooks,
  ) {
    this.shared = {
      history: this.history,
      abreast: this.abreast,
      open: () => this.open(),
      say: (run, message, tone) => hooks.say(message, tone, run),
      stretch: ({ train }, batch) => Math.max(1, Math.ceil((this.told.epochs * train.count) / batch)),
      stepped: () => this.timeLeft.stepped(samplesOf(this.races).seen, performance.now()),
    };
  }

  private get held(): boolean {
    return this.resting || !this.told.playing;
  }

  get state(): LabState {
    return { ...this.told, runs: this.runs.map(({ spec }) => spec) };
  }

  async open(): Promise<Device> {
    this.device = await pageDevice();
    return this.device;
  }

  get races() {
    return this.runs.flatMap(({ seeds }) => seeds.map(({ race }) => race));
  }

  get standing(): LabStanding {
    return standingOf(this.runs);
  }

  /** Everything anew, on a dataset. @throws one sentence, and then what ran goes on */
  begin(
    dataset: Dataset,
    told: Omit<LabState, "runs">,
    specs: readonly RunSpec[],
    from?: (run: Run) => From,
  ): Promise<void> {
    return this.do(async () => {
      const freed = this.runs.reduce((sum, { bytes }) => sum + bytes, 0);
      await this.refuse(specs, dataset, freed);
      await Promise.all(this.runs.splice(0).map((run) => run.end()));
      this.dataset = dataset;
      this.told = told;
      this.abreast.free = this.held;
      const failures: unknown[] = [];
      for (const spec of specs) {
        const run = new Run(++this.ids, spec, this.shared);
        try {
          await this.launch(run, this.runs.length, from);
        } catch (error) {
          this.runs.push(run); // it can be changed, or tried again by Reset
          failures.push(error);
        }
      }
      if (failures.length > 0) throw failures[0];
    });
  }

  /** Shows runs that wait for their data. */
  place({ runs, ...told }: LabState): Promise<void> {
    return this.do(async () => {
      await Promise.all(this.runs.splice(0).map((run) => run.end()));
      this.told = told;
      this.dataset = undefined;
      this.runs.push(...runs.map((spec) => new Run(++this.ids, spec, this.shared)));
    });
  }

  /** One run more. @throws one sentence, and then there is none more */
  add(spec: RunSpec, from?: From): Promise<void> {
    return this.do(async () => {
      if (this.runs.length >= limits.runs)
        throw new Error(`The lab holds ${limits.runs} runs; remove one before you add another.`);
      const run = new Run(++this.ids, spec, this.shared);
      if (!this.dataset) {
        this.runs.push(run);
        return;
      }
      await this.refuse([spec], this.dataset, 0);
      await this.launch(run, this.runs.length, from && (() => from));
    });
  }

  remove(run: Run): Promise<void> {
    return this.do(async () => {
      this.runs.splice(this.runs.indexOf(run), 1);
      await run.end();
    });
  }

  /**
   * Turns a run into another: at once where it can go on, else anew.
   * @throws one sentence, and then the run goes on as it was
   */
  change(run: Run, spec: RunSpec): Promise<void> {
    return this.do(async () => {
      if (!this.dataset || goesOn(run.spec, spec)) {
        run.set(spec);
        return;
      }
      await this.refuse([spec], this.dataset, run.bytes);
      const standing = await run.standing();
      const old = run.spec;
      const place = this.runs.indexOf(run);
      this.runs.splice(place, 1);
      await run.end();
      try {
        await this.launch(new Run(run.id, spec, this.shared), place);
      } catch (error) {
        await this.launch(new Run(run.id, old, this.shared), place, () => standing);
        throw error;
      }
    });
  }

  /** All runs from their first weights. */
  async reset(): Promise<void> {
    const told = { ...this.told, playing: true };
    if (this.dataset) await this.begin(this.dataset, told, this.state.runs);
  }

  private async launch(run: Run, place: number, from?: (run: Run) => From): Promise<void> {
    await run.start(this.dataset!, this.held, speeds[this.told.speed].perSecond, from?.(run));
    this.runs.splice(place, 0, run);
    this.timeLeft.restart();
    this.hooks.changed();
  }

  /** What runs would need. @throws one sentence where they could not be made at all */
  async needs(specs: readonly RunSpec[], dataset: Dataset, freed: number): Promise<Needs> {
    return needsOf(await this.open(), dataset, specs, freed);
  }

  private async refuse(specs: readonly RunSpec[], dataset: Dataset, freed: number): Promise<void> {
    const { fits, sentence } = await this.needs(specs, dataset, freed);
    if (!fits) throw new Error(`${sentence} What runs goes on.`);
  }

  /** One thing after another; what changed is told whether it came off or not. */
  private do(work: () => Promise<void>): Promise<void> {
    const done = this.turn.then(work).finally(() => this.hooks.changed());
    this.turn = done.catch(() => undefined);
    return done;
  }

  /** Pauses what runs, resumes what is paused, and goes on with what is over. */
  toggle(): void {
    const { standing } = this;
    this.told = { ...this.told, playing: standing !== "running" };
    this.follow(standing === "over");
  }

  /** Rests while nobody looks, and goes on afterwards unless it was paused. */
  rest(resting: boolean): void {
    this.resting = resting;
    this.follow();
  }

  /** @param again whether what has come to its end goes on too */
  private follow(again = false): void {
    const { held } = this;
    this.abreast.free = held;
    this.timeLeft.pause();
    for (const race of this.races) {
      const { state } = race;
      if (held ? state === "running" : state === "paused" || (again && state === "over")) race.toggle();
    }
    this.hooks.changed();
  }

  /** One step of every race. */
  step(): void {
    this.told = { ...this.told, playing: false };
    this.abreast.free = true;
    this.timeLeft.pause();
    for (const race of this.races) race.step();
    this.hooks.changed();
  }

  /** Another length of all runs. */
  async last(epochs: number): Promise<void> {
    this.told = { ...this.told, epochs };
    const { dataset } = this;
    await Promise.all(
      this.races.map(
        (race) => dataset && race.restAfter(this.shared.stretch(dataset, race.experiment!.settings.batch)),
      ),
    );
    this.hooks.changed();
  }

  set speed(speed: Speed) {
    this.told = { ...this.told, speed };
    for (const { pace } of this.races) pace.stepsPerSecond = speeds[speed].perSecond;
    this.timeLeft.restart();
    this.hooks.changed();
  }

  /** Says what failed, for work that nobody waits for. */
  complain(error: unknown): void {
    this.hooks.say(messageOf(error), "bad");
  }
}
