/** What holds for all runs: the task and how many samples of it, how long a run lasts, the speed, and what a hidden tab does. */
import type GUI from "lil-gui";
import type { Controller } from "lil-gui";
import { panel, swapped } from "../../src/view/controls";
import { limits } from "./spec";
import { atHand, type LabState, type Speed, speeds } from "./state";

export interface LabPanelActions {
  change(what: "task" | "train" | "test" | "epochs", told: Omit<LabState, "runs">): void;
  speed(speed: Speed): void;
  background(goesOn: boolean): void;
  complain(sentence: string): void;
}

type Told = Omit<LabState, "runs">;

export class LabPanel {
  private readonly gui: GUI;
  private task: Controller;
  private readonly shown = {
    task: "",
    train: "",
    test: "",
    epochs: "",
    speed: "full" as Speed,
    background: false,
  };
  private told: Told | undefined;
  private offered = "";

  constructor(
    container: HTMLElement,
    private readonly actions: LabPanelActions,
  ) {
    this.gui = panel(container, "All runs");
    const { gui, shown } = this;
    this.task = gui
      .add(shown, "task", [""])
      .name("Task")
      .onChange((task: string) => this.taken("task", { task, train: undefined, test: undefined }));
    for (const [what, label, most] of [
      ["train", "Samples to learn from", limits.samples],
      ["test", "Samples to test on", limits.samples],
      ["epochs", "Epochs", limits.epochs],
    ] as const)
      gui
        .add(shown, what)
        .name(label)
        .onFinishChange((text: string) => this.number(what, label, most, text.trim()));
    gui
      .add(
        shown,
        "speed",
        swapped(Object.fromEntries(Object.entries(speeds).map(([name, { title }]) => [name, title]))),
      )
      .name("Speed")
      .onChange((speed: Speed) => actions.speed(speed));
    gui
      .add(shown, "background")
      .name("Goes on in a hidden tab")
      .onChange((on: boolean) => actions.background(on));
  }

  private taken(what: "task" | "train" | "test" | "epochs", changes: Partial<Told>): void {
    if (this.told) this.actions.change(what, { ...this.told, ...changes });
  }

  private number(what: "train" | "test" | "epochs", label: string, most: number, text: string): void {
    if (text === numberText(this.told?.[what])) return;
    const value = text === "" && what !== "epochs" ? undefined : Number(text.replace(",", "."));
    const sound =
      value === undefined || (value > 0 && value <= most && (what === "epochs" || Number.isInteger(value)));
    if (sound) {
      this.taken(what, { [what]: value });
      return;
    }
    const kind = what === "epochs" ? "a number above 0" : "a whole number from 1";
    this.actions.complain(
      `${label} is ${kind} to ${most}${what === "epochs" ? "" : ", or empty for the task’s own"}, but “${text}” is none.`,
    );
    this.show(this.told!);
  }

  /** @param titles of the tasks that there are, by name */
  offer(titles: Readonly<Record<string, string>>): void {
    if (JSON.stringify(titles) === this.offered) return;
    this.offered = JSON.stringify(titles);
    this.task = this.task.options(swapped(titles));
  }

  show(told: Told): void {
    this.told = told;
    const { task, train, test, epochs, speed, background } = told;
    Object.assign(this.shown, {
      task,
      train: numberText(train),
      test: numberText(test),
      epochs: String(epochs),
      speed,
      background,
    });
    for (const controller of this.gui.controllersRecursive()) {
      controller.updateDisplay();
      if (controller.property === "train" || controller.property === "test")
        controller.enable((atHand as readonly string[]).includes(task));
    }
  }
}

const numberText = (value: number | undefined): string => (value === undefined ? "" : String(value));
