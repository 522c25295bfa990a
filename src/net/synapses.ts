/**
 * The operators that work on synapses: `project`, `transport`, `correlate` and `change`. Each writes one record and
 * declares exactly what that record reads; a test perturbs everything that is not declared.
 */
import type { Field } from "../gpu/field";
import type { Read, Write } from "../gpu/schedule";
import { type Slot, slotName } from "../gpu/shader";
import { argumentsOf, type BoundEquation, bindEquation, type Scope } from "./equation";
import type { Network } from "./network";
import {
  directionName,
  type OptimiserName,
  optimisers,
  type Parameters,
  type SettingSource,
  stateField,
} from "./optimiser";
import { type Activation, neuronField, type Population } from "./population";
import type { Projection } from "./projection";
import { Recorder } from "./recorder";

/** What is done with a direction: an optimiser's step, or writing it out to be looked at. */
export type Change = OptimiserName | "written";

/** What a builder must know of the rule that writes with it. */
export interface Writer {
  readonly params: Parameters;
  /** What was chosen of the rule's options, by name. */
  readonly options: Readonly<Record<string, number | string>>;
  readonly incremental?: boolean;
}

export const own = (...fields: readonly Field[]): Read[] => fields.map((field) => ({ field, index: "own" }));

/** The slot of an activation, and of its slope as found from the output. */
export const activationSlot = (activation: Activation) => ({ ACTIVATION: `lib/activation/${activation}` });

/** How a plastic synapse takes its step. */
export interface Learning {
  /** Another optimiser than the user's. */
  readonly change?: OptimiserName;
  /** Whose numbers the optimiser uses instead of the rule's main ones, by group. */
  readonly settings?: readonly [group: string, SettingSource];
  /** A synapse field that takes the direction instead, for `follow`; the weight stays. */
  readonly into?: Field;
}

export class SynapseOperators extends Recorder {
  constructor(
    readonly net: Network,
    /** What becomes of a direction unless told otherwise. */
    private readonly outcome: Change,
    /** Keys the random numbers that a rule draws while it learns. */
    protected readonly seed: number,
    protected readonly writer: Writer = { params: {}, options: {} },
  ) {
    super(writer.incremental);
  }

  /** What was chosen of the rule's options. */
  get options(): Writer["options"] {
    return this.writer.options;
  }

  /** True where directions are written out to be looked at, and no weight moves. */
  get looksOnly(): boolean {
    return this.outcome === "written";
  }

  /**
   * y = f(W·x + b): [batch, pre] to [batch, post].
   * @param options.from what travels instead of the pre activity
   * @param options.to where it goes instead of the post activity (or, before a softmax, the drive)
   * @param options.activation f, instead of the post population's own
   * @param options.bias default true
   */
  project(
    projection: Projection,
    options: { from?: Field; to?: Field; activation?: Activation; bias?: boolean } = {},
  ): Field {
    const { pre, post, weight, layer } = projection;
    const activity = options.from ?? pre.activity;
    const result = options.to ?? (this.isSoftmax(post) ? this.drive(post) : post.activity);
    this.pass({ what: "project", field: weight.name });
    this.add({
      verb: "project",
      kernel: "dense/project",
      bind: { pre: activity, weight, post: result },
      writes: [{ field: result, from: own(activity, weight) }],
      layer,
      slots: activationSlot(options.activation ?? post.activation),
      constants: { BIAS: options.bias === false ? 0 : 1 },
    });
    return result;
  }

  protected isSoftmax({ layer }: Population): boolean {
    return this.net.output === "softmax" && layer === this.net.populations.length - 1;
  }

  /** The drive z of a population, before its activation or normalisation: [batch, size]. */
  drive({ name, batch, size }: Population): Field {
    return neuronField(name, "drive", batch, size, this.net.prefix);
  }

  /**
   * e_pre = f′(y_pre) · (Wᵀ·e): sends `error` back through `through` and applies the slope of the receiver's activation.
   * @param options.into where it goes instead of the receiver's error
   * @param options.activity y_pre, instead of the receiver's activity
   * @param options.activation f, instead of the receiver's own; `identity` leaves the slope out
   * @throws when `through` is a weight that changed since its own project, unless the rule is incremental
   */
  transport(
    through: Field,
    error: Field,
    to: Population,
    options: { into?: Field; activity?: Field; activation?: Activation; layer?: number } = {},
  ): Field {
    const { into = to.error, activity = to.activity, activation = to.activation, layer = to.layer } = options;
    const sloped = activation !== "identity";
    this.pass({ what: "transport", field: through.name });
    this.add({
      verb: "transport",
      kernel: "dense/transport",
      // A slope of 1 reads nothing, but the binding wants a buffer.
      bind: { error, weight: through, activity: sloped ? activity : error, result: into },
      writes: [{ field: into, from: own(error, through, ...(sloped ? [activity] : [])) }],
      layer,
      slots: activationSlot(activation),
    });
    return into;
  }

  /**
   * ΔW from e ⊗ x: every synapse takes the mean over the batch of its own pre activity times its own post error, and
   * the optimiser moves it against that direction at once.
   */
  correlate(pre: Field, error: Field, weight: Field, layer: number, learning: Learning = {}): void {
    this.learn("dense/correlate", { pre, error }, own(pre, error), weight, layer, learning);
  }

  /**
   * ΔW from a rule's own equation, `fn change` of shaders/`equation`.wgsl or of a text, averaged over the batch: what each synapse sees
   * by itself. The optimiser moves the weight along it.
   *
   * Arguments are bound by name. `w` is the synapse's weight and `pre` its pre activity; a name that begins with `pre` is
   * read at the pre neuron, fields of other neurons at the post neuron, synapse fields at the synapse, and [batch, 1]
   * holds for the whole sample.
   * @param learning.bias whether the bias learns as well, with a pre of 1; default true
   */
  change(
    equation: Slot,
    weight: Field,
    layer: number,
    fields: Readonly<Record<string, Field>> & { readonly pre: Field },
    learning: Learning & { readonly bias?: boolean } = {},
  ): void {
    const { pre, ...others } = fields;
    const [lines = 1, post = 1] = weight.shape;
    const batch = pre.shape[0]!;
    const bound = bindEquation(
      equation,
      "change",
      this.scope(others, layer),
      { w: ownWeight, pre: ownPre },
      true,
    );
    const readsWeight = argumentsOf(equation, "change").some(({ name }) => name === "w");
    const declared = (this.looksOnly || learning.into !== undefined) && readsWeight;
    const text = changeText(bound, others, batch, post, readsWeight, declared);
    this.learn(
      "dense/change",
      { pre, ...bound.bind, ...(declared && { weight }) },
      own(pre, ...bound.reads, ...(readsWeight ? [weight] : [])),
      weight,
      layer,
      learning,
      {
        slots: { EQUATION: equation, ARGUMENTS: { name: `${slotName(equation)} arguments`, text } },
        constants: {
          BATCH: batch,
          IN: lines - 1,
          IN4: Math.ceil((lines - 1) / 4),
          OUT: post,
          OUT4: Math.ceil(post / 4),
          BIAS: learning.bias === false ? 0 : 1,
          WHOLE: learning.into ? 1 : 0,
        },
        threads: (Math.floor((lines - 1) / 4) + 1) * Math.ceil(post / 4),
      },
    );
  }

  /**
   * Every synapse follows a direction that `change` or `correlate` kept for it, divided by `per`: the optimiser descends it.
   * @param per one value for all synapses: [1, 1]
   */
  follow(direction: Field, per: Field, weight: Field, layer: number, learning: Learning = {}): void {
    const [rows = 1, post = 1] = weight.shape;
    const quads = rows * Math.ceil(post / 4);
    this.learn("dense/follow", { kept: direction, per }, own(direction, per), weight, layer, learning, {
      constants: { QUADS: quads },
      threads: quads,
    });
  }

  private learn(
    kernel: string,
    bind: Readonly<Record<string, Field>>,
    reads: readonly Read[],
    weight: Field,
    layer: number,
    { change, settings: told, into }: Learning,
    extra: {
      slots?: Readonly<Record<string, string | { name: string; text: string }>>;
      constants?: Readonly<Record<string, number>>;
      threads?: number;
    } = {},
  ): void {
    const outcome = this.looksOnly || into ? "written" : (change ?? this.outcome);
    const common = { verb: "correlate", kernel, layer, ...extra } as const;
    if (outcome === "written") {
      const name = directionName(this.net.prefix, weight);
      const direction: Field = into ?? { ...weight, name, initial: { kind: "zero" } };
      this.add({
        ...common,
        bind: { ...bind, direction },
        writes: [{ field: direction, from: reads }],
        slots: { ...extra.slots, OPTIMISER: "optimiser/written" },
      });
      return;
    }
    const { shader, states, remembersWeight } = optimisers[outcome];
    const settings = this.settingsFor(...(told ?? (["weight", (values) => values] as const)));
    const state = stateField(weight, states);
    const { clock } = this.net;
    const memory = state ? own(state) : [];
    const writes: Write[] = [
      { field: weight, from: once([...reads, ...own(weight), ...memory, ...own(settings, clock)]) },
    ];
    if (state)
      writes.push({
        field: state,
        from: once([...reads, ...memory, ...own(settings), ...(remembersWeight ? own(weight) : [])]),
      });
    this.add({
      ...common,
      bind: { ...bind, weight, settings, clock, ...(state && { state }) },
      writes,
      slots: { ...extra.slots, OPTIMISER: shader },
    });
  }

  /** What an equation's arguments may be bound to. */
  protected scope(fields: Readonly<Record<string, Field>>, layer: number): Scope {
    const numbers = Object.keys(this.writer.params);
    const settings = () => this.settingsFor("rule", (values) => values, numbers);
    return { fields, numbers, settings, clock: this.net.clock, seed: this.seed, layer };
  }
}

/** Each field once, however often it was named. */
function once(reads: readonly Read[]): Read[] {
  return reads.filter(({ field }, at) => reads.findIndex((other) => other.field.name === field.name) === at);
}

/** Stand for the synapse's own weight and pre activity until it is known which of the sixteen it is. */
const ownWeight = "OWN_WEIGHT";
const ownPre = "OWN_PRE";
const parts = ["x", "y", "z", "w"] as const;

/** WGSL that hands sixteen synapses to the equation: four lines of four, each argument loaded once. */
function changeText(
  bound: BoundEquation,
  fields: Readonly<Record<string, Field>>,
  batch: number,
  post: number,
  readsWeight: boolean,
  declared: boolean,
): string {
  const loads: string[] = [];
  const kinds = new Map<string, "pre" | "post" | "sample" | "synapse">();
  for (const [name, field] of Object.entries(fields)) {
    const [first = 1, second] = field.shape;
    if (field.site === "synapse") {
      kinds.set(name, "synapse");
      for (const [line, part] of parts.entries())
        loads.push(`let own_${name}_${part} = ${name}[min(line + ${line}u, IN) * OUT4 + o];`);
    } else if (second === undefined || second === 1) {
      kinds.set(name, "sample");
      const place = first === 1 ? "0" : second === undefined ? "row" : "row * 4u";
      loads.push(`let own_${name} = ${name}[${place}];`);
    } else if (name.startsWith("pre")) {
      kinds.set(name, "pre");
      const row = first === 1 ? "" : "row * IN4 + ";
      loads.push(`let own_${name} = select(${name}[${row}line / 4u], vec4f(1.0), presynaptic == vec4u(IN));`);
    } else {
      kinds.set(name, "post");
      if ((first !== batch && first !== 1) || second !== post)
        throw new Error(
          `"${field.name}" of shape [${field.shape}] can't be the argument ${name} of a change: it must be [${batch}, ${post}] or [1, ${post}] at the post neurons.`,
        );
      loads.push(`let own_${name} = ${name}[${first === 1 ? "" : "row * OUT4 + "}o];`);
    }
  }
  const line = (pre: number) =>
    `vec4f(${parts
      .map((part) => {
        const call = bound.call((_, name) => {
          const kind = kinds.get(name);
          if (kind === "synapse") return `own_${name}_${parts[pre]}.${part}`;
          if (kind === "sample") return `own_${name}`;
          return `own_${name}.${kind === "pre" ? parts[pre] : part}`;
        });
        return call.replace(ownWeight, `w.${"abcd"[pre]}.${part}`).replace(ownPre, `x.${parts[pre]}`);
      })
      .join(", ")})`;
  return `${declared ? "@group(0) @binding(5) var<storage, read> weight: array<vec4f>;\n" : ""}${bound.declarations}
fn weightAt(at: u32) -> vec4f { return ${readsWeight ? "weight[at]" : "vec4f()"}; }
fn changes(row: u32, line: u32, o: u32, neuron: vec4u, x: vec4f, w: Synapses) -> Synapses {
  let presynaptic = vec4u(line) + vec4u(0u, 1u, 2u, 3u);
  ${loads.join("\n  ")}
  return Synapses(${[0, 1, 2, 3].map(line).join(",\n    ")});
}`;
}
