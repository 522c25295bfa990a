/** Outputs that integrate and never fire, whose highest value is what they say: SpyTorch's readout, forward and back. */
import type { Field } from "../../gpu/field";
import type { Population } from "../population";
import { own } from "../synapses";
import type { TemporalBuilder } from "./builder";
import { type CurrentLif, decays, shapeOf } from "./current-lif";

/** The fields of the outputs. */
export interface ReadoutFields {
  readonly membrane: Field;
  readonly current: Field;
  /** The highest membrane so far, which is what the softmax reads, and the number of steps gone by then, or 0. */
  readonly highest: Field;
  readonly when: Field;
  readonly membraneError: Field;
  readonly currentError: Field;
  /** What the loss makes of the drive at each step: [rows, batch, size]. */
  readonly signal: Field;
}

export function readoutFields(step: TemporalBuilder, output: Population): ReadoutFields {
  return {
    membrane: step.neurons(output, "membrane"),
    current: step.neurons(output, "current"),
    highest: step.drive(output),
    when: step.words(output, "when"),
    membraneError: step.neurons(output, "membrane error"),
    currentError: step.neurons(output, "current error"),
    signal: step.history(output, "drive error"),
  };
}

/** The outputs integrate through a span. */
export function integrate(
  step: TemporalBuilder,
  output: Population,
  neuron: CurrentLif,
  drive: Field,
  fields: ReadoutFields,
): void {
  const { membrane, current, highest, when } = fields;
  const { constants, threads } = shapeOf(output);
  const state = [membrane, current, drive];
  step.inTime({
    verb: "local",
    kernel: "temporal/leaky-readout",
    bind: { drive, membrane, current, highest, when },
    writes: [
      { field: membrane, from: step.within([membrane, current], state) },
      { field: current, from: own(current, drive) },
      { field: highest, from: step.within([membrane, current, highest], state) },
      { field: when, from: step.within([membrane, current, highest, when], state) },
    ],
    layer: output.layer,
    constants: { ...constants, ...decays(neuron) },
    threads,
  });
}

/** The outputs' errors go back through a span. */
export function rewindReadout(
  step: TemporalBuilder,
  output: Population,
  neuron: CurrentLif,
  { when, membraneError, currentError, signal }: ReadoutFields,
): void {
  const { error, layer } = output;
  const { constants, threads } = shapeOf(output);
  step.inTime({
    verb: "local",
    kernel: "temporal/leaky-readout-back",
    bind: { error, when, membraneError, currentError, signal },
    writes: [
      { field: membraneError, from: own(error, when, membraneError) },
      { field: currentError, from: own(error, when, membraneError, currentError) },
      {
        field: signal,
        from: step.within([currentError, ...step.kept(signal)], [error, when, membraneError]),
      },
    ],
    layer,
    constants: { ...constants, ...decays(neuron) },
    threads,
  });
}
