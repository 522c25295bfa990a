/** Digits by surrogate gradients (SpyTorch's second tutorial), small, and on digits that this page draws itself. */
import { describeDataset, uploadDataset } from "../../src/experiment/data";
import { planSurrogate, type SurrogateFashionOptions } from "../../src/experiment/surrogate";
import { TemporalBuilder } from "../../src/net/temporal/builder";
import { latencyTable } from "../../src/net/temporal/latency";
import { surrogateNetwork } from "../../src/net/temporal/surrogate-network";
import { surrogateGradient } from "../../src/rule/temporal/surrogate-gradient";
import { findTask } from "../../src/task/task";
import { driveOf, type Model, rateOf, spikesOf } from "./model";

const [dtMs, steps, batch] = [1, 50, 40];
const [train, tests] = [2000, 250];
const [inputs, hidden, classes] = [784, 40, 10];
const options = {
  ...{ layers: [inputs, hidden, classes], dtMs, steps, batch, rate: 2e-3 },
} satisfies SurrogateFashionOptions;
const colour = "--ink";

export const drawnDigits: Model = {
  rule: "backprop through time",
  colour,
  task: "read digits",
  says: "Each pixel fires once, the sooner the darker it is; the output that rises highest is the answer. Then the error goes back through all 50 steps in reverse. A spike has no slope to go through, so a smooth one stands in: a surrogate gradient.",
  network: `${inputs} inputs, ${hidden} LIF neurons, ${classes} outputs`,
  chance: 0.9,
  top: 1,
  ...{ batch, tests, testEvery: 10, enough: 300 },

  async open(device, seed) {
    const dataset = await findTask("digits").load({ seed, train, test: tests });
    const plan = planSurrogate(describeDataset(dataset), { ...options, seed });
    return { plan, data: await uploadDataset(device, dataset) };
  },

  async look(trials, test) {
    const [images, fired, weight, target, score] = await Promise.all([
      trials.read("test:input/activity"),
      trials.read("test:hidden/spikes"),
      trials.read("hidden-output/weight"),
      trials.read<Uint32Array>("test:target"),
      trials.read("test:output/score"),
    ]);
    const sample = test % tests;
    const image = images.slice(sample * inputs, (sample + 1) * inputs);
    const table = latencyTable(steps, dtMs);
    const heard = [...image].flatMap((ink, pixel) => {
      const step = table[Math.round(255 * ink)]!;
      return step < steps ? [[step, pixel] as const] : [];
    });
    const spikes = spikesOf(fired, { batch: tests, all: hidden, sample }, 0, hidden);
    const { membraneKeeps, currentKeeps } = surrogateNetwork(options).neuron;
    const [membrane, current] = [new Float32Array(classes), new Float32Array(classes)];
    const courses = driveOf(spikes, weight, steps, classes).map((drive) =>
      drive.map((heardNow, output) => {
        membrane[output] = membraneKeeps * membrane[output]! + current[output]!;
        current[output] = currentKeeps * current[output]! + heardNow;
        return membrane[output]!;
      }),
    );
    const highest = Array.from({ length: classes }, (_, output) =>
      Math.max(0, ...courses.map((course) => course[output]!)),
    );
    const [label, said] = [target[sample]!, highest.indexOf(Math.max(...highest))];
    return {
      trial: {
        ...{ dtMs, steps, scaleMs: 10 },
        bands: [
          { name: "pixels", rows: inputs, colour: "--ink", spikes: heard },
          { name: "hidden", rows: hidden, colour, spikes },
        ],
        outputs: highest.map((_, output) => ({
          ...((output === label || output === said) && { label: `“${output}”` }),
          values: courses.map((course) => course[output]!),
          wanted: output === label,
        })),
      },
      told: `A ${label} that it never learned from. Of the outputs “${said}” rises highest, which is ${said === label ? "right" : "wrong"}.`,
      right: score[2 * sample + 1]! > 0,
      rate: rateOf(fired, dtMs),
      image,
    };
  },

  apart() {
    const network = surrogateNetwork(options);
    const step = new TemporalBuilder(network.net, { steps, rows: steps, span: 1 }, "adam", 1);
    surrogateGradient(step, network);
    return step.schedule;
  },
};
