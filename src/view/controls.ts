/** The settings of a race, as a lil-gui panel. It shows and tells what was chosen; what follows is others' business. */
import GUI, { type Controller } from "lil-gui";

/** What a person can choose. */
export interface Choices {
  /** Rules by name: whether they race. */
  rules: Record<string, boolean>;
  task: string;
  /** Sizes of the hidden layers, as typed: "64, 32". */
  hidden: string;
  activation: string;
  optimizer: string;
  /** 0 stands for each rule's own default. */
  rate: number;
  batch: number;
  /** As typed. */
  seed: string;
  speed: string;
}

export interface ChoiceLists {
  /** Titles by name. */
  readonly rules: Readonly<Record<string, string>>;
  readonly tasks: Readonly<Record<string, string>>;
  readonly activations: readonly string[];
  readonly optimizers: readonly string[];
  readonly speeds: readonly string[];
}

const rates = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10];
const batches = [16, 32, 64, 128, 256];

/** Titles by name, the way round that lil-gui's lists want them. */
export const swapped = (names: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(names).map(([name, title]) => [title, name]));

/** An empty panel in the page's own styles. */
export const panel = (container: HTMLElement, title: string): GUI =>
  new GUI({ container, autoPlace: false, injectStyles: false, title });

export class Controls {
  private readonly gui: GUI;
  private task: Controller;

  /** @param changed hears which choice has changed; `choices` holds all as they now stand */
  constructor(
    container: HTMLElement,
    readonly choices: Choices,
    lists: ChoiceLists,
    changed: (what: keyof Choices) => void,
  ) {
    this.gui = panel(container, "Settings");
    const { gui } = this;
    const race = gui.addFolder("Rules in the race");
    for (const [name, title] of Object.entries(lists.rules))
      race
        .add(choices.rules, name)
        .name(title)
        .onChange(() => changed("rules"));
    const live = gui.addFolder("While it runs");
    const own = { "each rule’s own": 0, ...Object.fromEntries(rates.map((rate) => [String(rate), rate])) };
    live
      .add(choices, "rate", own)
      .name("Learning rate")
      .onChange(() => changed("rate"));
    live
      .add(choices, "speed", [...lists.speeds])
      .name("Speed")
      .onChange(() => changed("speed"));
    const anew = gui.addFolder("Starts the race anew");
    this.task = anew
      .add(choices, "task", swapped(lists.tasks))
      .name("Task")
      .onChange(() => changed("task"));
    anew
      .add(choices, "hidden")
      .name("Hidden layers")
      .onFinishChange(() => changed("hidden"));
    anew
      .add(choices, "activation", [...lists.activations])
      .name("Activation")
      .onChange(() => changed("activation"));
    anew
      .add(choices, "optimizer", [...lists.optimizers])
      .name("Optimiser")
      .onChange(() => changed("optimizer"));
    anew
      .add(choices, "batch", batches)
      .name("Batch")
      .onChange(() => changed("batch"));
    anew
      .add(choices, "seed")
      .name("Seed")
      .onFinishChange(() => changed("seed"));
  }

  /** Shows other choices than a person made: those that could not be, put back, or those that something else implies. */
  show({ rules, ...others }: Partial<Choices>): void {
    Object.assign(this.choices, others);
    Object.assign(this.choices.rules, rules);
    for (const controller of this.gui.controllersRecursive()) controller.updateDisplay();
  }

  /** Offers other tasks. */
  offer(tasks: Readonly<Record<string, string>>): void {
    this.task = this.task.options(swapped(tasks));
  }
}
