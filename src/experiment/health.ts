/** Health: finds weights and losses that stopped being numbers, and says in which layer and at which step. */
import type { Field } from "../gpu/field";
import type { Schedule } from "../gpu/schedule";
import type { Network } from "../net/network";
import { poolRow } from "../net/pool";
import type { Projection } from "../net/projection";
import type { StepScore } from "./trainer";

/** A loss or a weight stopped being a number. */
export class NotFiniteError extends Error {
  override name = "NotFiniteError";
}

/** Workgroups that look at one weight field. */
const groups = 64;

/** How many values of each projection's weights are NaN or infinite, in parts: u32 [projections, groups]. */
export function healthField(net: Network): Field {
  return { name: "health", site: "global", home: "", shape: [net.projections.length, groups], type: "u32" };
}

/** Counts what is not finite in every weight field. NaN is found by its bits: `x != x` may be optimised away. */
export function healthCheck(net: Network): Schedule {
  const health = healthField(net);
  return net.projections.map(({ weight, layer }, row) =>
    poolRow("pool/health", { weight }, health, row, { layer, phase: "health" }, groups),
  );
}

/** The projections whose weights the check found broken. */
export function sickProjections(net: Network, counts: Uint32Array): Projection[] {
  return net.projections.filter((_, row) =>
    counts.subarray(row * groups, (row + 1) * groups).some((count) => count > 0),
  );
}

/** @throws NotFiniteError when a loss or a weight of the steps just done is not a number */
export function refuseNotFinite(
  rule: string,
  rate: number,
  scores: readonly StepScore[],
  sick: readonly Projection[],
): void {
  const lost = scores.find(({ loss }) => !Number.isFinite(loss));
  if (!lost && sick.length === 0) return;
  const layers = sick.map(({ name, layer }) => `layer ${layer} (${name})`).join(" and ");
  const where = sick.length > 0 ? `the weights of ${layers}` : "no weights yet";
  const what = lost
    ? `the loss became ${lost.loss} at step ${lost.step + 1}`
    : `a weight stopped being a number between steps ${scores[0]!.step + 1} and ${scores.at(-1)!.step + 1}`;
  throw new NotFiniteError(
    `${rule} diverged: ${what}, and NaN or infinity is in ${where}; lower the rate (now ${rate}).`,
  );
}
