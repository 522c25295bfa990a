/** Session: brings the lab into the state that an address, or data that arrive, ask for. */
import { count } from "../../src/view/format";
import type { Notice } from "../../src/view/notice";
import type { PickedFile } from "../../src/view/picked-files";
import { readAddress, writeAddress } from "./address";
import type { Keeper } from "./keeper";
import type { Lab } from "./lab";
import type { Library } from "./library";
import { isOwn, type LabState, ownName } from "./state";

type Progress = (done: number, total: number) => void;

export class Session {
  /** A state whose own data are not here yet. */
  private awaited: LabState | undefined;

  /** @param drawing hears how far the samples are */
  constructor(
    private readonly lab: Lab,
    private readonly keeper: Keeper,
    private readonly library: Library,
    private readonly status: Notice,
    private readonly drawing: Progress,
  ) {}

  /**
   * Starts what a state asks for.
   * @param resume whether runs go on from what this browser kept of them
   * @throws one sentence, and then what ran goes on
   */
  async enter(state: LabState, resume = false): Promise<void> {
    const { lab, library } = this;
    const { runs, ...told } = state;
    if (library.isMissing(told.task)) {
      this.awaited = state;
      await lab.place(state);
      this.status.say(
        `This address is about data of someone’s own, “${ownName(told.task)}”, which no address can hold: drop them on this page again, or choose another task.`,
        "bad",
      );
      return;
    }
    const dataset = await library.load(told, this.drawing);
    this.awaited = undefined;
    await lab.begin(dataset, told, runs, resume ? this.keeper.from : undefined);
    const steps = resume ? Math.max(0, ...lab.runs.map(({ resumedAt }) => resumedAt)) : 0;
    if (steps > 0)
      this.status.say(
        `Went on from step ${count(steps)}, as this browser kept it. Reset starts anew.`,
        "good",
      );
    else this.status.clear();
  }

  /** What the address asks for, and a sentence where parts of it can't be used. */
  read(hash: string, software: boolean): { readonly state: LabState; readonly complaint: string } {
    const { state, complaints } = readAddress(hash, software);
    const [first, ...more] = complaints;
    const others = more.length > 0 ? ` So it is with ${more.length} more parts of it.` : "";
    return { state, complaint: first === undefined ? "" : `${first}${others} The rest is used.` };
  }

  /** Holds the state in the address, where there is one to hold. */
  write(): void {
    const { state } = this.lab;
    if (state.runs.length > 0) history.replaceState(null, "", `#${writeAddress(state)}`);
  }

  /** Trains on a task that was fetched. @throws one sentence, and then what ran goes on */
  async fetch(task: string, progress: Progress): Promise<void> {
    await this.library.load({ task, train: undefined, test: undefined }, progress);
    await this.use(task);
  }

  /** Trains on files that were given. @throws one sentence, and then what ran goes on */
  async take(files: readonly PickedFile[], progress: Progress): Promise<void> {
    await this.use(await this.library.take(files, progress));
  }

  private async use(task: string): Promise<void> {
    // What waits for data of someone's own takes those that come, under whatever name.
    const waits = this.awaited !== undefined && isOwn(task);
    const state = waits ? this.awaited! : this.lab.state;
    await this.enter({ ...state, task, train: undefined, test: undefined }, waits);
  }
}
