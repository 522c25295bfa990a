/**
 * Interactive activation and competition: units in pools, which excite those they are linked to and inhibit their rivals
 * in the pool, all at once, until they settle (McClelland & Rumelhart 1981; McClelland 1981).
 */
import type { Field, Initial } from "../gpu/field";
import type { Builder } from "./builder";
import { recurrentNetwork } from "./hopfield";
import type { Network } from "./network";
import type { Parameters } from "./optimiser";
import type { Projection } from "./projection";

const share = (value: number, about: string) => ({ default: value, min: 0, max: 1, about });

/** The PDP handbook's values (McClelland & Rumelhart 1988, chapter 2). */
export const interactiveParameters: Parameters = {
  alpha: share(0.1, "strength of excitation"),
  gamma: share(0.1, "strength of inhibition"),
  strength: share(0.4, "strength of input from outside"),
  decay: share(0.1, "share of the way back to rest that a unit goes in a cycle"),
  maximum: { default: 1, min: 0, max: 10, about: "highest activation" },
  minimum: { default: -0.2, min: -10, max: 0, about: "lowest activation" },
  rest: { default: -0.1, min: -10, max: 0, about: "activation at rest" },
};

export interface InteractiveNetwork {
  readonly net: Network;
  /** Symmetric weights [units + 1, units] between linked units, and between rivals; the bias row is unused. */
  readonly excitatory: Projection;
  readonly inhibitory: Projection;
  /** Activation, input from outside, and whether a unit is there (1) or cut off (0): each [1, units]. */
  readonly activation: Field;
  readonly external: Field;
  readonly alive: Field;
  /** Sum over the units of the square of how far they moved in the last cycle: [1, 1]. */
  readonly movement: Field;
}

/** @param rest activation before the first cycle */
export function interactiveNetwork(units: number, rest: number): InteractiveNetwork {
  const net = recurrentNetwork(units, { batch: 1, prefix: "" });
  const [self] = net.projections;
  const { activity } = net.populations[0]!;
  const linked = (what: string): Projection => ({
    ...self!,
    weight: { ...self!.weight, name: `${self!.name}/${what}`, initial: { kind: "zero" } },
  });
  const field = (what: string, initial?: Initial): Field => ({
    ...activity,
    name: `${activity.home}/${what}`,
    ...(initial && { initial }),
  });
  return {
    net,
    excitatory: linked("excitatory"),
    inhibitory: linked("inhibitory"),
    activation: field("activation", { kind: "constant", value: rest }),
    external: { ...field("external"), role: "input" },
    alive: { ...field("alive", { kind: "constant", value: 1 }), role: "setting" },
    movement: { name: "movement", site: "global", home: "", shape: [1, 1], type: "f32", role: "metric" },
  };
}

/** One cycle: every unit hears what all others said, and then all move at once. */
export function cycle(step: Builder, network: InteractiveNetwork): void {
  const { net, excitatory, inhibitory, activation, external, alive, movement } = network;
  const [units] = net.populations;
  const { layer, size } = units!;
  const heard = (what: string) => step.neurons(units!, what);
  step.inPhase("speak");
  const output = step.local("neuron/speaking", heard("output"), { value: activation, alive }, { layer });
  const hear = (projection: Projection, to: Field) =>
    step.project(projection, { from: output, to, activation: "identity", bias: false });
  const excitation = hear(excitatory, heard("excitation"));
  const inhibition = hear(inhibitory, heard("inhibition"));
  step.inPhase("move");
  const before = step.local("neuron/copy", heard("before"), { value: activation }, { layer });
  step.local(
    "neuron/interactive",
    activation,
    { value: activation, excitation, inhibition, outside: external, alive },
    { layer },
  );
  const moved = step.local(
    "neuron/difference",
    heard("moved"),
    { value: activation, prediction: before },
    { layer },
  );
  step.sum("neuron/square", movement, { value: moved }, { layer, columns: size });
}
