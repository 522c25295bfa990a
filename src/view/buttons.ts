/** Play or pause, step and reset, as buttons, and as keys while the focus is in their figure. */
import { byId, setText } from "./dom";

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
    const keys: Record<string, HTMLButtonElement> = { k: this.play, s: step!, r: reset! };
    figure.addEventListener("keydown", (event) => {
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.repeat;
      const button = keys[event.key.toLowerCase()];
      if (!plain || !button || button.disabled || isTyping(event.target)) return;
      event.preventDefault();
      button.click();
    });
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

/** Letters belong to whoever is typing or choosing. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, select, textarea, [contenteditable]") !== null;
}
