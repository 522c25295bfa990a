/** The plasticity of Diehl & Cook's network, which learns handwritten digits without labels. */

import type { PlasticityModel } from "../net/spiking/model";
import { timeConstant, weightChange } from "./common/parameter";

/**
 * A spike that arrives takes depression · post₁; one of the post neuron adds potentiation · pre · post₂, where post₂ is the
 * trace of the post spikes before it: a neuron learns from the second spike of a volley on. All three traces are set to 1.
 */
export const diehlCookStdp: PlasticityModel = {
  name: "diehl-cook-stdp",
  about: "Triplets of the nearest spikes potentiate, nearest pairs depress, whatever the weight.",
  source: "Diehl & Cook 2015, as their program has it; after Pfister & Gerstner 2006",
  params: {
    potentiation: weightChange(0.01, "gained a spike of the post neuron"),
    depression: weightChange(1e-4, "lost a spike of the pre neuron"),
    tauPre: timeConstant(20, "time constant of the pre neuron's trace"),
    tauPost1: timeConstant(20, "time constant of the post neuron's trace that depresses"),
    tauPost2: timeConstant(40, "time constant of the post neuron's trace that potentiates"),
  },
  traces: {
    pre: { x: { tau: "tauPre", jump: "set" } },
    post: { y1: { tau: "tauPost1", jump: "set" }, y2: { tau: "tauPost2", jump: "set" } },
  },
  events: ["arrive", "fire"],
  derive: ({ potentiation, depression }) => ({ potentiation: potentiation!, depression: depression! }),
  shader: "plasticity/diehl-cook-stdp",
};
