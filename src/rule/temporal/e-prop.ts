/**
 * e-prop (Bellec et al. 2020): every synapse keeps an eligibility trace of its own, forward in time, and a learning signal that
 * the outputs send back at each step turns it into a change. Nothing of the past is kept or run again.
 *
 * What brings the signal back: the weights to the outputs turned round (`symmetric`), fixed random synapses (`random`), or
 * synapses that make the same change as the weights they stand for, both decaying (`adaptive`).
 */
import type { Field } from "../../gpu/field";
import type { SettingSource } from "../../net/optimiser";
import {
  decide,
  eligibleFields,
  fire,
  type HiddenFields,
  makeEligible,
  mostTogether,
  sumSamples,
  traceOf,
} from "../../net/temporal/adaptive-lif";
import type { AdaptiveNetwork } from "../../net/temporal/adaptive-network";
import type { TemporalBuilder } from "../../net/temporal/builder";

export const feedbacks = ["symmetric", "random", "adaptive"] as const;
export type Feedback = (typeof feedbacks)[number];

/** What a trial is, beside the network. */
export interface TrialTask {
  /** Draws or puts in the input spikes of the span: [rows, batch, inputs]. */
  readonly draw: (spikes: Field) => void;
  /** The last steps of the trial, in which the outputs answer. */
  readonly answer: number;
}

/** Decay of the weights to the outputs and of the feedback that follows them. */
const decaying: SettingSource = ({ readoutDecay = 0, ...values }) => ({ ...values, decay: readoutDecay });

interface Fields {
  readonly inputSpikes: Field;
  readonly hidden: HiddenFields;
  readonly voting: { readonly membrane: Field; readonly votes: Field; readonly error: Field };
}

function fieldsOf(step: TemporalBuilder, { populations }: AdaptiveNetwork): Fields {
  const [input, middle, output] = populations;
  return {
    inputSpikes: { ...step.history(input, "spikes"), role: "input" },
    hidden: {
      membrane: step.neurons(middle, "membrane"),
      adaptation: step.neurons(middle, "adaptation"),
      spikes: step.history(middle, "spikes"),
      slope: step.history(middle, "slope"),
    },
    voting: {
      membrane: step.neurons(output, "membrane"),
      votes: step.neurons(output, "votes"),
      error: step.history(output, "error"),
    },
  };
}

/** A trial from rest: what each span's steps are, before and after the neurons fire. */
function live(
  step: TemporalBuilder,
  network: AdaptiveNetwork,
  task: TrialTask,
  { inputSpikes, hidden, voting }: Fields,
  learn: { readonly before?: () => void; readonly after?: () => void },
): void {
  const [, middle, output] = network.populations;
  step.inPhase("forward").clear(1, hidden.membrane, hidden.adaptation);
  step.clear(2, voting.membrane, voting.votes, step.net.score);
  const draw = () => task.draw(inputSpikes);
  const { recurrent } = network;
  const { rows } = step.time;
  const together = rows > 1 && recurrent !== undefined && middle.size <= mostTogether;
  const neurons = () => {
    const drive = step.passing(middle, "drive");
    step.projectSpikes(inputSpikes, { weight: network.toHidden }, drive, 1);
    if (recurrent && !together)
      step.projectSpikes(hidden.spikes, { weight: recurrent, delay: 1, add: true }, drive, 1);
    fire(step, network, drive, hidden, together ? recurrent : undefined);
  };
  const answer = () => {
    const drive = step.passing(output, "drive");
    step.projectSpikes(hidden.spikes, { weight: network.toOutput }, drive, 2);
    decide(step, network, drive, task.answer, voting);
  };
  if (rows === 1)
    step.onward(1, () => {
      draw();
      learn.before?.();
      neurons();
      answer();
      learn.after?.();
    });
  else {
    step.onward(rows, draw);
    step.onward(recurrent && !together ? 1 : rows, neurons);
    step.onward(rows, () => {
      answer();
      learn.before?.();
      learn.after?.();
    });
  }
}

/** From the inputs to the scores. */
export function predictTrial(step: TemporalBuilder, network: AdaptiveNetwork, task: TrialTask): void {
  live(step, network, task, fieldsOf(step, network), {});
}

/**
 * One training step: a batch of trials, and every weight moves once. Where histories hold one step (`time.rows` 1) everything
 * happens as time goes by; where they hold all, the same is done with fewer dispatches, bit for bit.
 */
export function eProp(
  step: TemporalBuilder,
  network: AdaptiveNetwork,
  task: TrialTask,
  feedback: Feedback,
): void {
  const { toHidden, toOutput, recurrent, membraneKeeps, outputKeeps } = network;
  const [input, middle] = network.populations;
  const fields = fieldsOf(step, network);
  const { inputSpikes, hidden, voting } = fields;
  const traced = (of: typeof middle, what: string) => ({
    now: step.neurons(of, `${what} now`),
    trace: step.history(of, what),
  });
  const heard = traced(input, "trace");
  const around = traced(middle, "trace");
  const outgoing = traced(middle, "trace to output");
  const signal = step.history(middle, "learning signal");
  const silent = step.time.steps - task.answer;
  const incoming = [
    { weight: toHidden, pre: heard.trace, fields: eligibleFields(step, toHidden) },
    ...(recurrent ? [{ weight: recurrent, pre: around.trace, fields: eligibleFields(step, recurrent) }] : []),
  ];
  step.inPhase("rest").clear(1, heard.now, around.now, outgoing.now);
  for (const { fields: each } of incoming) step.clear(1, each.adapting, each.eligible, each.sum);
  step.clear(2, step.gradient(toOutput));
  live(step, network, task, fields, {
    // The trace of what neurons said a step ago: read before they speak again.
    before: () => {
      traceOf(step, input, inputSpikes, heard, { keeps: membraneKeeps, layer: 1 });
      if (recurrent)
        traceOf(step, middle, hidden.spikes, around, { keeps: membraneKeeps, layer: 1, delay: 1 });
    },
    after: () => {
      const back = feedback === "symmetric" ? toOutput : network.feedback;
      step.transportBack(voting.error, { weight: back }, signal, 1);
      traceOf(step, middle, hidden.spikes, outgoing, { keeps: outputKeeps, layer: 2 });
      step.correlateSpikes(outgoing.trace, voting.error, { weight: toOutput }, 2);
      for (const { weight, pre, fields: each } of incoming)
        makeEligible(step, network, weight, { pre, slope: hidden.slope, signal }, silent, each);
    },
  });
  step.inPhase("learn");
  for (const { weight, fields: each } of incoming) {
    sumSamples(step, each.sum, step.gradient(weight), 1);
    step.descend(weight, 1);
  }
  const settings = feedback === "adaptive" ? (["readout", decaying] as const) : undefined;
  const options = settings ? { settings } : {};
  step.descend(toOutput, 2, options);
  if (feedback === "adaptive")
    step.descend(network.feedback, 2, { gradient: step.gradient(toOutput), ...options });
}
