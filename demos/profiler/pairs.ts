/** Pairs: the kernels of two runs side by side, and how sure the ratio of their times is. */
import { isReal, type RatioInterval, ratioOfMedians } from "../../src/gpu/bootstrap";
import { kernelName, type ProfileRow } from "../../src/gpu/profile-row";
import type { Profile } from "../../src/gpu/profiler";

export interface Pair {
  readonly name: string;
  readonly where: string;
  /** ms a step: all calls of the kernel; undefined where the run has no such kernel. */
  readonly a: number | undefined;
  readonly b: number | undefined;
  /** B over A, where both have it. */
  readonly ratio: RatioInterval | undefined;
}

/** Which kernel of another run a row stands beside: the same work in the same place, whatever it was lowered to. */
function keyed(rows: readonly ProfileRow[]): Map<string, ProfileRow> {
  const seen = new Map<string, number>();
  return new Map(
    rows.map((row) => {
      const key = [row.record.kernel, row.layer, row.phase].join(" ");
      const count = (seen.get(key) ?? 0) + 1;
      seen.set(key, count);
      return [`${key} ${count}`, row];
    }),
  );
}

const perStep = (row: ProfileRow | undefined) => row?.times.map((ms) => row.calls * ms);

/** The whole step first, then B's kernels in their order, then those that only A has. @param pause lets the page answer in between */
export async function pairsOf(a: Profile, b: Profile, pause: () => Promise<unknown>): Promise<Pair[]> {
  const [inA, inB] = [keyed(a.rows), keyed(b.rows)];
  const pairs: Pair[] = [
    {
      name: "Whole step",
      where: "by the host’s clock",
      a: a.step.ms,
      b: b.step.ms,
      ratio: ratioOfMedians(a.step.times, b.step.times),
    },
  ];
  for (const key of new Set([...inB.keys(), ...inA.keys()])) {
    await pause();
    const [one, other] = [inA.get(key), inB.get(key)];
    const row = other ?? one!;
    const [before, after] = [perStep(one), perStep(other)];
    pairs.push({
      name: kernelName(row),
      where: whereOf(row),
      a: one && one.calls * one.ms,
      b: other && other.calls * other.ms,
      ratio: before && after && ratioOfMedians(before, after),
    });
  }
  return pairs;
}

export const whereOf = ({ layer, phase }: Pick<ProfileRow, "layer" | "phase">): string =>
  `${phase ? `${phase}, ` : ""}${layer === 0 ? "input" : `layer ${layer}`}`;

/** In plain words what the interval shows. */
export function verdictOf({ a, b, ratio }: Pair): string {
  if (!ratio) return a === undefined ? "only in B" : b === undefined ? "only in A" : "";
  if (!isReal(ratio)) return "no difference shown";
  return ratio.high < 1 ? "B is faster" : "B is slower";
}
