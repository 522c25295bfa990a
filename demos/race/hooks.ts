/** What a race asks of whoever has it, and how it is started. */
import type { Checkpoint } from "../../src/experiment/checkpoint";
import type { Device } from "../../src/gpu/device";
import type { Dataset } from "../../src/task/task";
import type { Log } from "../../src/view/history";
import type { Tone } from "../../src/view/notice";

export type RaceState = "none" | "running" | "paused" | "over" | "failed";

export interface RaceHooks {
  /** Opens a device, again where one was lost. */
  open(): Promise<Device>;
  /** Something happened that a person should read. */
  say(message: string, tone: Tone): void;
  /** Where a race is taken down; default in a history of its own. */
  log?(batch: number): Log;
  /** Steps of each rule until the race rests; playing on adds as many again. Default hours of them. */
  stretch?(dataset: Dataset, batch: number): number;
  /** Waits until others have come as far, where several races keep abreast. */
  abreast?(samples: number): Promise<void>;
  /** Nothing runs any more: the race rests, has failed, or is replaced. */
  ended?(): void;
}

/** How a race starts, where not from nothing. */
export interface Start {
  /** What to go on from. */
  readonly from?: Checkpoint | undefined;
  /** Whether it waits for Play. */
  readonly held?: boolean;
}
