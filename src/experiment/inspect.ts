/**
 * Inspect: what one synapse heard. A rule's training step runs on a single sample, in a memory of its own, a record at a
 * time; right before each record that moves the synapse, every value that this record says it reads is read back.
 */
import type { Device } from "../gpu/device";
import type { FieldData } from "../gpu/field";
import { Memory } from "../gpu/memory";
import { Runner } from "../gpu/runner";
import type { ScheduleRecord } from "../gpu/schedule";
import { Builder } from "../net/builder";
import { lowerings } from "../net/dense";
import { type SettingGroup, settingValues, type Values } from "../net/optimiser";
import { followUpdates } from "./follow";
import { Listener } from "./heard";
import { checkPlace, type Inspection, type Learned, type Sample, type SynapsePlace } from "./inspection";
import { type Plan, planTraining, type TrainerOptions } from "./plan";
import { resolveValues, writerOf } from "./rules";
import { learnedFields } from "./schedules";
import type { Trainer } from "./trainer";

export {
  checkPlace,
  type Heard,
  type Inspection,
  type Learned,
  type Sample,
  type SynapsePlace,
  type SynapseUpdate,
} from "./inspection";

/** The schedules of one look: the step itself, the step with its directions written out, and the true gradient. */
interface Runners {
  readonly step: Runner;
  readonly asking: Runner;
  readonly gradient: Runner;
}

/** Looks at synapses of one network under one rule, as often as asked; what it looks at can learn on undisturbed. */
export class Inspector {
  private constructor(
    private readonly plan: Plan,
    private readonly layers: readonly number[],
    private readonly memory: Memory,
    private readonly runners: Runners,
    private readonly settings: ReadonlyMap<string, SettingGroup>,
    /** Lasting fields as they are before the first step. */
    private readonly initial: ReadonlyMap<string, FieldData>,
  ) {}

  /**
   * @param options as for a trainer; the batch is 1 whatever it says
   * @throws one sentence for what can't be planned, or doesn't fit
   */
  static async create(device: Device, options: TrainerOptions): Promise<Inspector> {
    const plan = planTraining({ ...options, batch: 1 });
    const { rule, net, step, seed } = plan;
    const writer = writerOf(rule, plan.options);
    const gradient = new Builder({ ...net, prefix: "gradient:" }, "written", seed, writer);
    rule.gradient(gradient);
    const asking = new Builder(net, "written", seed, writer);
    rule.write(asking);
    const memory = new Memory(device);
    const made: Runner[] = [];
    try {
      for (const { schedule } of [step, asking, gradient])
        made.push(await Runner.create(device, memory, schedule, lowerings, seed));
      const settings = new Map([...step.settings, ...asking.settings, ...gradient.settings]);
      const lasting = learnedFields(step.schedule).map(
        async ({ name }) => [name, await memory.read<FieldData>(name)] as const,
      );
      const initial = new Map(await Promise.all(lasting));
      const runners = { step: made[0]!, asking: made[1]!, gradient: made[2]! };
      return new Inspector(plan, options.layers, memory, runners, settings, initial);
    } catch (error) {
      for (const runner of made) runner.destroy();
      memory.destroy();
      throw error;
    }
  }

  /**
   * @param learned where the network stands; without it, at its start
   * @throws one sentence for a synapse or a layer that is not there, or an input of another size
   */
  async look(place: SynapsePlace, sample: Sample, learned?: Learned): Promise<Inspection> {
    checkPlace(this.layers, place);
    const { rule, optimiser, net, step } = this.plan;
    const { memory, runners } = this;
    const values = resolveValues(rule, optimiser, { ...this.plan.values, ...learned?.values });
    const steps = learned?.steps ?? 0;
    const stepsPerEpoch = learned?.stepsPerEpoch ?? 1;
    for (const [name, group] of this.settings)
      memory.write(name, settingValues(group, values, stepsPerEpoch));
    const projection = net.projections[place.layer - 1]!;
    const listener = new Listener(memory, projection, place);

    // All of this is submitted before anything is awaited: one look costs one wait for the GPU.
    const fresh = this.put(sample, learned);
    runners.gradient.run();
    const sloped = listener.direction("gradient:");
    this.put(sample, learned); // what outlasts a step may have moved
    // Some rules move their layers, or a readout, at rates of their own.
    const rateOf = ({ bind }: ScheduleRecord) => {
      const group = bind.settings && this.settings.get(bind.settings.name);
      return rateAt(group ? group.source(values) : values, steps, stepsPerEpoch);
    };
    const { step: runner, asking } = runners;
    const followed = followUpdates({ schedule: step.schedule, runner, asking, rateOf }, listener);
    const [gradient, updates] = await Promise.all([sloped, followed]);

    const known = updates.flatMap(({ rate, direction }) =>
      direction === null ? [] : against(rate, direction),
    );
    const alone = known.length < updates.length ? null : sum(known);
    const rate = updates[0]?.rate ?? rateAt(values, steps, stepsPerEpoch);
    const asks = gradient === null ? null : against(rate, gradient);
    return {
      rule: rule.name,
      weight: projection.weight.name,
      layer: place.layer,
      pre: place.pre,
      post: place.post,
      bias: place.pre === projection.pre.size,
      label: sample.label,
      steps,
      values,
      updates,
      change: sum(updates.map(({ change }) => change)),
      alone,
      backprop: { gradient, asks, agrees: agreement(alone, asks) },
      fresh,
    };
  }

  /** Puts the network where it stands and the sample before it. @returns the fields that don't fit a batch of 1 */
  private put({ input, label }: Sample, learned?: Learned): string[] {
    const { memory } = this;
    const { clock, populations, target } = this.plan.net;
    const fresh: string[] = [];
    for (const [name, start] of this.initial) {
      const kept = learned?.fields.get(name);
      const fits = kept?.length === start.length;
      if (kept && !fits) fresh.push(name);
      memory.write(name, kept && fits ? kept : start);
    }
    memory.write(clock.name, Uint32Array.of(learned?.steps ?? 0));
    memory.write(populations[0]!.activity.name, input);
    memory.write(target.name, Uint32Array.of(label));
    return fresh;
  }

  destroy(): void {
    for (const runner of Object.values(this.runners)) runner.destroy();
    this.memory.destroy();
  }
}

/** One look at one synapse; see `Inspector`, which looks again at less cost. @throws as it does */
export async function inspectSynapse(
  device: Device,
  options: TrainerOptions,
  place: SynapsePlace,
  sample: Sample,
  learned?: Learned,
): Promise<Inspection> {
  checkPlace(options.layers, place);
  const inspector = await Inspector.create(device, options);
  try {
    return await inspector.look(place, sample, learned);
  } finally {
    inspector.destroy();
  }
}

/** What a trainer has learned, to be inspected while it goes on: all fields as they stand at this moment. */
export async function learnedBy(trainer: Trainer, stepsPerEpoch: number): Promise<Learned> {
  const { steps, values, learned } = trainer;
  const fields = await Promise.all(
    learned.map(async ({ name }) => [name, await trainer.read<FieldData>(name)] as const),
  );
  return { steps, stepsPerEpoch, values, fields: new Map(fields) };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** A step of that rate against a direction; never −0. */
const against = (rate: number, direction: number): number => -rate * direction || 0;

/** As `rateNow` of shaders/lib/settings.wgsl has it. */
function rateAt({ rate = 0, anneal = 0 }: Values, steps: number, stepsPerEpoch: number): number {
  return anneal > 0 ? rate * Math.max(0, 1 - steps / Math.max(1, anneal * stepsPerEpoch)) : rate;
}

function agreement(alone: number | null, asks: number | null): Inspection["backprop"]["agrees"] {
  if (alone === null || asks === null) return null;
  if (alone === 0 && asks === 0) return "neither moves";
  return Math.sign(alone) === Math.sign(asks) ? "yes" : "no";
}
