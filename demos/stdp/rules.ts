/** The rules on the page: each with parameters of one size, and what it says a spike does, written out again by hand. */
import type { PlasticityModel, Values } from "../../src/net/spiking/model";
import { nearestStdp, pairStdp } from "../../src/plasticity/pair-stdp";
import { powerLawStdp } from "../../src/plasticity/power-law-stdp";
import { symmetricStdp } from "../../src/plasticity/symmetric-stdp";
import { tripletFits, tripletStdp } from "../../src/plasticity/triplet-stdp";
import { weightDependentStdp } from "../../src/plasticity/weight-dependent-stdp";

/** Bounds of the weight, mV. */
export const bounds = { min: 0, max: 2 } as const;

type Traces = Readonly<Record<string, number>>;
/** What a weight changes by, where the other neuron's traces and its own are these. */
type Change = (weight: number, traces: Traces, p: Values) => number;

export interface PagedRule {
  readonly title: string;
  readonly model: PlasticityModel;
  readonly params: Values;
  /** At a spike of the pre neuron. */
  readonly arrive: Change;
  /** At a spike of the post neuron. */
  readonly fire: Change;
  /** Its equation, in a line. */
  readonly equation: string;
  /** What there is to see. */
  readonly says: string;
  readonly paper: readonly [text: string, link: string];
}

const taus = { tauPlus: 17, tauMinus: 34 };
const pairs = { potentiation: 0.05, depression: 0.03, ...taus };
const arrive: Change = (_, { y }, { depression }) => -depression! * y!;
const fire: Change = (_, { x }, { potentiation }) => potentiation! * x!;
const range = bounds.max - bounds.min;
const place = (weight: number) => (weight - bounds.min) / range;

export const rules: Readonly<Record<string, PagedRule>> = {
  "pair-stdp": {
    title: "all pairs, additive",
    model: pairStdp,
    params: pairs,
    arrive,
    fire,
    equation: "pre fires: w −= A₋ y;  post fires: w += A₊ x;  traces jump by 1",
    says: "Every pair of spikes counts, whatever the weight.",
    paper: ["Song, Miller & Abbott 2000", "https://doi.org/10.1038/78829"],
  },
  "nearest-stdp": {
    title: "nearest pairs, additive",
    model: nearestStdp,
    params: pairs,
    arrive,
    fire,
    equation: "pre fires: w −= A₋ y;  post fires: w += A₊ x;  traces jump to 1",
    says: "Only the nearest spike of the other neuron counts: for one pair nothing differs, for ten close ones it does.",
    paper: ["Izhikevich & Desai 2003", "https://doi.org/10.1162/089976603321891783"],
  },
  "weight-dependent-stdp": {
    title: "all pairs, multiplicative",
    model: weightDependentStdp,
    params: { ...pairs, muPlus: 1, muMinus: 1 },
    arrive: (w, { y }, { depression, muMinus }) => -depression! * place(w) ** muMinus! * y!,
    fire: (w, { x }, { potentiation, muPlus }) => potentiation! * (1 - place(w)) ** muPlus! * x!,
    equation: "pre fires: w −= A₋ W y;  post fires: w += A₊ (1 − W) x;  W = w / 2 mV",
    says: "A weight near a bound moves less towards it: try a strong synapse.",
    paper: [
      "Gütig, Aharonov, Rotter & Sompolinsky 2003",
      "https://doi.org/10.1523/JNEUROSCI.23-09-03697.2003",
    ],
  },
  "power-law-stdp": {
    title: "all pairs, power law",
    model: powerLawStdp,
    params: { rate: 0.05, asymmetry: 0.6, mu: 0.4, reference: 1, ...taus },
    arrive: (w, { y }, { rate, asymmetry }) => -rate! * asymmetry! * w * y!,
    fire: (w, { x }, { rate, mu, reference }) => rate! * reference! ** (1 - mu!) * w ** mu! * x!,
    equation: "pre fires: w −= λ α w y;  post fires: w += λ w₀⁰·⁶ w⁰·⁴ x",
    says: "Strong synapses gain a smaller part of themselves and lose the same part.",
    paper: ["Morrison, Aertsen & Diesmann 2007", "https://doi.org/10.1162/neco.2007.19.6.1437"],
  },
  "symmetric-stdp": {
    title: "symmetric",
    model: symmetricStdp,
    params: { preFirst: 0.05, postFirst: 0.05, offset: 0, tauPlus: 20, tauMinus: 20 },
    arrive: (_, { y }, { postFirst, offset }) => postFirst! * y! - offset!,
    fire: (_, { x }, { preFirst }) => preFirst! * x!,
    equation: "pre fires: w += B y;  post fires: w += A x",
    says: "What fires together is joined, in whichever order, as between pyramidal cells of CA3.",
    paper: ["Mishra, Kim, Guzman & Jonas 2016", "https://doi.org/10.1038/ncomms11552"],
  },
  "triplet-stdp": {
    title: "triplets",
    model: tripletStdp,
    params: { ...tripletFits.visualCortex, tauPlus: 16.8, tauMinus: 33.7 },
    arrive: (_, { o1, r2 }, { pairDepression, tripletDepression }) =>
      -o1! * (pairDepression! + tripletDepression! * r2!),
    fire: (_, { r1, o2 }, { pairPotentiation, tripletPotentiation }) =>
      r1! * (pairPotentiation! + tripletPotentiation! * o2!),
    equation: "pre fires: w −= o₁ (A₂₋ + A₃₋ r₂);  post fires: w += r₁ (A₂₊ + A₃₊ o₂)",
    says: "As fitted to visual cortex: one pair can only depress, but ten at 50/s potentiate.",
    paper: ["Pfister & Gerstner 2006", "https://doi.org/10.1523/JNEUROSCI.1425-06.2006"],
  },
};

export type RuleName = keyof typeof rules;
