/** Leaky integrate-and-fire with conductance synapses that open for an instant. */
import type { NeuronModel } from "../net/spiking/model";
import { leakyMembrane, reversals, reversalsFromRest, withPhi } from "./common/conductance";
import { checkReset, firingFromRest, membrane } from "./common/parameter";
import { approach } from "./common/propagator";

/**
 * C dv/dt = −leak (v − rest) + current, held for `refractory` after a spike. An arrival of weight w draws the membrane towards
 * the reversal potential E by the share 1 − exp(−w) of its distance: w = ∫ g dt / C, without unit and never negative. What
 * arrives together pulls together; while v is held, arrivals are lost. All of it is exact.
 */
export const lifCondDelta: NeuronModel = {
  name: "lif-cond-delta",
  about:
    "Leaky integrate-and-fire; each arriving spike draws the membrane at once towards a reversal potential.",
  source: "Richardson & Gerstner 2005; membrane of Brette et al. 2007, benchmark 1 (COBA)",
  params: { ...leakyMembrane, ...reversals(0, -80) },
  state: membrane,
  ports: ["excitatory", "inhibitory"],
  derive: (p, dt) => ({
    ...firingFromRest(p, dt),
    ...reversalsFromRest(p),
    approach: approach(p.capacitance! / p.leak!, dt),
    current: p.current! / p.leak!,
  }),
  check: checkReset,
  shader: withPhi("neuron/lif-cond-delta"),
};
