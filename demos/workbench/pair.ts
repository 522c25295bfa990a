/** Pair: the written rule and a known one, learning from the same samples from the same weights, step by step. */
import { customRule } from "../../src/experiment/custom";
import { type DataOnDevice, uploadDataset } from "../../src/experiment/data";
import { NotFiniteError } from "../../src/experiment/health";
import { Trainer } from "../../src/experiment/trainer";
import type { RuleProgram } from "../../src/expression/syntax";
import type { Device } from "../../src/gpu/device";
import type { Samples } from "./samples";
import type { State } from "./state";

export const yours = "yours";
export const batch = 32;

/** Rates at which the known rules go about as fast as Oja's on each kind of sample. */
export const rivalRates: Readonly<Record<State["data"], Readonly<Record<State["beside"], number>>>> = {
  cloud: { hebb: 0.01, oja: 0.02, bcm: 0.05, sanger: 0.02, "krotov-hopfield": 0.002, "soft-hebb": 0.05 },
  digits: { hebb: 1e-4, oja: 1e-3, bcm: 2e-4, sanger: 1e-3, "krotov-hopfield": 0.002, "soft-hebb": 0.5 },
};

/** How one rule's neurons stand. */
export interface Standing {
  /** Mean length of the neurons' weights. */
  readonly length: number;
  /** Mean angle between a neuron's weights, either way along them, and the longest axis, in degrees. */
  readonly angle: number;
  /** Share of the test samples that a linear readout of the neurons gets right. */
  readonly accuracy: number;
  /** [inputs + 1, neurons], row-major. */
  readonly weights: Float32Array;
}

export type Choices = Pick<State, "beside" | "neurons" | "rate">;

/** The layers of a run. */
export const layersFor = ({ inputs, classes }: Samples["dataset"], neurons: number) => [
  inputs,
  neurons,
  classes,
];

/** Of the readout on top, which only measures: so quick that it keeps up with the neurons. */
const readoutRate = 0.005;
const settings = { batch, activation: "identity", optimizer: "sgd", seed: 1, metrics: false } as const;

export class Pair {
  /** Why a rule can't go on, by its name. */
  readonly stopped = new Map<string, string>();
  /** Turns as long as the adapter takes about 50 ms for. */
  private chunk = 1;

  private constructor(
    private readonly device: Device,
    readonly samples: Samples,
    private readonly data: DataOnDevice,
    private readonly choices: Choices,
    private own: Trainer,
    private readonly rival: Trainer,
  ) {}

  /** @throws in one sentence what can't be made */
  static async create(
    device: Device,
    samples: Samples,
    program: RuleProgram,
    choices: Choices,
  ): Promise<Pair> {
    const data = await uploadDataset(device, samples.dataset);
    try {
      const own = await ownTrainer(device, data, program, choices);
      const rate = rivalRates[samples.dataset.name as State["data"]][choices.beside];
      const layers = layersFor(samples.dataset, choices.neurons);
      const rival = await Trainer.create(
        device,
        { ...settings, layers, rule: choices.beside, values: { rate, readoutRate } },
        data,
      );
      return new Pair(device, samples, data, choices, own, rival);
    } catch (error) {
      data.memory.destroy();
      throw error;
    }
  }

  get trainers(): readonly [own: Trainer, rival: Trainer] {
    return [this.own, this.rival];
  }

  get steps(): number {
    return Math.max(...this.trainers.map(({ steps }) => steps));
  }

  /** Steps of both, about 50 ms of them. */
  async advance(): Promise<void> {
    const began = performance.now();
    const steps = this.chunk;
    await Promise.all(this.trainers.map((trainer) => this.advanceOne(trainer, steps)));
    const ms = performance.now() - began;
    if (ms < 30) this.chunk = Math.min(64, this.chunk * 2);
    else if (ms > 100) this.chunk = Math.max(1, this.chunk >> 1);
  }

  private async advanceOne(trainer: Trainer, steps: number): Promise<void> {
    const { name } = trainer.rule;
    if (this.stopped.has(name)) return;
    try {
      await trainer.advance(steps);
    } catch (error) {
      if (!(error instanceof NotFiniteError)) throw error;
      this.stopped.set(name, error.message);
    }
  }

  /** How a rule stands now; undefined where it has stopped. */
  async look(trainer: Trainer): Promise<Standing | undefined> {
    if (this.stopped.has(trainer.rule.name)) return undefined;
    const [weights, { accuracy }] = await Promise.all([
      trainer.read(trainer.net.projections[0]!.weight.name),
      trainer.evaluate(),
    ]);
    return { ...geometry(weights, this.samples.axis), accuracy, weights };
  }

  /**
   * Another rule takes over where the written one stands: its weights, its readout, and traces that both keep.
   * @throws in one sentence what can't be made; the old one then stays
   */
  async replace(program: RuleProgram, rate: number): Promise<void> {
    const fresh = await ownTrainer(this.device, this.data, program, { ...this.choices, rate });
    const old = this.own;
    const fits = new Map(fresh.learned.map(({ name, shape }) => [name, String(shape)]));
    if (!this.stopped.has(yours))
      for (const { name, shape } of old.learned)
        if (fits.get(name) === String(shape)) fresh.write(name, await old.read(name));
    fresh.rewind(this.rival.steps);
    this.stopped.delete(yours);
    this.own = fresh;
    old.destroy();
  }

  /** New numbers for the written rule, from the next step on. */
  set(values: Readonly<Record<string, number>>): void {
    this.own.set(values);
  }

  destroy(): void {
    for (const trainer of this.trainers) trainer.destroy();
    this.data.memory.destroy();
  }
}

function ownTrainer(
  device: Device,
  data: DataOnDevice,
  program: RuleProgram,
  { neurons, rate }: Pick<Choices, "neurons" | "rate">,
): Promise<Trainer> {
  const rule = customRule(program, { name: yours, title: "Yours", rate });
  return Trainer.create(
    device,
    { ...settings, layers: layersFor(data.dataset, neurons), rule, values: { readoutRate } },
    data,
  );
}

/** Mean length of the columns of [inputs + 1, neurons], biases left out, and their mean angle to an axis in degrees. */
export function geometry(
  weights: Float32Array,
  axis: Float64Array,
): { readonly length: number; readonly angle: number } {
  const inputs = axis.length;
  const neurons = weights.length / (inputs + 1);
  let [length, angle] = [0, 0];
  for (let j = 0; j < neurons; j++) {
    let [square, along] = [0, 0];
    for (let i = 0; i < inputs; i++) {
      const w = weights[i * neurons + j]!;
      square += w * w;
      along += w * axis[i]!;
    }
    const own = Math.sqrt(square);
    length += own / neurons;
    angle += (Math.acos(Math.min(1, Math.abs(along) / (own || 1))) * 180) / Math.PI / neurons;
  }
  return { length, angle };
}
