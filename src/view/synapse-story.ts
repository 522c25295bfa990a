/** What is told of one synapse under one rule; an inspection of the engine's fits it. */
import type { HeardValue, Origin } from "../audit/audit";
import type { ReadIndex } from "../gpu/schedule";
import type { Racer } from "./curves";

export interface HeardThing {
  readonly field: string;
  readonly at: "synapse" | "pre" | "post" | "global";
  readonly index: ReadIndex;
  readonly origin: Origin;
  readonly carrier: HeardValue["carrier"];
  /** One number, or one for each row where a field holds several. */
  readonly values: readonly number[];
}

export interface StoryUpdate {
  readonly phase: string;
  readonly heard: readonly HeardThing[];
  readonly before: number;
  readonly after: number;
}

export interface SynapseStory {
  readonly steps: number;
  readonly updates: readonly StoryUpdate[];
  readonly change: number;
  readonly alone: number | null;
  readonly backprop: {
    readonly gradient: number | null;
    readonly asks: number | null;
    readonly agrees: "yes" | "no" | "neither moves" | null;
  };
  readonly fresh: readonly string[];
}

export interface RacerStory {
  readonly racer: Racer;
  readonly story: SynapseStory;
}

/** "error" of "hidden1/error": what the value is, without whose it is. */
export const whatOf = (field: string): string => field.slice(field.lastIndexOf("/") + 1).replaceAll("-", " ");

const places: Readonly<Record<HeardThing["at"], string>> = {
  synapse: "at this synapse",
  pre: "at its pre neuron",
  post: "at its post neuron",
  global: "once for all",
};

const others: Readonly<Record<ReadIndex, string>> = {
  own: "",
  dendrite: ", with the neuron’s other synapses",
  layer: ", with its layer",
  batch: ", with the batch",
};

/** Where it was read. */
export const placeOf = ({ at, index }: HeardThing): string => places[at] + others[index];

/** Where it came from, in the audit's word and in plain ones. */
export function originOf({ origin, carrier }: HeardThing): string {
  if (origin === "own") return "own activity";
  if (origin === "lateral") return "lateral: from neurons beside it";
  if (origin === "broadcast") return "broadcast to all";
  return carrier === "error" ? "delivered by an error field" : "delivered by activity itself";
}
