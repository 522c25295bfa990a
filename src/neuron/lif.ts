/** Leaky integrate-and-fire with delta synapses: an arrival moves the membrane at once. */
import type { NeuronModel } from "../net/spiking/model";
import { checkReset, firing, firingFromRest, membrane, timeConstant, voltage } from "./common/parameter";
import { approach } from "./common/propagator";

/**
 * τ dv/dt = −(v − rest) + current, v += weight at an arrival; v ≥ threshold: spike, v = reset. While v is held after a
 * spike, arrivals are lost. Weights in mV. The defaults are Brunel's (2000).
 */
export const lif: NeuronModel = {
  name: "lif",
  about: "Leaky integrate-and-fire; each arriving spike moves the membrane at once.",
  source: "Lapicque 1907; as Brunel 2000, eq. 1",
  params: {
    tau: timeConstant(20, "the membrane's time constant"),
    ...firing(0, 20, 10, 2),
    current: voltage(0, "constant input, as the voltage that it would hold the membrane at above rest"),
  },
  state: membrane,
  ports: ["input"],
  derive: (p, dt) => ({ ...firingFromRest(p, dt), approach: approach(p.tau!, dt), current: p.current! }),
  check: checkReset,
  shader: "neuron/lif",
};
