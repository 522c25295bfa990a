/** Stage: where the libraries train, in a page or in Node. It keeps their sessions and does one thing at a time when told. */
import type { Contestant, Session } from "./contestant";
import { checkedSteps, type Problem, startOf } from "./problem";

export interface Entry {
  /** Mean loss before the update of each checked step. */
  readonly losses: readonly number[];
  readonly driven: string;
}

export class Stage {
  private readonly sessions = new Map<string, Session>();

  constructor(private readonly contestants: readonly Contestant[]) {}

  /** Opens a library's session and trains past the last checked step, which also compiles everything. */
  async enter(name: string, problem: Problem): Promise<Entry> {
    const { open, driven } = this.contestants.find((contestant) => contestant.name === name)!;
    const session = await open(problem, startOf(problem));
    this.sessions.set(name, session);
    const losses: number[] = [];
    let trained = 0;
    for (const step of checkedSteps) {
      losses.push(await session.train(step + 1 - trained));
      trained = step + 1;
    }
    return { losses, driven };
  }

  /** Milliseconds that `steps` steps took, to the loss read back. */
  async turn(name: string, steps: number): Promise<number> {
    const start = performance.now();
    const loss = await this.sessions.get(name)!.train(steps);
    const elapsed = performance.now() - start;
    if (!Number.isFinite(loss)) throw new Error(`${name} diverged: its loss became ${loss}.`);
    return elapsed;
  }

  /** Ends every session. */
  async leave(): Promise<void> {
    for (const session of this.sessions.values()) session.close();
    this.sessions.clear();
  }
}
