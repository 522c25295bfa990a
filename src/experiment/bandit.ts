/**
 * Bandits on the GPU: many agents at once, each with arms of its own, learn what each arm pays from prediction errors alone.
 * A trial is one schedule; means over the agents are kept on the GPU and read many at a time.
 */
import type { Device } from "../gpu/device";
import { Memory } from "../gpu/memory";
import { Runner } from "../gpu/runner";
import { Builder } from "../net/builder";
import { lowerings } from "../net/dense";
import { network } from "../net/network";
import { settingValues } from "../net/optimiser";
import { choose, journal, luck } from "../net/reward";
import { type BanditOptions, type BanditPlan, banditValues, planBandit } from "../task/bandit";

/** Means over the agents at one trial. */
export interface BanditScore {
  /** What the chosen arms paid. */
  readonly pay: number;
  /** How much more the best arms pay on the average than the chosen ones do. */
  readonly regret: number;
  /** Share of the agents that chose their best arm. */
  readonly optimal: number;
}

/** Trials whose means wait on the GPU to be read. */
const kept = 512;

function trialSchedule(plan: BanditPlan): Builder {
  const { arms, agents } = plan;
  const net = network({ layers: [1, arms], batch: agents, output: "identity" });
  const params = Object.fromEntries(
    Object.keys(banditValues(plan)).map((name) => [name, { default: 0, min: 0, max: 0, about: name }]),
  );
  const step = new Builder(net, "sgd", plan.seed, { params, options: {} });
  const post = net.populations[1]!;
  const at = { layer: 1 };
  const slots = { PAY: `lib/pay/${plan.pay}` };
  const value = step.lasting(post, "value", { kind: "zero" }, agents);
  const one = (what: string) => step.global(what);
  const ofArms = (what: string, a: ReturnType<typeof one>, b: ReturnType<typeof one>) =>
    step.sum("neuron/product", one(what), { a, b }, { layer: 1, columns: arms });

  const average = step
    .inPhase("arms")
    .local("neuron/arm", step.neurons(post, "average"), {}, { ...at, slots });
  const softmax = plan.policy === "softmax";
  const weighed = softmax
    ? step.inPhase("choose").local("neuron/per-temperature", step.neurons(post, "weighed"), { value }, at)
    : value;
  const { choice } = choose(step.inPhase("choose"), weighed, luck(step), plan.policy);
  const pay = step
    .inPhase("pay")
    .local("neuron/pay", step.neurons(post, "pay"), { average }, { ...at, slots });
  const paid = ofArms("paid", choice, pay);
  const expected = ofArms("expected", choice, value);
  const dopamine = step.local(
    "neuron/difference",
    one("dopamine"),
    { value: paid, prediction: expected },
    at,
  );
  step.inPhase("learn").local("neuron/action-value", value, { value, choice, dopamine }, at);

  step.inPhase("score");
  const still = step.global("no-luck", [agents, 2]); // never written: nobody explores, so the best is chosen
  const best = choose(step, average, still, "greedy", "-best").choice;
  const missed = ofArms("missed", choice, average);
  const most = ofArms("most", best, average);
  const regret = step.local("neuron/difference", one("regret"), { value: most, prediction: missed }, at);
  const history = step.global("bandit-history", [kept, 3], "metric");
  journal(step, paid, history, 0);
  journal(step, regret, history, 1);
  journal(step, ofArms("optimal", choice, best), history, 2);
  step.tick();
  return step;
}

export class Bandit {
  /** Trials done. */
  trials = 0;

  private constructor(
    readonly plan: BanditPlan,
    private readonly memory: Memory,
    private readonly runner: Runner,
  ) {}

  /** @throws in one sentence for numbers that can't be */
  static async create(device: Device, options: BanditOptions = {}): Promise<Bandit> {
    const plan = planBandit(options);
    const step = trialSchedule(plan);
    const memory = new Memory(device);
    const runner = await Runner.create(device, memory, step.schedule, lowerings, plan.seed);
    for (const [name, source] of step.settings) memory.write(name, settingValues(source, banditValues(plan)));
    return new Bandit(plan, memory, runner);
  }

  /** Runs trials. @returns the agents' means at each */
  async run(trials: number): Promise<BanditScore[]> {
    const found: BanditScore[] = [];
    while (found.length < trials) {
      const count = Math.min(kept, trials - found.length);
      this.runner.run(count);
      const history = await this.memory.read("bandit-history");
      for (let trial = 0; trial < count; trial++) {
        const row = 3 * ((this.trials + trial) % kept);
        found.push({ pay: history[row]!, regret: history[row + 1]!, optimal: history[row + 2]! });
      }
      this.trials += count;
    }
    return found;
  }

  /** A field by name: `output/value` and `output/average` are [agents, arms]. */
  read(name: string): Promise<Float32Array> {
    return this.memory.read<Float32Array>(name);
  }

  destroy(): void {
    this.runner.destroy();
    this.memory.destroy();
  }
}
