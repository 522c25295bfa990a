/** Typed neurons that run: against the midpoint method in float64, and against a rate known in closed form. */
import { expect, it } from "vitest";
import { customNeuron } from "../../src/experiment/custom-neuron";
import { Simulation } from "../../src/experiment/simulation";
import { stepNeuron } from "../../src/expression/evaluate";
import { parseNeuron } from "../../src/expression/neuron";
import { expectClose } from "../support/close";
import { testDevice } from "../support/device";

/** A simulation of one typed neuron under a list of inputs, one neuron each. */
async function simulate(text: string, inputs: readonly number[], ms: number, watched: string, dt = 0.1) {
  const model = customNeuron(parseNeuron(text));
  const simulation = await Simulation.create(
    await testDevice(),
    {
      ...{ dt, seed: 1, projections: [] },
      populations: [{ name: "all", model, size: inputs.length, params: { current: inputs } }],
    },
    { watch: [{ population: "all", neuron: inputs.length - 1, variable: watched }] },
  );
  await simulation.run(ms);
  const { steps, neurons } = simulation.spikes("all");
  const values = simulation.watchedValues();
  simulation.destroy();
  return { steps: [...steps], neurons: [...neurons], values };
}

const adaptive = `param tau = 20 in 5 .. 50
param jump = 4
start v = -3
start tired = jump
let drive = where(I > 5, I, 5) + sigmoid(v - 20)
v' = (drive - v - tired) / tau
tired' = -tired / 80
when v > 12 && tired < 40: v = -1, tired = tired + jump * (1 + v^2 / 1000)`;

it("a neuron with lets, two variables and a reset that reads both is the float64 loop, spike for spike", async () => {
  const program = parseNeuron(adaptive);
  const { steps, values } = await simulate(adaptive, [30], 150, "v");
  let state = new Map([
    ["v", -3],
    ["tired", 4],
  ]);
  const expected = { spikes: [] as number[], v: [] as number[] };
  for (let step = 0; step < 1500; step++) {
    const next = stepNeuron(program, new Map([...state, ["I", 30]]), 0.1);
    state = next.state;
    if (next.fires) expected.spikes.push(step);
    expected.v.push(state.get("v")!);
  }
  expect(expected.spikes.length).toBeGreaterThan(5);
  const shift = steps[0]! - expected.spikes[0]!; // how the library counts the step in which a neuron fires
  expect(Math.abs(shift)).toBeLessThanOrEqual(1);
  expect(steps.map((step) => step - shift)).toEqual(expected.spikes);
  expectClose(values, expected.v, "membrane", { absolute: 2e-4, relative: 1e-5 });
});

it("leaky integrate-and-fire fires at the rate of the closed form", async () => {
  const text = "param tau = 20\nstart v = -65\nv' = (-65 - v + I) / tau\nwhen v > -50: v = -65";
  const inputs = [10, 16, 20, 40];
  const { neurons } = await simulate(text, inputs, 1000, "v");
  inputs.forEach((input, neuron) => {
    const spikes = neurons.filter((one) => one === neuron).length;
    const interval = input > 15 ? 20 * Math.log(input / (input - 15)) : Number.POSITIVE_INFINITY;
    expect(Math.abs(spikes - Math.floor(1000 / interval)), `at ${input}`).toBeLessThanOrEqual(1);
  });
});

it("a neuron that leaves all bounds is told, and what to do", async () => {
  const text = "v' = v^2 * 1000 + I\nwhen v < -1: v = 0";
  await expect(simulate(text, [10], 50, "v")).rejects.toThrow(/v of neuron 0 .* was not a finite number/);
});
