/** What every library must offer to be measured: to train a given network for some steps. */
import type { Problem, Start } from "./problem";

export interface Session {
  /** Trains `steps` steps and resolves to the last one's loss, before its update, once it has been read back. */
  train(steps: number): Promise<number>;
  close(): void;
}

export interface Contestant {
  readonly name: string;
  /** How it is driven, for the report. */
  readonly driven: string;
  open(problem: Problem, start: Start): Promise<Session>;
}
