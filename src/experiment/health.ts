/** Health: finds weights and losses that stopped being numbers, and says in which layer and at which step. */
import type { Field } from "../gpu/field";
import type { Schedule } from "../gpu/schedule";
import type { Network } from "../net/network";
import { poolRow } from "../net/pool";
import type { StepScore } from "./trainer";

/** A loss or a weight stopped being a number. */
export class NotFiniteError extends Error {
  override name = "NotFiniteError";
}

/** Workgroups that look at one field. */
const groups = 64;

/** Whether a field holds what can stop being a number. */
export const canSicken = ({ type }: Field): boolean => type === "f32";

/** How many values of each learned field are NaN or infinite, in parts: u32 [fields, groups]. */
export function healthField(learned: readonly Field[]): Field {
  return { name: "health", site: "global", home: "", shape: [learned.length, groups], type: "u32" };
}

/** Counts what is not finite in every learned field. NaN is found by its bits: `x != x` may be optimised away. */
export function healthCheck(learned: readonly Field[]): Schedule {
  const health = healthField(learned);
  return learned.map((weight, row) =>
    poolRow("pool/health", { weight }, health, row, { layer: 0, phase: "health" }, groups),
  );
}

/** The fields that the check found broken. */
export function sickFields(learned: readonly Field[], counts: Uint32Array): Field[] {
  return learned.filter((_, row) =>
    counts.subarray(row * groups, (row + 1) * groups).some((count) => count > 0),
  );
}

/** @throws NotFiniteError when a loss, a weight or what goes with it is not a number after the steps just done */
export function refuseNotFinite(
  rule: string,
  rate: number,
  net: Network,
  scores: readonly StepScore[],
  sick: readonly Field[],
): void {
  const lost = scores.find(({ loss }) => !Number.isFinite(loss));
  if (!lost && sick.length === 0) return;
  const places = sick.map(({ name, home }) => {
    const layer = net.projections.find((projection) => projection.name === home)?.layer;
    return layer === undefined ? name : `layer ${layer} (${home})`;
  });
  const what = lost
    ? `the loss became ${lost.loss} at step ${lost.step + 1}`
    : `a weight stopped being a number between steps ${scores[0]!.step + 1} and ${scores.at(-1)!.step + 1}`;
  const where = sick.length > 0 ? [...new Set(places)].join(" and ") : "no weights yet";
  throw new NotFiniteError(
    `${rule} diverged: ${what}, and NaN or infinity is in ${where}; lower the rate (now ${rate}).`,
  );
}
