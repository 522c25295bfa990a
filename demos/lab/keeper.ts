/**
 * Keeper: puts every race away in the browser's own files, now and then and when the page may be about to go, so that a reload
 * goes on where it was.
 */
import { messageOf } from "../../src/view/notice";
import { PrivateFolder } from "../../src/view/opfs";
import { fileOf, type Kept, packed, unpacked } from "./kept";
import type { Lab } from "./lab";
import { stepsOf } from "./progress";
import type { From, Run } from "./run";

/** How often, in ms, unless keeping takes more than a twentieth of the time. */
const rhythm = 10_000;

/** What may be kept of runs that are not there any more: so many files, and so many bytes in all. */
const most = { files: 40, bytes: 2 ** 30 };

export interface KeeperWords {
  /** A sentence about what is kept, for whoever looks. */
  said: string;
  bad: boolean;
}

export class Keeper {
  readonly words: KeeperWords = { said: "", bad: false };
  private folder: PrivateFolder | undefined;
  /** Steps at which each race was last put away, by its file. */
  private readonly at = new Map<string, number>();
  private busy: Promise<void> | undefined;
  private next = 0;
  /** Of all tabs with this page one keeps files: two would overwrite each other's. */
  private owns = false;

  constructor(private readonly lab: Lab) {}

  /** Opens the folder; without one it says so and keeps nothing. */
  async open(): Promise<void> {
    try {
      this.folder = await PrivateFolder.open("lab");
    } catch (error) {
      this.say(messageOf(error), true);
    }
  }

  /** Keeps from now on, or as soon as no other tab does. */
  begin(): void {
    if (!this.folder) return;
    const forGood = new Promise<void>(() => undefined);
    void navigator.locks.request("engram-lab", () => {
      this.owns = true;
      return forGood;
    });
    setTimeout(() => {
      if (!this.owns)
        this.say("Another tab has the lab open and keeps its runs, so these are not kept.", true);
    }, 2000);
    setInterval(() => void (performance.now() >= this.next && this.keep()), 1000);
    addEventListener("pagehide", () => void this.keep());
    document.addEventListener("visibilitychange", () => document.hidden && void this.keep());
  }

  /** Where a run's seeds were left, for a run that starts. What can't be used is as if it were not there. */
  from = (run: Run): From => {
    const identities = run.identities(this.lab.dataset!);
    return async (seed) => {
      const identity = identities[seed - run.spec.seed]!;
      try {
        const file = await this.folder?.read(fileOf(identity));
        return file && unpacked(file, identity);
      } catch (error) {
        this.say(messageOf(error), true);
        return undefined;
      }
    };
  };

  /** Puts away every race that has moved since. */
  keep(): Promise<void> {
    this.busy ??= this.keepAll().finally(() => {
      this.busy = undefined;
    });
    return this.busy;
  }

  private async keepAll(): Promise<void> {
    const started = performance.now();
    const { lab } = this;
    const { dataset, runs } = lab;
    if (!this.folder || !this.owns || !dataset) return;
    let bytes = 0;
    try {
      const files = runs.flatMap((run) => {
        const identities = run.identities(dataset);
        return run.alive.map((one) => ({ ...one, identity: identities[one.seed - run.spec.seed]! }));
      });
      const moved = files.filter(({ race, identity }) => {
        const steps = stepsOf(race.experiment);
        return steps > 0 && this.at.get(fileOf(identity)) !== steps;
      });
      const wanted = moved.map(async ({ race, key, identity }) => {
        const checkpoint = await race.checkpoint();
        return checkpoint && { identity, checkpoint, curve: lab.history.keep(key) };
      });
      for (const one of wanted) one.catch(() => undefined); // told below, one at a time
      lab.abreast.hurry();
      for (const kept of wanted) bytes += await this.write(await kept);
      if (bytes > 0) {
        await this.prune(files.map(({ identity }) => fileOf(identity)));
        const networks = files.length === 1 ? "The network is" : `All ${files.length} networks are`;
        const time = new Date().toLocaleTimeString([], { timeStyle: "short" });
        this.say(`${networks} kept in this browser as of ${time}; a reload goes on from there.`, false);
      }
    } catch (error) {
      this.say(messageOf(error), true);
    }
    const took = performance.now() - started;
    this.next = performance.now() + Math.max(rhythm, 20 * took);
  }

  private async write(kept: Kept | undefined): Promise<number> {
    const steps = kept?.checkpoint.snapshots[0]?.steps;
    if (!kept || steps === undefined || !this.isWanted(kept.identity)) return 0;
    const parts = packed(kept);
    await this.folder!.write(fileOf(kept.identity), parts);
    this.at.set(fileOf(kept.identity), steps);
    return parts.reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  /** Whether a race of that identity is still there: what was reset meanwhile must not come back. */
  private isWanted(identity: string): boolean {
    const { runs, dataset } = this.lab;
    return dataset !== undefined && runs.some((run) => run.identities(dataset).includes(identity));
  }

  private async prune(present: readonly string[]): Promise<void> {
    const entries = await this.folder!.list();
    let bytes = 0;
    for (const [index, entry] of entries.entries()) {
      bytes += entry.bytes;
      if (present.includes(entry.name) || (index < most.files && bytes <= most.bytes)) continue;
      await this.folder!.remove(entry.name);
    }
  }

  /** Forgets what was kept of these runs: they start anew. */
  async forget(runs: readonly Run[]): Promise<void> {
    await this.busy?.catch(() => undefined);
    const { dataset } = this.lab;
    if (!dataset || !this.folder) return;
    for (const identity of runs.flatMap((run) => run.identities(dataset))) {
      this.at.delete(fileOf(identity));
      await this.folder.remove(fileOf(identity));
    }
  }

  private say(said: string, bad: boolean): void {
    Object.assign(this.words, { said, bad });
  }
}
