/**
 * Contest: every library trains the same network in turn, round after round, so that whatever else the machine does
 * falls on all of them. On a software adapter the processors' own time is taken too, which a busy machine hardly changes.
 */
import type { Place } from "../place";
import { checkedSteps, type Problem } from "./problem";
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
  readonly wall: Measure;
  readonly cpu: Measure | undefined;
}

interface Measure {
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
  readonly name: string;
  readonly driven: string;
  readonly losses: readonly number[];
  readonly steps: number;
  readonly wall: number[];
  readonly cpu: number[];
}

/** The first is what the others are compared with. */
export const libraries = ["Engram", "jax-js", "TensorFlow.js"] as const;

/** @throws when the first library does not run, or one does not reproduce the losses */
export async function contest(place: Place, problem: Problem, { rounds, turnMs }: Pace): Promise<Outcome> {
  const entrants: Entrant[] = [];
  const absent: { name: string; why: string }[] = [];
  for (const name of libraries) {
    const entry = await place.stage
      .enter(name, problem)
      .catch((error) => String(error.message).split("\n")[0]!);
    if (typeof entry === "string") {
      absent.push({ name, why: entry });
      continue;
    }
    checkLosses(name, entry.losses, problem);
    const steps = Math.ceil(turnMs / ((await place.stage.turn(name, 2)) / 2));
    console.error(`  ${name} reproduces the losses; ${steps} steps a turn`);
    entrants.push({ name, ...entry, steps, wall: [], cpu: [] });
  }
  if (entrants[0]?.name !== libraries[0])
    throw new Error(`${libraries[0]} does not run here: ${absent[0]!.why}`);
  for (let round = 0; round < rounds; round++)
    for (let seat = 0; seat < entrants.length; seat++) {
      const { name, steps, wall, cpu } = entrants[(round + seat) % entrants.length]!;
      const before = place.cpuMs?.();
      wall.push((await place.stage.turn(name, steps)) / steps);
      if (before !== undefined) cpu.push((place.cpuMs!() - before) / steps);
    }
  await place.stage.leave();
  return { standings: entrants.map((entrant) => standing(entrant, entrants[0]!)), absent };
}

function checkLosses(name: string, losses: readonly number[], problem: Problem): void {
  if (problem.losses.every((expected, at) => Math.abs(losses[at]! - expected) <= 1e-5 * expected)) return;
  throw new Error(
    `${name} does other work: its losses on ${problem.name} at steps ${checkedSteps.join(", ")} are ${losses.join(", ")}, but ${problem.losses.join(", ")} were expected.`,
  );
}

function standing({ name, driven, losses, steps, wall, cpu }: Entrant, first: Entrant): Standing {
  const measure = (times: readonly number[], base: readonly number[]): Measure => ({
    msPerStep: spreadOf(times),
    ratio: spreadOf(times.map((time, round) => time / base[round]!)),
  });
  const processors = cpu.length > 0 ? measure(cpu, first.cpu) : undefined;
  return { name, driven, losses, steps, wall: measure(wall, first.wall), cpu: processors };
}
