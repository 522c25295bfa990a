/**
 * Stage: what every small demo has. It opens the GPU or says why not, builds the buttons Play, Step and Reset with their keys,
 * takes turns while someone looks, and rests in a hidden tab, off screen, or where a person asked for reduced motion.
 *
 * The page holds `<figure id="NAME" tabindex="-1">` with `<div id="NAME-controls"></div>` in it; the rest is the demo's own.
 * All ids begin with the demo's name, so that many of them can stand on one page; they share its device.
 */
import type { Device } from "../gpu/device";
import { Buttons } from "./buttons";
import { byId, h } from "./dom";
import { messageOf, Notice } from "./notice";
import { pageDevice } from "./page-device";
import { Sight } from "./sight";

/** What a demo does. */
export interface Play {
  /** One turn: some work on the GPU, then drawing. Turns never overlap. @returns false when there is no more to do */
  turn(): Promise<boolean | undefined>;
  /** Frees what the demo holds. */
  destroy?(): void;
}

export type StageState = "opening" | "running" | "paused" | "done" | "failed";

export interface Stage {
  readonly state: StageState;
  readonly device: Device | undefined;
  /** What runs now. */
  readonly play: Play | undefined;
  /** Turns taken since the last reset. */
  readonly turns: number;
  /** Says one sentence under the buttons. */
  say(text: string, tone?: "plain" | "good" | "bad"): void;
  /** Starts anew, from `prepare`; what runs is destroyed first. */
  reset(): Promise<void>;
  start(): void;
  pause(): void;
}

/**
 * Sets a demo up and, unless reduced motion is asked for, starts it.
 * @param name the id of its figure
 * @param prepare makes the demo anew; called at the start, at each reset, and after a lost device
 * @param options.holdsStill whether it waits for a person to press Play
 */
export async function stage(
  name: string,
  prepare: (device: Device, stage: Stage) => Promise<Play>,
  { holdsStill = matchMedia("(prefers-reduced-motion: reduce)").matches } = {},
): Promise<Stage> {
  const figure = byId(name);
  const notice = controls(name);
  const seen = new Sight(`#${name}`);
  let state: StageState = "opening";
  let device: Device | undefined;
  let play: Play | undefined;
  let turns = 0;
  let looping = false;
  /** A turn is under way, in the loop or by itself. */
  let taking = false;
  let resets: Promise<void> = Promise.resolve();

  const show = () => {
    const alive = state === "opening" ? undefined : state !== "failed" && state !== "done";
    buttons.show(state === "running", alive);
    figure.dataset.state = state;
  };
  const fail = (error: unknown) => {
    state = "failed";
    notice.say(`${messageOf(error)} Reset tries again.`, "bad");
    show();
  };
  const one = async () => {
    const current = play!;
    taking = true;
    try {
      const more = await current.turn();
      turns++;
      if (more === false && (state === "running" || state === "paused")) {
        state = "done";
        show();
      }
    } finally {
      taking = false;
    }
  };
  const loop = async () => {
    if (looping) return;
    looping = true;
    try {
      while (state === "running") {
        if (!document.hidden && seen.any && !taking) await one();
        await nextFrame();
      }
    } catch (error) {
      fail(error);
    } finally {
      looping = false;
    }
  };
  const self: Stage = {
    get state() {
      return state;
    },
    get device() {
      return device;
    },
    get play() {
      return play;
    },
    get turns() {
      return turns;
    },
    say: (text, tone) => notice.say(text, tone),
    start() {
      if (state !== "paused") return;
      state = "running";
      show();
      void loop();
    },
    pause() {
      if (state !== "running") return;
      state = "paused";
      show();
    },
    reset() {
      resets = resets.then(anew);
      return resets;
    },
  };
  const anew = async () => {
    const wasRunning = state === "running" || state === "done";
    state = "opening";
    show();
    while (looping || taking) await new Promise((resolve) => setTimeout(resolve, 10)); // the turn under way ends first
    play?.destroy?.();
    play = undefined;
    turns = 0;
    try {
      device = await pageDevice();
      notice.clear();
      play = await prepare(device, self);
    } catch (error) {
      if (!device) withoutGpu(figure, error);
      else fail(error);
      return;
    }
    state = "paused";
    show();
    if (wasRunning || !holdsStill) self.start();
  };
  const actions = {
    toggle: () => (state === "running" ? self.pause() : self.start()),
    step: () => {
      self.pause();
      if (!looping && !taking && state === "paused") void one().catch(fail);
    },
    reset: () => void self.reset(),
  };
  const buttons = new Buttons(figure, actions, `${name}-`);
  notice.say("Opening the GPU…");
  show();
  await self.reset();
  return self;
}

/** Waits until the next picture is due; in a hidden tab, where none is, a little while. */
export const nextFrame = () =>
  new Promise<unknown>((resolve) =>
    document.hidden ? setTimeout(resolve, 200) : requestAnimationFrame(resolve),
  );

/** The buttons and the line under them, as the front page has them. */
function controls(name: string): Notice {
  const button = (id: string, text: string, key: string, ...icon: HTMLElement[]) =>
    h(
      "button",
      {
        id: `${name}-${id}`,
        class: icon.length > 0 ? "button button-main" : "button",
        type: "button",
        disabled: true,
        "aria-keyshortcuts": key,
        title: `Key ${key} while the focus is in this figure`,
      },
      ...icon,
      h("span", { class: "button-text" }, text),
      h("kbd", { "aria-hidden": "true" }, key),
    );
  const status = h("p", { id: `${name}-status`, class: "notice", role: "status" });
  byId(`${name}-controls`).replaceChildren(
    h(
      "div",
      { class: "button-row" },
      button("play", "Play", "K", h("span", { class: "play-icon", "aria-hidden": "true" })),
      button("step", "Step", "S"),
      button("reset", "Reset", "R"),
    ),
    status,
  );
  return new Notice(status);
}

/** Without WebGPU the demo's place is taken by the reason; its title and its caption stay. */
function withoutGpu(figure: HTMLElement, error: unknown): void {
  figure.dataset.state = "no-gpu";
  for (const part of figure.querySelectorAll(":scope > :not(figcaption, .figure-title)")) part.remove();
  figure
    .querySelector(".figure-title")
    ?.after(
      h(
        "div",
        { class: "no-gpu-notice", role: "alert" },
        h("p", { class: "part-title" }, "This demo needs WebGPU"),
        h("p", {}, messageOf(error)),
      ),
    );
}
