/**
 * Surrogate-gradient backpropagation through time (Zenke & Ganguli 2018; Neftci, Mostafa & Zenke 2019): spiking neurons are
 * run through a trial, and the error goes back through every step of it, with a smooth slope in place of the spike's.
 *
 * The past is kept, or, where segments are shorter than the trial, only what each segment began with: the way back then
 * computes a segment again before it goes through it (Chen et al. 2016; Rumelhart, Hinton & Williams 1986 unfold time).
 */
import type { Field } from "../../gpu/field";
import type { TemporalBuilder } from "../../net/temporal/builder";
import { advance, type LifFields, lifFields, rewind } from "../../net/temporal/current-lif";
import {
  correlateEvents,
  encodeLatency,
  type LatencyEvents,
  projectEvents,
} from "../../net/temporal/latency";
import {
  integrate,
  type ReadoutFields,
  readoutFields,
  rewindReadout,
} from "../../net/temporal/leaky-readout";
import type { SurrogateNetwork } from "../../net/temporal/surrogate-network";

/** What a trial's records work on. */
interface Trial {
  readonly network: SurrogateNetwork;
  readonly events: LatencyEvents;
  readonly hidden: LifFields;
  readonly output: ReadoutFields;
}

/** Everything starts from rest, and the inputs are put in. */
function begin(step: TemporalBuilder, network: SurrogateNetwork, learns: boolean): Trial {
  const [input, hidden, output] = network.populations;
  const fields = lifFields(step, hidden, network.recurrent !== undefined);
  const readout = readoutFields(step, output);
  const events = encodeLatency(step.inPhase("sample"), input, learns);
  step.inPhase("forward").clear(1, fields.membrane, fields.current);
  step.clear(2, readout.membrane, readout.current, readout.highest, readout.when);
  return { network, events, hidden: fields, output: readout };
}

/** The hidden neurons live through the segment that begins at `first`; the outputs too, unless it is computed again. */
function live(step: TemporalBuilder, trial: Trial, first: number, outputs: boolean): void {
  const { network, events, hidden, output } = trial;
  const [, middle, last] = network.populations;
  const drive = step.passing(middle, "drive");
  step.spans(first, () => {
    projectEvents(step, events, { weight: network.toHidden }, drive, 1);
    if (network.recurrent)
      step.projectSpikes(hidden.spikes, { weight: network.recurrent, delay: 1, add: true }, drive, 1);
    advance(step, middle, network.neuron, drive, hidden);
    if (!outputs) return;
    const heard = step.passing(last, "step drive");
    step.projectSpikes(hidden.spikes, { weight: network.toOutput }, heard, 2);
    integrate(step, last, network.neuron, heard, output);
  });
}

/** What the hidden neurons were like as a segment began: kept, or taken up again. */
function checkpoint(step: TemporalBuilder, { network, hidden }: Trial, first: number, again: boolean): void {
  const { steps, rows } = step.time;
  const middle = network.populations[1];
  const carried: [present: Field, row: number, what: string][] = [
    [hidden.membrane, 0, "membrane kept"],
    [hidden.current, 0, "current kept"],
  ];
  if (network.recurrent) {
    const kept = hidden.spikes.shape[0]!;
    carried.push([hidden.spikes, (first + kept - 1) % kept, "spikes kept"]);
  }
  for (const [present, row, what] of carried) {
    const store = step.history(middle, what, steps / rows);
    if (again) step.copyRow(store, first / rows, present, row, 1);
    else step.copyRow(present, row, store, first / rows, 1);
  }
}

/** From the inputs to the scores. */
export function predictInTime(step: TemporalBuilder, network: SurrogateNetwork): void {
  const trial = begin(step, network, false);
  for (const first of step.segments) live(step, trial, first, true);
  step.readout();
}

/** One training step: forward through time, back through time, and every weight moves once. */
export function surrogateGradient(step: TemporalBuilder, network: SurrogateNetwork): void {
  const trial = begin(step, network, true);
  const { hidden, output, events } = trial;
  const [, middle, last] = network.populations;
  const segmented = step.segments.length > 1;
  for (const first of step.segments) {
    if (segmented) checkpoint(step, trial, first, false);
    live(step, trial, first, true);
  }
  step.inPhase("backward").readout();
  step.clear(1, hidden.membraneError, hidden.currentError, ...network.weights.map((w) => step.gradient(w)));
  step.clear(2, output.membraneError, output.currentError);
  for (const first of [...step.segments].reverse()) {
    if (segmented) {
      step.inPhase("again");
      checkpoint(step, trial, first, true);
      live(step, trial, first, false);
      step.inPhase("backward");
    }
    step.spans(first, () => {
      rewindReadout(step, last, network.neuron, output);
      step.correlateSpikes(hidden.spikes, output.signal, { weight: network.toOutput }, 2);
      step.transportBack(output.signal, { weight: network.toOutput }, hidden.spikeError, 1);
      if (network.recurrent) {
        const around = { weight: network.recurrent, delay: 1 };
        step.transportBack(hidden.error, { ...around, add: true }, hidden.spikeError, 1);
      }
      rewind(step, middle, network.neuron, hidden);
      if (network.recurrent)
        step.correlateSpikes(hidden.spikes, hidden.error, { weight: network.recurrent, delay: 1 }, 1);
      correlateEvents(step, events, hidden.error, network.toHidden, 1);
    });
  }
  for (const weight of network.weights) step.descend(weight, weight === network.toOutput ? 2 : 1);
}
