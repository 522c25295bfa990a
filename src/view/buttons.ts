/** Play or pause, step and reset, as buttons, and as keys while the focus is in their figure. */
import { byId, setText } from "./dom";
import { listenForKeys } from "./keys";

export interface Actions {
  /** Plays what is paused and pauses what plays. */
  toggle(): void;
  step(): void;
  reset(): void;
}

export class Buttons {
  private readonly play: HTMLButtonElement;
  private readonly others: readonly HTMLButtonElement[];

  /**
   * @param figure where the keys work
   * @param prefix of the buttons' ids: `${prefix}play`, …; default none
   */
  constructor(figure: HTMLElement, actions: Actions, prefix = "") {
    const button = (id: string) => byId(prefix + id) as HTMLButtonElement;
    this.play = button("play");
    this.others = [button("step"), button("reset")];
    const [step, reset] = this.others;
    this.play.addEventListener("click", actions.toggle);
    step!.addEventListener("click", actions.step);
    reset!.addEventListener("click", actions.reset);
    listenForKeys(figure, { k: this.play, s: step!, r: reset! });
  }

  /** @param alive false when what ran has failed, so that only a new start helps; undefined when nothing has started */
  show(running: boolean, alive: boolean | undefined): void {
    setText(this.play.querySelector(".button-text")!, running ? "Pause" : "Play");
    this.play.classList.toggle("is-running", running);
    const [step, reset] = this.others;
    for (const button of [this.play, step!]) button.disabled = alive !== true;
    reset!.disabled = alive === undefined;
  }
}
