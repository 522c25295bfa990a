/**
 * Stage: what every small demo has. It opens the GPU or says why not, builds the buttons Play, Step and Reset with their keys,
 * makes the demo ready once its figure has come near the screen, takes turns while someone looks, and rests in a hidden tab or
 * off screen. Where a person asked for less motion, it takes its first turns unseen and shows what came of them.
 *
 * The page holds `<figure id="NAME" tabindex="-1">` with `<div id="NAME-controls"></div>` in it; the rest is the demo's own.
 * All ids begin with the demo's name, so that many of them can stand on one page; they share its device.
 */
import type { Device } from "../gpu/device";
import { Buttons } from "./buttons";
import { byId } from "./dom";
import { nextFrame, wantsStill } from "./motion";
import { messageOf } from "./notice";
import { pageDevice } from "./page-device";
import { firstNear, Sight } from "./sight";
import { stageControls } from "./stage-controls";
import { withoutGpu } from "./without-gpu";

/** What a demo does. */
export interface Play {
  /** One turn: some work on the GPU, then drawing. Turns never overlap. @returns false when there is no more to do */
  turn(): Promise<boolean | undefined>;
  /** Turns that a still picture of it has behind it, if there is time for them; default 1. */
  readonly still?: number;
  /** Frees what the demo holds. */
  destroy?(): void;
}

/** So far from the screen a demo is made ready, which takes a while. */
const nearPixels = 600;

/** ms that the turns before a still may take; the one under way then is the last. */
const stillMs = 4000;

export type StageState = "opening" | "running" | "paused" | "done" | "failed";

export interface Stage {
  readonly state: StageState;
  readonly device: Device | undefined;
  /** What runs now. */
  readonly play: Play | undefined;
  /** Turns taken since the last reset. */
  readonly turns: number;
  /** Whether a turn is under way. */
  readonly busy: boolean;
  /** Says one sentence under the buttons. */
  say(text: string, tone?: "plain" | "good" | "bad"): void;
  /** Starts anew, from `prepare`; what runs is destroyed first. */
  reset(): Promise<void>;
  start(): void;
  pause(): void;
}

/**
 * Sets a demo up and, unless less motion is asked for, starts it.
 * @param name the id of its figure
 * @param prepare makes the demo anew; called at the start, at each reset, and after a lost device
 */
export async function stage(
  name: string,
  prepare: (device: Device, stage: Stage) => Promise<Play>,
): Promise<Stage> {
  const figure = byId(name);
  const notice = stageControls(name);
  const seen = new Sight(`#${name}`);
  const near = firstNear(figure, nearPixels);
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
      const more = (await current.turn()) !== false;
      turns++;
      if (!more && (state === "running" || state === "paused")) {
        state = "done";
        show();
      }
      return more;
    } finally {
      taking = false;
    }
  };
  /** Takes the first turns, of which nothing is to be seen but what they come to. */
  const settle = async (): Promise<StageState> => {
    const { still = 1 } = play!;
    const end = performance.now() + stillMs;
    let more = true;
    await saying("Working out a still, as less motion is asked for…", async () => {
      while (more && turns < still && (turns === 0 || performance.now() < end)) more = await one();
    });
    if (!notice.text)
      notice.say("A still, as less motion is asked for. Play lets it run, Step takes a turn.");
    return more ? "paused" : "done";
  };
  /** Says something while it works, unless the demo says something else meanwhile. */
  const saying = async <T>(text: string, work: () => Promise<T>): Promise<T> => {
    notice.say(text);
    const result = await work();
    if (notice.text === text) notice.clear();
    return result;
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
    get busy() {
      return taking;
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
    const wasRunning = state === "running" || (state === "done" && !wantsStill());
    state = "opening";
    show();
    while (looping || taking) await new Promise((resolve) => setTimeout(resolve, 10)); // the turn under way ends first
    play?.destroy?.();
    play = undefined;
    turns = 0;
    try {
      device = await pageDevice();
      await near;
      play = await saying("Getting it ready…", () => prepare(device!, self));
      state = wantsStill() && !wasRunning ? await settle() : "paused";
    } catch (error) {
      if (!device) withoutGpu(figure, error);
      else fail(error);
      return;
    }
    show();
    if (wasRunning || !wantsStill()) self.start();
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
