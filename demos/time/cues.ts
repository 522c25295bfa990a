/** Evidence accumulation by e-prop (Bellec et al. 2020, figure 3), small and in steps of 10 ms, so that it learns in a tab. */
import { type EvidenceOptions, evidenceTask, planEvidence } from "../../src/experiment/eprop";
import { adaptiveNetwork } from "../../src/net/temporal/adaptive-network";
import { TemporalBuilder } from "../../src/net/temporal/builder";
import { drawEvidence, trialSteps } from "../../src/net/temporal/evidence";
import { eProp } from "../../src/rule/temporal/e-prop";
import { percent } from "../../src/view/format";
import { driveOf, type Model, rateOf, spikesOf } from "./model";

const [dtMs, delayMs, batch, tests] = [10, 300, 16, 64];
const [inputs, regular, adaptive] = [40, 16, 16];
const hidden = regular + adaptive;
const options = {
  ...{ dtMs, delayMs, batch, tests, inputs, regular, adaptive },
  ...{ adaptationMs: 1500, rate: 0.01, feedback: "symmetric" },
} satisfies EvidenceOptions;
const task = evidenceTask(dtMs, delayMs);
const steps = trialSteps(task);
const sides = ["left", "right"] as const;
const colour = "--family-feedback";

/** Which side each cue came from: the one whose inputs fired more in its time. */
function cuesOf(left: readonly (readonly [number, number])[], right: typeof left): string[] {
  return Array.from({ length: task.cues }, (_, cue) => {
    const [from, to] = [cue * task.interval, (cue + 1) * task.interval];
    const heard = [left, right].map((spikes) => spikes.filter(([step]) => step >= from && step < to).length);
    return sides[heard[0]! >= heard[1]! ? 0 : 1];
  });
}

export const cues: Model = {
  rule: "e-prop",
  colour,
  task: "weigh seven cues",
  says: "Seven cues come from the left or the right. Then nothing, for 300 ms; then the network is asked which side had more. Each synapse keeps a trace of what it took part in, and at the answer a signal from the outputs turns it into a change.",
  network: `${inputs} inputs, ${regular} LIF and ${adaptive} adaptive neurons that hear each other, 2 outputs`,
  chance: 0.5,
  top: 0.7,
  ...{ batch, tests, testEvery: 5, enough: 100 },

  open: async (_, seed) => ({ plan: planEvidence({ ...options, seed }) }),

  async look(trials) {
    const [heard, fired, weight, target, score] = await Promise.all([
      trials.read("test:input/spikes"),
      trials.read("test:hidden/spikes"),
      trials.read("hidden-output/weight"),
      trials.read<Uint32Array>("test:target"),
      trials.read("test:output/score"),
    ]);
    const sample = 0;
    const group = inputs / 4;
    const [left = [], right = [], recall = [], noise = []] = [0, 1, 2, 3].map((one) =>
      spikesOf(heard, { batch, all: inputs, sample }, one * group, group),
    );
    const own = (from: number, size: number) => spikesOf(fired, { batch, all: hidden, sample }, from, size);
    const { outputKeeps } = adaptiveNetwork(options);
    const membrane = [0, 0];
    const courses = driveOf(own(0, hidden), weight, steps, 2).map((drive) =>
      sides.map((_, output) => {
        membrane[output] = outputKeeps * membrane[output]! + drive[output]!;
        return membrane[output]!;
      }),
    );
    const answer = steps - task.recall;
    const votes = courses.slice(answer).map(([l = 0, r = 0]) => 1 / (1 + Math.exp(r - l)));
    const share = votes.reduce((sum, vote) => sum + vote, 0) / votes.length;
    const came = cuesOf(left, right);
    const lefts = came.filter((side) => side === "left").length;
    const [label, said] = [target[sample]!, share > 0.5 ? 0 : 1];
    const sure = percent(said === 0 ? share : 1 - share);
    const ink = "--ink";
    return {
      trial: {
        ...{ dtMs, steps, answer, scaleMs: 200 },
        bands: [
          { name: "left cues", rows: group, colour: ink, spikes: left },
          { name: "right cues", rows: group, colour: ink, spikes: right },
          { name: "recall", rows: group, colour: ink, spikes: recall },
          { name: "noise", rows: group, colour: "--muted", spikes: noise },
          { name: "LIF", rows: regular, colour, spikes: own(0, regular) },
          { name: "adaptive", rows: adaptive, colour, spikes: own(regular, adaptive) },
        ],
        outputs: sides.map((label_, output) => ({
          label: label_,
          values: courses.map((course) => course[output]!),
          wanted: output === label,
        })),
      },
      told: `Cues: ${came.join(", ")}. So ${Math.max(lefts, task.cues - lefts)} of ${task.cues} from the ${sides[label]}; the network says ${sides[said]} (${sure}), which is ${said === label ? "right" : "wrong"}.`,
      right: score[2 * sample + 1]! > 0,
      rate: rateOf(fired, dtMs),
    };
  },

  apart() {
    const network = adaptiveNetwork(options);
    const step = new TemporalBuilder(network.net, { steps, rows: 1, span: 1 }, "adam", 1);
    const draw = (spikes: Parameters<typeof drawEvidence>[2]) => drawEvidence(step, task, spikes, 1);
    eProp(step, network, { draw, answer: task.recall }, options.feedback);
    return step.schedule;
  },
};
