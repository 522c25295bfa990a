/** Izhikevich's simple neuron, stepped as his programs step it. */
import type { NeuronModel } from "../net/spiking/model";
import { number, voltage } from "./common/parameter";

/**
 * dv/dt = 0.04 v² + 5 v + 140 − u + I, du/dt = a (b v − u); v ≥ 30 mV: spike, v = c, u += d. Each step of dt is two Euler
 * half-steps of 0.5 dt for v, then one of dt for u, then the cut at 30 mV; he takes dt = 1 ms. I is what arrives in this
 * step (weights in mV/ms, felt for one step), plus `current`, plus noise · (U − 0.5) with U uniform. The defaults are a
 * regular spiking neuron; a fast spiking one has a = 0.1, d = 2.
 */
export const izhikevich: NeuronModel = {
  name: "izhikevich",
  about: "Two equations, quadratic in the voltage, that spike and burst like many cortical neurons.",
  source: "Izhikevich 2003; stepped as in Izhikevich 2007 (Cereb. Cortex 17:2443)",
  params: {
    a: number(0.02, "1/ms", "how fast the recovery u follows"),
    b: number(0.2, "1/ms", "how far the recovery u follows the voltage"),
    c: voltage(-65, "voltage after a spike"),
    d: number(8, "mV/ms", "what a spike adds to the recovery u"),
    current: number(0, "mV/ms", "constant input"),
    noise: number(0, "mV/ms", "full width of uniform input noise, drawn anew in each step", 0),
  },
  state: {
    v: { initial: "c", unit: "mV", about: "the membrane's voltage", from: "c" },
    u: { initial: -13, unit: "mV/ms", about: "recovery" },
  },
  ports: ["input"],
  derive: ({ a, b, c, d, current, noise }, dt) => ({
    // The right side expanded about c: its terms are small there, where 0.04 v² + 5 v + 140 is a difference of large ones.
    constant: 0.04 * c! * c! + 5 * c! + 140 + current!,
    linear: 0.08 * c! + 5,
    half: 0.5 * dt,
    follow: a! * dt,
    b: b!,
    offset: b! * c!,
    peak: 30 - c!,
    jump: d!,
    noise: noise!,
  }),
  check: ({ c }) =>
    c! < 30 ? undefined : `c, the voltage after a spike, must lie below 30 mV, but it is ${c}; lower it.`,
  shader: "neuron/izhikevich",
};
