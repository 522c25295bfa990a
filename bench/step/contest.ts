/**
 * Contest: every library trains the same network in turn, round after round, so that whatever else the machine does
 * falls on all of them. It runs in a page and in Node alike.
 */
import type { Contestant, Session } from "./contestant";
import { checkedSteps, type Problem, startOf } from "./problem";
import { type Spread, spreadOf } from "./statistics";

export interface Pace {
  readonly rounds: number;
  /** What a library's turn in a round should last, at the least. */
  readonly turnMs: number;
}

export interface Standing {
  readonly name: string;
  readonly driven: string;
  readonly losses: readonly number[];
  /** Steps in a turn. */
  readonly steps: number;
  readonly msPerStep: Spread;
  /** This library's time over the first one's, round by round. */
  readonly ratio: Spread;
}

export interface Outcome {
  readonly standings: readonly Standing[];
  /** Libraries that do not run here, and why. */
  readonly absent: readonly { readonly name: string; readonly why: string }[];
}

interface Entrant {
  readonly contestant: Contestant;
  readonly session: Session;
  readonly losses: number[];
  readonly times: number[];
  steps: number;
}

/**
 * @param contestants the first is what the others are compared with, and must run
 * @throws when a library does not reproduce the losses
 */
export async function contest(contestants: readonly Contestant[], problem: Problem, pace: Pace): Promise<Outcome> {
  const entrants: Entrant[] = [];
  const absent: { name: string; why: string }[] = [];
  for (const contestant of contestants)
    try {
      entrants.push(await enter(contestant, problem));
    } catch (error) {
      absent.push({ name: contestant.name, why: String(error).split("\n")[0]! });
    }
  if (entrants[0]?.contestant !== contestants[0])
    throw new Error(`${contestants[0]!.name} does not run here: ${absent[0]?.why}`);
  for (const entrant of entrants) {
    checkLosses(entrant, problem);
    const once = await turn(entrant, 3);
    entrant.steps = Math.ceil(pace.turnMs / once);
  }
  for (let round = 0; round < pace.rounds; round++)
    for (let seat = 0; seat < entrants.length; seat++) {
      const entrant = entrants[(round + seat) % entrants.length]!;
      entrant.times.push(await turn(entrant, entrant.steps));
    }
  for (const { session } of entrants) session.close();
  return { standings: entrants.map((entrant) => standing(entrant, entrants[0]!)), absent };
}

/** Trains past the last checked step, which also compiles everything. */
async function enter(contestant: Contestant, problem: Problem): Promise<Entrant> {
  const session = await contestant.open(problem, startOf(problem));
  const losses: number[] = [];
  let trained = 0;
  for (const step of checkedSteps) {
    losses.push(await session.train(step + 1 - trained));
    trained = step + 1;
  }
  return { contestant, session, losses, times: [], steps: 1 };
}

function checkLosses({ contestant, losses }: Entrant, problem: Problem): void {
  const wrong = problem.losses.findIndex((expected, at) => !(Math.abs(losses[at]! - expected) <= 1e-4 * expected));
  if (wrong >= 0)
    throw new Error(
      `${contestant.name} does other work: its losses on ${problem.name} at steps ${checkedSteps.join(", ")} are ${losses.join(", ")}, but ${problem.losses.join(", ")} were expected.`,
    );
}

/** Milliseconds a step. */
async function turn({ contestant, session }: Entrant, steps: number): Promise<number> {
  const start = performance.now();
  const loss = await session.train(steps);
  const elapsed = performance.now() - start;
  if (!Number.isFinite(loss)) throw new Error(`${contestant.name} diverged: its loss became ${loss}.`);
  return elapsed / steps;
}

function standing({ contestant, losses, steps, times }: Entrant, first: Entrant): Standing {
  const { name, driven } = contestant;
  const ratio = spreadOf(times.map((time, round) => time / first.times[round]!));
  return { name, driven, losses, steps, msPerStep: spreadOf(times), ratio };
}
