/** What the rules of this family share: activity up through every projection, and an error sent back down layer by layer. */
import type { Field } from "../gpu/field";
import type { Builder } from "./builder";
import type { Projection } from "./projection";

/** Activity travels from the input to the output. */
export function forward(step: Builder): void {
  step.inPhase("forward");
  for (const projection of step.net.projections) step.project(projection);
}

/**
 * The output's error travels down to each layer in turn, through the synapses that `through` names, and each projection
 * takes its direction from its own pre activity and post error. The error leaves a layer before that layer's weights change.
 */
export function backward(step: Builder, through: (projection: Projection) => Field): void {
  let error = step.inPhase("backward").readout();
  for (const projection of [...step.net.projections].reverse()) {
    const { pre, weight, layer } = projection;
    const below = pre.layer > 0 ? step.transport(through(projection), error, pre) : error;
    step.correlate(pre.activity, error, weight, layer);
    error = below;
  }
}
