/** The network that surrogate gradients train: latency-coded inputs, spiking hidden neurons, outputs that integrate. */
import type { Field, Initial } from "../../gpu/field";
import { type Network, network } from "../network";
import type { Population } from "../population";
import type { CurrentLif, SurrogateName } from "./current-lif";
import { keeps } from "./time";

export interface SurrogateOptions {
  /** Sizes of the input, the hidden and the output population. Default 784, 100, 10. */
  readonly layers?: readonly [inputs: number, hidden: number, outputs: number];
  /** Samples at a time. Default 256. */
  readonly batch?: number;
  /** Default 1 ms. */
  readonly dtMs?: number;
  /** Time constants of the membrane (default 10 ms) and of the synaptic current (default 5 ms). */
  readonly membraneMs?: number;
  readonly currentMs?: number;
  /** Whether hidden neurons hear each other, a step later. Default false. */
  readonly recurrent?: boolean;
  /** Default `super-spike`, with a steepness of 100. */
  readonly surrogate?: SurrogateName;
  readonly steepness?: number;
  /** Default `detached`. */
  readonly reset?: CurrentLif["reset"];
  /** Default `threshold`. */
  readonly spike?: CurrentLif["spike"];
  /** Keeps the neuron fields of several uses of the same weights apart. Default none. */
  readonly prefix?: string;
}

export interface SurrogateNetwork {
  readonly net: Network;
  readonly populations: readonly [input: Population, hidden: Population, output: Population];
  readonly neuron: CurrentLif;
  /** [inputs, hidden], [hidden, outputs] and, where there are any, [hidden, hidden]: row i what neuron i sends. No biases. */
  readonly toHidden: Field;
  readonly toOutput: Field;
  readonly recurrent: Field | undefined;
  readonly weights: readonly Field[];
}

/**
 * Weights start uniform with SpyTorch's standard deviation, 7 (1 − β) / √(pre neurons), where it draws normal ones: enough for
 * some spikes to begin with.
 */
export function surrogateNetwork(options: SurrogateOptions = {}): SurrogateNetwork {
  const { layers = [784, 100, 10], batch = 256, dtMs = 1, prefix = "" } = options;
  const { surrogate = "super-spike", steepness = 100, reset = "detached", spike = "threshold" } = options;
  const net = network({ layers, batch, prefix });
  const [input, hidden, output] = net.populations as readonly [Population, Population, Population];
  const membraneKeeps = keeps(options.membraneMs ?? 10, dtMs);
  const neuron: CurrentLif = {
    ...{ membraneKeeps, currentKeeps: keeps(options.currentMs ?? 5, dtMs) },
    ...{ surrogate, steepness, reset, spike },
  };
  const synapses = (pre: Population, post: Population): Field => {
    const home = `${pre.name}-${post.name}`;
    const bound = (Math.sqrt(3) * 7 * (1 - membraneKeeps)) / Math.sqrt(pre.size);
    const initial: Initial = { kind: "uniform", bound, stream: `${home}/weight`, zeroLastRow: false };
    return {
      name: `${home}/weight`,
      ...{ site: "synapse", home, shape: [pre.size, post.size], type: "f32", initial },
    };
  };
  const toHidden = synapses(input, hidden);
  const toOutput = synapses(hidden, output);
  const recurrent = options.recurrent ? synapses(hidden, hidden) : undefined;
  return {
    net,
    populations: [input, hidden, output],
    neuron,
    ...{ toHidden, toOutput, recurrent },
    weights: [toOutput, toHidden, ...(recurrent ? [recurrent] : [])],
  };
}
