/** State: all that an address of the lab holds, and what the lab starts with. Reading and writing it: address.ts. */
import { tasks } from "../../src/task/task";
import { freshSpec, type RunSpec } from "./spec";

/** Steps a second that each run is held to. */
export const speeds = {
  "1": { title: "1 step a second", perSecond: 1 },
  "10": { title: "10 steps a second", perSecond: 10 },
  "100": { title: "100 steps a second", perSecond: 100 },
  full: { title: "as fast as it goes", perSecond: Number.POSITIVE_INFINITY },
} as const;

export type Speed = keyof typeof speeds;

export interface LabState {
  /** A task's name, or `own:NAME` for someone's own data, which an address can't hold. */
  readonly task: string;
  /** How many samples to learn from and to test on; undefined for the task's own number. */
  readonly train: number | undefined;
  readonly test: number | undefined;
  /** How long a run lasts; playing on adds as many again. */
  readonly epochs: number;
  readonly speed: Speed;
  /** Whether it goes on in a hidden tab. */
  readonly background: boolean;
  /** False where it was paused by hand. */
  readonly playing: boolean;
  readonly runs: readonly RunSpec[];
}

/** Tasks that are drawn here, and so may have more or fewer samples. */
export const atHand = ["digits", "spirals", "xor", "encoder"] as const;

export const taskNames: readonly string[] = tasks.map(({ name }) => name);

const ownPrefix = "own:";

export const isOwn = (task: string): boolean => task.startsWith(ownPrefix);
/** The task of a data set by its name, which may have the prefix already. */
export const ownTask = (name: string): string => ownPrefix + name.replace(ownPrefix, "").slice(0, 80);
export const ownName = (task: string): string => task.slice(ownPrefix.length);

/** What a visitor finds: two rules on a network that learns within seconds. */
export function firstState(software: boolean): LabState {
  return {
    task: "digits",
    train: software ? undefined : 12_000,
    test: software ? undefined : 2000,
    epochs: 20,
    speed: "full",
    background: false,
    playing: true,
    runs: ["backprop", "feedback-alignment"].map((rule) => ({
      ...freshSpec(rule, software),
      seeds: software ? 1 : 3,
    })),
  };
}
