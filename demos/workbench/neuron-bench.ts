/** Neuron bench: one written neuron under the input at hand, and 41 like it over all inputs, for one second at once. */
import { customNeuron } from "../../src/experiment/custom-neuron";
import { Simulation } from "../../src/experiment/simulation";
import type { NeuronProgram } from "../../src/expression/syntax";
import { LineChart } from "../../src/view/chart";
import { byId } from "../../src/view/dom";
import type { Facts } from "../../src/view/facts";
import { count, rough } from "../../src/view/format";
import { messageOf, type Tone } from "../../src/view/notice";
import { pageDevice } from "../../src/view/page-device";
import type { State } from "./state";

/** Inputs on the curve, from 0 on. */
const inputs = 41;
/** ms simulated, and ms of the membrane that are shown. */
const [second, shown] = [1000, 250];
/** The most points that a line gets. */
const mostPoints = 2500;

/** What came of a run. */
export interface Measured {
  /** Spikes a second of the one neuron. */
  readonly rate: number;
  readonly inputs: readonly number[];
  readonly rates: readonly number[];
}

export class NeuronBench {
  measured: Measured | undefined;
  busy = false;
  private asked = 0;
  private work: Promise<unknown> = Promise.resolve();
  private readonly membrane = new LineChart(byId("wb-membrane"), {
    x: "ms",
    y: "first variable",
    format: rough,
    marks: even,
  });
  private readonly curve = new LineChart(byId("wb-curve"), {
    x: "input I",
    y: "spikes/s",
    format: rough,
    marks: even,
  });

  constructor(
    private readonly facts: Facts,
    private readonly hooks: { say(text: string, tone?: Tone): void; changed(): void },
  ) {}

  /** Runs the neuron for a second; of several asked for at once the last alone is run. */
  run(program: NeuronProgram, choices: Pick<State, "input" | "most" | "dt">): Promise<void> {
    const mine = ++this.asked;
    const done = this.work.then(async () => {
      if (mine !== this.asked) return;
      this.busy = true;
      this.hooks.changed();
      try {
        await this.simulate(program, choices);
        this.hooks.say("");
      } catch (error) {
        this.hooks.say(messageOf(error), "bad");
      } finally {
        this.busy = false;
        this.hooks.changed();
      }
    });
    this.work = done;
    return done;
  }

  private async simulate(
    program: NeuronProgram,
    { input, most, dt }: Pick<State, "input" | "most" | "dt">,
  ): Promise<void> {
    const device = await pageDevice();
    const model = customNeuron(program);
    const all = Array.from({ length: inputs }, (_, k) => (most * k) / (inputs - 1));
    const first = program.state[0]!.name;
    const simulation = await Simulation.create(
      device,
      {
        dt,
        seed: 1,
        populations: [
          { name: "one", model, size: 1, params: { current: input } },
          { name: "all", model, size: inputs, params: { current: all } },
        ],
        projections: [],
      },
      { watch: [{ population: "one", neuron: 0, variable: first }] },
    );
    try {
      const began = performance.now();
      await simulation.run(second);
      const took = performance.now() - began;
      const counts = new Array<number>(inputs).fill(0);
      for (const neuron of simulation.spikes("all").neurons) counts[neuron]!++;
      const { steps } = simulation.spikes("one");
      this.measured = { rate: steps.length, inputs: all, rates: counts };
      this.drawMembrane(first, simulation.watchedValues(), [...steps], dt);
      this.drawCurve(this.measured, input);
      const { name, software } = device.facts;
      this.facts.show({
        "Under this input": `${count(steps.length)} spikes in a second`,
        "It begins to fire": told(this.measured),
        Time: `1 s in ${count(Math.round(second / dt))} steps of ${dt} ms, which took ${rough(took / 1000)} s`,
        Adapter: software ? `${name}, a software adapter` : name,
      });
    } finally {
      simulation.destroy();
    }
  }

  private drawMembrane(name: string, values: Float32Array, spikes: readonly number[], dt: number): void {
    const steps = Math.min(values.length, Math.round(shown / dt));
    const stride = Math.max(1, Math.ceil(steps / mostPoints));
    const fired = new Set(spikes.map((step) => Math.floor(step / stride)));
    const part = values.subarray(0, steps);
    const low = part.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
    const high = part.reduce((greatest, value) => Math.max(greatest, value), Number.NEGATIVE_INFINITY);
    const room = 0.15 * Math.max(high - low, 1e-6);
    const top = high + room;
    const times = Array.from({ length: Math.ceil(steps / stride) }, (_, at) => (at + 1) * stride * dt);
    const line = times.map((_, at) => (fired.has(at) ? top : part[at * stride]!));
    this.membrane.draw(
      times,
      [{ key: "v", label: name, colour: "--accent", dash: [], values: line }],
      [low - room / 3, top],
    );
  }

  private drawCurve({ inputs: xs, rates }: Measured, input: number): void {
    const here = xs.map((x) => (Math.abs(x - input) <= xs[1]! / 2 ? this.measured!.rate : null));
    const top = Math.max(1, ...rates, this.measured!.rate);
    this.curve.draw(
      xs,
      [
        { key: "rate", label: "by input", colour: "--accent", dash: [], values: rates },
        {
          key: "here",
          label: "this input",
          colour: "--ink",
          dash: [],
          values: here.map((value, at) => (at === here.indexOf(value) ? value : null)),
        },
      ],
      [0, 1.05 * top],
    );
  }
}

function told({ inputs: xs, rates }: Measured): string {
  const first = rates.findIndex((rate) => rate > 0);
  if (first < 0) return `not up to an input of ${rough(xs.at(-1)!)}`;
  return first === 0
    ? "without any input"
    : `between inputs of ${rough(xs[first - 1]!)} and ${rough(xs[first]!)}`;
}

/** Marks at round numbers, some five of them. */
function even(from: number, to: number): number[] {
  const rawStep = (to - from) / 5;
  const power = 10 ** Math.floor(Math.log10(rawStep));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rawStep) ?? 10 * power;
  const first = Math.ceil(from / step);
  return Array.from({ length: Math.max(0, Math.floor(to / step) - first + 1) }, (_, k) =>
    Number(((first + k) * step).toPrecision(12)),
  );
}
