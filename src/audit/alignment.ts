/**
 * Alignment, the live measure: the angle between what a rule does and the true gradient, per layer, on the same batch
 * and the same weights. The rule's step runs with its optimiser in the form that writes directions out, backprop's runs
 * beside it, and nothing that learns is touched.
 */
import type { Field } from "../gpu/field";
import type { Schedule } from "../gpu/schedule";
import { Builder, type SplitFields } from "../net/builder";
import { type Network, type NetworkOptions, network } from "../net/network";
import { directionName, type SettingGroup } from "../net/optimiser";
import { poolRow } from "../net/pool";
import type { Rule } from "../net/rule";
import type { Writer } from "../net/synapses";

/** Angles in degrees; null where one of the two vectors is zero. */
export interface LayerAlignment {
  readonly projection: string;
  /** The layer of its post population, 1 to L. */
  readonly layer: number;
  /** Between the rule's direction for these weights and the gradient of the batch's mean loss. */
  readonly updateAngle: number | null;
  /** Between the rule's error in the post population and backprop's, over all neurons and samples. */
  readonly errorAngle: number | null;
}

export interface AlignmentProbe {
  readonly schedule: Schedule;
  /** Settings fields in use, and what fills each. */
  readonly settings: ReadonlyMap<string, SettingGroup>;
  /** The network whose input and target must be filled for the rule's side, and for the gradient's. */
  readonly networks: readonly [Network, Network];
  /** [2 · projections, 4]: a·b, a·a, b·b. */
  readonly result: Field;
}

/** The schedule that measures a rule's alignment on the next batch of `split`, or on a batch written by the host. */
export function alignmentProbe(
  rule: Rule,
  options: NetworkOptions,
  seed: number,
  writer: Writer,
  split?: SplitFields,
): AlignmentProbe {
  const ours = new Builder(network({ ...options, prefix: "probe:" }), "written", seed, writer);
  const gradient = new Builder(network({ ...options, prefix: "gradient:" }), "written", seed, writer);
  for (const step of [ours, gradient]) if (split) step.inPhase("sample").sample(split, "shuffled");
  rule.write(ours);
  rule.gradient(gradient);
  const count = ours.net.projections.length;
  const result: Field = {
    name: "probe:alignment",
    site: "global",
    home: "",
    shape: [2 * count, 4],
    type: "f32",
  };
  const compare = (a: Field, b: Field, row: number, layer: number) =>
    poolRow("pool/angle", { a, b }, result, row, { layer, phase: "compare" });
  const comparisons = ours.net.projections.flatMap((own, index) => {
    const { weight, post } = gradient.net.projections[index]!;
    const direction = (prefix: string): Field => ({ ...weight, name: directionName(prefix, weight) });
    return [
      compare(direction("probe:"), direction("gradient:"), index, own.layer),
      compare(own.post.error, post.error, count + index, own.layer),
    ];
  });
  return {
    schedule: [...ours.schedule, ...gradient.schedule, ...comparisons],
    settings: new Map([...ours.settings, ...gradient.settings]),
    networks: [ours.net, gradient.net],
    result,
  };
}

function angle(row: ArrayLike<number>, at: number): number | null {
  const [dot = 0, a = 0, b = 0] = [row[at], row[at + 1], row[at + 2]];
  if (!(a > 0 && b > 0)) return null;
  return (Math.acos(Math.min(1, Math.max(-1, dot / Math.sqrt(a * b)))) * 180) / Math.PI;
}

/** Angles from what the probe wrote. */
export function readAlignment(net: Network, result: ArrayLike<number>): LayerAlignment[] {
  const count = net.projections.length;
  return net.projections.map(({ name, layer }, index) => ({
    projection: name,
    layer,
    updateAngle: angle(result, 4 * index),
    errorAngle: angle(result, 4 * (count + index)),
  }));
}
