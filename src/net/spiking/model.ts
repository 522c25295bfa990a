/**
 * A spiking network as plain data: populations of model neurons, and the projections between them. It needs no GPU to
 * look at, and everything about a run follows from it and its seed.
 *
 * Times are in ms, rates in spikes/s; voltages and weights in the unit that a neuron model names. One step, from t to t + dt:
 * what has arrived is added to the neurons' ports, the neurons advance, those above threshold fire at t + dt; a spike that
 * left at t arrives at t + delay, after the neurons' advance to that time, so it moves them from the next step on. Where
 * a spike arrives at a synapse in the very step in which its post neuron fires, the arrival comes first. Spikes are known by
 * their step; step s, and a spike in it, is at s · dt.
 */
import type { Slot } from "../../gpu/shader";

export type Values = Readonly<Record<string, number>>;

/** A number of a neuron model or a plasticity rule that a user may set. */
export interface Parameter {
  readonly default: number;
  readonly unit: string;
  readonly about: string;
  /** Exclusive bounds are written as the nearest sensible number. */
  readonly min?: number;
  readonly max?: number;
}

/** One value that each neuron carries from step to step. */
export interface StateVariable {
  /** Where it starts unless the network says otherwise: a number, or the name of a parameter. */
  readonly initial: number | string;
  readonly unit: string;
  readonly about: string;
  /** The parameter that the GPU's value is measured from, so that f32 keeps its last digits; people see the sum. */
  readonly from?: string;
}

/**
 * A neuron model: declarations, and a WGSL function that advances one neuron by one step and says whether it fires.
 *
 * ```wgsl
 * fn advance(n: ptr<function, Neuron>, p: Parameters, x: Arriving, now: Now) -> bool
 * ```
 *
 * The library declares the types from what stands here: `Neuron` has the state variables, `Parameters` the names that
 * `derive` gives, `Arriving` the ports' sums of weights in this step, and `Now` the neuron's number, the step, and
 * random numbers: `random(now, k)` is uniform in [0, 1), another for each neuron, step and k.
 */
export interface NeuronModel {
  readonly name: string;
  /** What it is in one plain sentence. */
  readonly about: string;
  /** Paper and equation. */
  readonly source: string;
  readonly params: Readonly<Record<string, Parameter>>;
  readonly state: Readonly<Record<string, StateVariable>>;
  /** Where spikes may arrive; a delta synapse's port adds to the membrane at once, others to a conductance or current. */
  readonly ports: readonly string[];
  /** What the kernel is given, from the parameters of one population (or neuron) and dt in ms; computed in float64. */
  readonly derive: (params: Values, dt: number) => Values;
  /** What is amiss with the parameters, in a sentence, if anything is. */
  readonly check?: (params: Values, dt: number) => string | undefined;
  /** A file under shaders/ without its ending, or text with a name. */
  readonly shader: Slot;
  /** True where it has spike times of its own to emit (`PopulationSpec.times`): the kernel gets `isDue(now)`. */
  readonly timed?: boolean;
}

/** How numbers are chosen, one a neuron or synapse. Those drawn depend on the seed and on what they are for alone. */
export type Draw =
  | number
  | { readonly uniform: readonly [low: number, high: number] }
  | (Clip & { readonly normal: readonly [mean: number, deviation: number] })
  /** exp of a normal number with this mean and deviation. */
  | (Clip & { readonly lognormal: readonly [mean: number, deviation: number] })
  | { readonly values: ArrayLike<number> };

/** Values beyond are set to the bound. */
interface Clip {
  readonly min?: number;
  readonly max?: number;
}

/** Spikes from outside that need no neurons: each neuron hears `count` independent Poisson trains of `rate` spikes/s. */
export interface Background {
  readonly port: string;
  readonly count: number;
  readonly rate: number;
  readonly weight: number;
}

export interface PopulationSpec {
  readonly name: string;
  readonly model: NeuronModel;
  readonly size: number;
  /** One number for all, or one for each neuron. */
  readonly params?: Readonly<Record<string, number | ArrayLike<number>>>;
  /** State variables that start elsewhere than the model says. */
  readonly initial?: Readonly<Record<string, Draw>>;
  readonly background?: readonly Background[];
  /** For a timed model: in which ms each neuron fires, ascending; a spike falls in the step nearest to its time. */
  readonly times?: readonly ArrayLike<number>[];
  /** [size, 2] places in a unit square, row-major, for connections that depend on distance; by default drawn at random. */
  readonly positions?: ArrayLike<number>;
}

/** Which neurons are connected. `self` lets a neuron reach itself; `repeats` lets a pair be drawn again. */
export type Connect =
  | { readonly kind: "all-to-all"; readonly self?: boolean }
  | { readonly kind: "one-to-one" }
  /** Each ordered pair by itself. */
  | { readonly kind: "fixed-probability"; readonly probability: number; readonly self?: boolean }
  /** So many synapses onto each post neuron. */
  | {
      readonly kind: "fixed-in-degree";
      readonly count: number;
      readonly self?: boolean;
      readonly repeats?: boolean;
    }
  /** So many synapses from each pre neuron. */
  | {
      readonly kind: "fixed-out-degree";
      readonly count: number;
      readonly self?: boolean;
      readonly repeats?: boolean;
    }
  /** So many synapses in all. */
  | {
      readonly kind: "fixed-total";
      readonly count: number;
      readonly self?: boolean;
      readonly repeats?: boolean;
    }
  /** Each pair with probability peak · exp(−d² / 2 width²), d on the unit square, which wraps around where `wrap` is set. */
  | {
      readonly kind: "distance";
      readonly peak: number;
      readonly width: number;
      readonly wrap?: boolean;
      readonly self?: boolean;
    }
  /** Synapse k runs from pre[k] to post[k]; its weight and delay may be `values` in the same order. */
  | { readonly kind: "list"; readonly pre: ArrayLike<number>; readonly post: ArrayLike<number> };

export interface ProjectionSpec {
  /** Default `pre-post/port`. */
  readonly name?: string;
  readonly pre: string;
  readonly post: string;
  readonly port: string;
  readonly connect: Connect;
  readonly weight: Draw;
  /** In ms, rounded to whole steps: 0, or from dt to 255 dt; default 0, arriving as the step ends in which it left. */
  readonly delay?: Draw;
  /** `procedural` keeps no synapse and draws each anew, the same, whenever its pre neuron fires; default stored. */
  readonly storage?: "stored" | "procedural";
  /** How its weights change. */
  readonly plasticity?: Plasticity;
  /** Short-term plasticity: what a spike releases depends on those before it. */
  readonly release?: Release;
}

/** What a neuron remembers for the synapses of a plastic projection. */
export type Trace = SpikeTrace | VariableTrace;

/** A value that decays by itself and jumps when its neuron fires. */
export interface SpikeTrace {
  /** The parameter that names its time constant, in ms. */
  readonly tau: string;
  /** `add` 1 at each spike (all pairs of spikes count), or `set` to 1 (the nearest pair alone). */
  readonly jump: "add" | "set";
}

/** A value that follows one of its neuron's state variables, in the variable's own unit. */
export interface VariableTrace {
  readonly of: string;
  /** The parameter that names the time constant of a low-pass filter, in ms; without it the trace is the variable itself. */
  readonly tau?: string;
  /**
   * Models reset in the step in which they fire: in it the variable counts as `peak`, and a filter takes it in as if it
   * had stayed there for `width` ms. Both name parameters.
   */
  readonly spike?: { readonly peak: string; readonly width: string };
}

/**
 * A plasticity rule: what a synapse does when a spike arrives, when its post neuron fires, and every so often.
 *
 * ```wgsl
 * fn arrive(s: ptr<function, Synapse>, pre: Pre, post: Post, p: Parameters)
 * fn fire(s: ptr<function, Synapse>, pre: Pre, post: Post, p: Parameters)
 * fn sweep(s: ptr<function, Synapse>, p: Parameters, dopamine: f32)      // where `every` is given; it may take `post: Post` too
 * ```
 *
 * `Synapse` has `weight` and the rule's own state. `Pre` and `Post` have the traces, as they were before the spike at hand
 * added to them; a pre neuron's are seen as late as its spikes are. A low-pass filter is seen as it was before this step, a
 * variable itself as this step has left it; a sweep sees all traces so. The library keeps the weight within its bounds.
 */
export interface PlasticityModel {
  readonly name: string;
  readonly about: string;
  readonly source: string;
  readonly params: Readonly<Record<string, Parameter>>;
  readonly traces: {
    readonly pre: Readonly<Record<string, Trace>>;
    readonly post: Readonly<Record<string, Trace>>;
  };
  /** Beside the weight, one value each a synapse: where it starts. */
  readonly state?: Readonly<Record<string, number>>;
  /** Which of the functions the shader has. */
  readonly events: readonly ("arrive" | "fire" | "sweep")[];
  /** `fire` comes not with the post neuron's spikes, but in every step that leaves this trace of it above a parameter. */
  readonly when?: { readonly trace: string; readonly above: string };
  /** What the shader is given, from the parameters, dt in ms and the projection's own setting; default the parameters. */
  readonly derive?: (params: Values, dt: number, setting: PlasticSetting) => Values;
  readonly check?: (params: Values, dt: number) => string | undefined;
  readonly shader: Slot;
}

/** What a projection sets of its rule beside parameters: the weight's bounds, and how often it sweeps, in ms (0: never). */
export type PlasticSetting = Readonly<Record<"min" | "max" | "every", number>>;

export interface Plasticity {
  readonly model: PlasticityModel;
  readonly params?: Values;
  /** Bounds that the weight never leaves. */
  readonly min: number;
  readonly max: number;
  /** For rules that sweep: how often, in ms. */
  readonly every?: number;
}

/** Tsodyks & Markram 1997: `use` U in [0, 1], `recovery` τ_rec and `facilitation` τ_fac in ms (0: none). */
export interface Release {
  readonly use: number;
  readonly recovery: number;
  readonly facilitation: number;
}

/** One neuron of a population. */
export interface NeuronPlace {
  readonly population: string;
  readonly neuron: number;
}

/** The one scalar that all synapses hear: it decays by itself and jumps with rewards or with the spikes of a population. */
export interface Dopamine {
  /** Time constant of its decay, ms. */
  readonly tau: number;
  /** Every spike of this population adds `amount`. */
  readonly released?: { readonly population: string; readonly amount: number };
  /**
   * A reward of `amount` comes after a random delay, uniform in ms, whenever `post` fires within `within` ms after `pre`
   * (Izhikevich 2007).
   */
  readonly reward?: {
    readonly pre: NeuronPlace;
    readonly post: NeuronPlace;
    readonly within: number;
    readonly amount: number;
    readonly delay: readonly [least: number, most: number];
  };
}

export interface SpikingNetwork {
  /** ms. */
  readonly dt: number;
  readonly seed: number;
  readonly populations: readonly PopulationSpec[];
  readonly projections: readonly ProjectionSpec[];
  readonly dopamine?: Dopamine;
}
