/** The network that e-prop trains (LSNN, Bellec et al. 2018): LIF and adaptive LIF neurons that hear inputs and each other. */
import type { Field, Initial } from "../../gpu/field";
import { type Network, network } from "../network";
import type { Population } from "../population";
import { keeps } from "./time";

export interface AdaptiveOptions {
  /** Sizes of the input and the output population (2 to 4). Default 40 and 2. */
  readonly inputs?: number;
  readonly outputs?: number;
  /** Neurons without and with an adaptive threshold. Default 50 and 50. */
  readonly regular?: number;
  readonly adaptive?: number;
  /** Samples at a time. Default 32. */
  readonly batch?: number;
  /** Default 1 ms. */
  readonly dtMs?: number;
  /** Time constants of membrane (20 ms), adaptation (2000 ms) and output (20 ms). */
  readonly membraneMs?: number;
  readonly adaptationMs?: number;
  readonly outputMs?: number;
  /** Threshold θ. Default 0.6. */
  readonly threshold?: number;
  /** β, by how much each spike raises the threshold; default 1.7 (1 − ρ) / (1 − α), as in the paper's code. */
  readonly adaptation?: number;
  /** γ of the pseudo-derivative. Default 0.3. */
  readonly dampening?: number;
  /** Whether neurons hear each other. Default true. */
  readonly recurrent?: boolean;
  readonly prefix?: string;
}

export interface AdaptiveNetwork {
  readonly net: Network;
  readonly populations: readonly [input: Population, hidden: Population, output: Population];
  readonly regular: number;
  /** α, ρ and κ. */
  readonly membraneKeeps: number;
  readonly adaptationKeeps: number;
  readonly outputKeeps: number;
  readonly threshold: number;
  readonly adaptation: number;
  readonly dampening: number;
  /** [inputs, hidden], [hidden, hidden] where there are any, [hidden, outputs]: row i what neuron i sends. No biases. */
  readonly toHidden: Field;
  readonly recurrent: Field | undefined;
  readonly toOutput: Field;
  /** Synapses of their own that bring the outputs' errors back, in the layout of `toOutput`. */
  readonly feedback: Field;
}

/** Weights start uniform with standard deviation 1 / √(pre neurons), where the paper's code draws normal ones. */
export function adaptiveNetwork(options: AdaptiveOptions = {}): AdaptiveNetwork {
  const {
    inputs = 40,
    outputs = 2,
    regular = 50,
    adaptive = 50,
    batch = 32,
    dtMs = 1,
    prefix = "",
  } = options;
  if (!Number.isInteger(outputs) || outputs < 2 || outputs > 4)
    throw new Error(`The outputs that vote must be from 2 to 4, but are ${outputs}.`);
  const net = network({ layers: [inputs, regular + adaptive, outputs], batch, prefix });
  const [input, hidden, output] = net.populations as readonly [Population, Population, Population];
  const membraneKeeps = keeps(options.membraneMs ?? 20, dtMs);
  const adaptationKeeps = keeps(options.adaptationMs ?? 2000, dtMs);
  const synapses = (pre: Population, post: Population, what = "weight"): Field => {
    const home = `${pre.name}-${post.name}`;
    const bound = Math.sqrt(3 / pre.size);
    const initial: Initial = { kind: "uniform", bound, stream: `${home}/${what}`, zeroLastRow: false };
    return {
      name: `${home}/${what}`,
      ...{ site: "synapse", home, shape: [pre.size, post.size], type: "f32", initial },
    };
  };
  return {
    net,
    populations: [input, hidden, output],
    ...{ regular, membraneKeeps, adaptationKeeps, outputKeeps: keeps(options.outputMs ?? 20, dtMs) },
    threshold: options.threshold ?? 0.6,
    adaptation: options.adaptation ?? (1.7 * (1 - adaptationKeeps)) / (1 - membraneKeeps),
    dampening: options.dampening ?? 0.3,
    toHidden: synapses(input, hidden),
    recurrent: options.recurrent === false ? undefined : synapses(hidden, hidden),
    toOutput: synapses(hidden, output),
    feedback: synapses(hidden, output, "feedback"),
  };
}
