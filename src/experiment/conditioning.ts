/**
 * Conditioning on the GPU: a neuron learns what reward to expect, from moment to moment, and its prediction errors are what
 * dopamine neurons were seen to signal (Schultz, Dayan & Montague 1997). A trial is one schedule; the host only reads.
 */
import type { Device } from "../gpu/device";
import { Memory } from "../gpu/memory";
import { Runner } from "../gpu/runner";
import { Builder } from "../net/builder";
import { lowerings } from "../net/dense";
import { network } from "../net/network";
import { settingValues } from "../net/optimiser";
import { journal } from "../net/reward";
import {
  type ConditioningOptions,
  type ConditioningPlan,
  conditioningValues,
  planConditioning,
} from "../task/conditioning";

/** Trials whose prediction errors wait on the GPU to be read. */
const kept = 64;

/** One trial's schedule: stimulus, prediction, error and change at every time step. */
function trialSchedule(plan: ConditioningPlan): Builder {
  const net = network({ layers: [plan.steps, 1], batch: 1, output: "identity" });
  const numbers = Object.keys(conditioningValues(plan));
  const params = Object.fromEntries(
    numbers.map((name) => [name, { default: 0, min: 0, max: 0, about: name }]),
  );
  const step = new Builder(net, "sgd", 0, { params, options: {} });
  const [projection] = net.projections;
  const { pre, post, weight } = projection!;
  const [trace, before] = [step.lasting(pre, "trace"), step.lasting(post, "before")];
  const dopamine = step.global("dopamine");
  const history = step.global("dopamine-history", [kept, plan.steps], "metric");
  step.repeat(plan.steps, "t", () => {
    step.inPhase("see").local("neuron/serial-compound", pre.activity, {}, { layer: 0 });
    const value = step.inPhase("predict").project(projection!, { bias: false });
    step.inPhase("compare").local("neuron/temporal-difference", dopamine, { value, before }, { layer: 1 });
    journal(step, dopamine, history);
    step.inPhase("learn").local("neuron/in-trial", trace, { past: trace }, { layer: 0 });
    step.change("rule/temporal-difference", weight, 1, { pre: trace, dopamine }, { bias: false });
    step.local("neuron/trace-in-trial", trace, { past: trace, value: pre.activity }, { layer: 0 });
    step.local("neuron/keep", before, { value }, { layer: 1 });
  });
  step.tick();
  return step;
}

export class Conditioning {
  /** Trials done. */
  trials = 0;

  private constructor(
    private current: ConditioningPlan,
    private readonly step: Builder,
    private readonly memory: Memory,
    private readonly runner: Runner,
  ) {
    this.write();
  }

  /** @throws in one sentence for times or numbers that can't be */
  static async create(device: Device, options: ConditioningOptions = {}): Promise<Conditioning> {
    const plan = planConditioning(options);
    const step = trialSchedule(plan);
    const memory = new Memory(device);
    const runner = await Runner.create(device, memory, step.schedule, lowerings);
    memory.write("input-output/weight", new Float32Array(plan.steps + 1)); // nothing is expected yet
    return new Conditioning(plan, step, memory, runner);
  }

  get plan(): ConditioningPlan {
    return this.current;
  }

  /** Changes numbers from the next trial on; a trial's length can't change. @throws as `create` */
  set(changes: Omit<ConditioningOptions, "steps">): void {
    const { due: reward, omitted, ...rest } = this.current;
    const omit = omitted < 0 ? undefined : omitted;
    this.current = planConditioning({ ...rest, reward, omit, ...changes });
    this.write();
  }

  private write(): void {
    for (const [name, source] of this.step.settings)
      this.memory.write(name, settingValues(source, conditioningValues(this.current)));
  }

  /** Runs trials. @returns each one's dopamine δ by time step */
  async run(trials: number): Promise<Float32Array[]> {
    const { steps } = this.current;
    const found: Float32Array[] = [];
    while (found.length < trials) {
      const count = Math.min(kept, trials - found.length);
      for (let trial = 0; trial < count; trial++) this.runner.run();
      const history = (await this.memory.read("dopamine-history")) as Float32Array;
      for (let trial = 0; trial < count; trial++) {
        const row = (this.trials + trial) % kept;
        found.push(history.slice(row * steps, (row + 1) * steps));
      }
      this.trials += count;
    }
    return found;
  }

  /** What is expected at each moment since the cue: V by time step, 0 before the cue. */
  async expectation(): Promise<Float32Array> {
    const { steps, cue } = this.current;
    const weights = (await this.memory.read("input-output/weight")) as Float32Array;
    return Float32Array.from({ length: steps }, (_, t) => (t < cue ? 0 : weights[t - cue]!));
  }

  destroy(): void {
    this.runner.destroy();
    this.memory.destroy();
  }
}
