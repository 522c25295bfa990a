/** Synaptic scaling: a neuron that fires too little strengthens all its synapses by the same part, one that fires too much weakens them. */
import { shaderText } from "../gpu/shader";
import type { PlasticityModel } from "../net/spiking/model";
import { timeConstant } from "./common/parameter";

/**
 * A rule with scaling beside it. A slow trace of the post neuron is its rate a, in spikes/s; at every sweep
 *
 *   w += every · w · (β (goal − a) + γ ∫ (goal − a) dt)
 *
 * which keeps the weights' ratios, and so what the rule has learned (Turrigiano et al. 1998). The integral, which takes away the error that
 * β alone leaves, is off unless γ is given. Where the rule sweeps too, its own sweep comes first.
 *
 * A threshold that keeps a neuron's rate (θ of `diehl-cook`, the adaptation of `alif`) is the neuron model's instead: to add one to a model
 * of yours, give it a state variable that every spike raises and that decays slowly, and fire above threshold + θ.
 * @throws where the rule has a trace, parameter or state variable of the same name
 */
export function scaled(rule: PlasticityModel): PlasticityModel {
  const own = {
    goal: { default: 5, min: 0, unit: "spikes/s", about: "rate that the post neuron is brought to" },
    beta: {
      default: 4e-5,
      min: 0,
      unit: "1",
      about: "β, share of the weight gained a s for each spike/s too few",
    },
    gamma: {
      default: 0,
      min: 0,
      unit: "1/s",
      about: "γ, the same for the sum of what was too few, in spikes",
    },
    tauRate: timeConstant(1e5, "time constant of the measured rate"),
  };
  const { params, traces, state = {}, events } = rule;
  const clash =
    Object.keys(own).find((name) => Object.hasOwn(params, name)) ??
    (Object.hasOwn(traces.post, "firing") ? "firing" : Object.hasOwn(state, "owed") ? "owed" : undefined);
  if (clash)
    throw new Error(
      `${rule.name} can't be scaled, since it has a ${clash} of its own; give that another name.`,
    );
  const inner = typeof rule.shader === "string" ? shaderText(rule.shader) : rule.shader.text;
  const sweeps = events.includes("sweep");
  return {
    ...rule,
    name: `scaled-${rule.name}`,
    about: `${rule.about} Besides, all synapses of a post neuron are scaled towards its goal.`,
    source: `${rule.source}; van Rossum, Bi & Turrigiano 2000`,
    params: { ...params, ...own },
    traces: { ...traces, post: { ...traces.post, firing: { tau: "tauRate", jump: "add" } } },
    state: { ...state, owed: 0 },
    events: sweeps ? events : [...events, "sweep"],
    derive: (all, dt, setting) => ({
      ...(rule.derive?.(all, dt, setting) ??
        Object.fromEntries(Object.keys(params).map((name) => [name, all[name]!]))),
      scalingGoal: all.goal!,
      scalingPerSpike: 1000 / all.tauRate!,
      scalingBeta: (all.beta! * setting.every) / 1000,
      scalingGamma: (all.gamma! * setting.every) / 1000,
      scalingInterval: setting.every / 1000,
    }),
    shader: { name: `scaled ${rule.name}`, text: scaledText(inner, sweeps) },
  };
}

/** The rule's text with a sweep that scales, after its own if it has one. */
function scaledText(inner: string, sweeps: boolean): string {
  const taken = /\bfn\s+sweep\s*\(([^)]*)\)/.exec(inner)?.[1] ?? "";
  const call = `sweepUnscaled(s, ${/:\s*Post\b/.test(taken) ? "post, " : ""}p, dopamine);`;
  return `${inner.replace(/\bfn\s+sweep\b/, "fn sweepUnscaled")}
${shaderText("plasticity/scaling")}
fn sweep(s: ptr<function, Synapse>, post: Post, p: Parameters, dopamine: f32) {
  ${sweeps ? call : ""}
  scale(s, post, p);
}`;
}
