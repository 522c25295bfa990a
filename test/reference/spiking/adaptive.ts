/** Neurons that adapt: LSNN's with a threshold that moves, Brette & Gerstner's, Izhikevich's. */
import { given, type Model } from "./neuron";

/** Bellec et al. 2020: v^{t+1} = α v^t + input − z^t v_th, a^{t+1} = ρ a^t + z^t, z = H(v − v_th − β a). */
export const alif: Model = (p, dt) => {
  const { tau, tauAdaptation, threshold, beta, refractory, current } = given(
    p,
    ...(["tau", "tauAdaptation", "threshold", "beta", "refractory", "current"] as const),
  );
  const state = { v: 0, adaptation: 0, fired: 0, hold: 0 };
  const alpha = Math.exp(-dt / tau);
  const rho = Math.exp(-dt / tauAdaptation);
  return {
    state,
    advance({ input = 0 }) {
      state.v = alpha * state.v + (1 - alpha) * current + input - state.fired * threshold;
      state.adaptation = rho * state.adaptation + state.fired;
      const mayFire = state.hold === 0;
      if (!mayFire) state.hold--;
      const z = mayFire && state.v >= threshold + beta * state.adaptation;
      if (z) state.hold = Math.round(refractory / dt);
      state.fired = z ? 1 : 0;
      return z;
    },
  };
};

/** Half a step of w, one of v by exponential Rosenbrock-Euler with conductances at their means, half a step of w. */
export const adex: Model = (p, dt) => {
  const { capacitance, leak, rest, soft, sharpness, peak, reset, refractory, tauAdaptation, a, b, current } =
    given(
      p,
      ...(["capacitance", "leak", "rest", "soft", "sharpness", "peak", "reset", "refractory"] as const),
      ...(["tauAdaptation", "a", "b", "current"] as const),
    );
  const { reversalExcitatory, reversalInhibitory, tauExcitatory, tauInhibitory } = given(
    p,
    ...(["reversalExcitatory", "reversalInhibitory", "tauExcitatory", "tauInhibitory"] as const),
  );
  const state = { v: rest, w: 0, hold: 0, excitatory: 0, inhibitory: 0 };
  const mean = (tau: number) => (tau / dt) * (1 - Math.exp(-dt / tau));
  const halfStepOfW = () => {
    const limit = a * (state.v - rest);
    state.w = limit + (state.w - limit) * Math.exp(-dt / (2 * tauAdaptation));
  };
  return {
    state,
    advance({ excitatory = 0, inhibitory = 0 }) {
      const e = (state.excitatory + excitatory) * mean(tauExcitatory);
      const i = (state.inhibitory + inhibitory) * mean(tauInhibitory);
      state.excitatory = (state.excitatory + excitatory) * Math.exp(-dt / tauExcitatory);
      state.inhibitory = (state.inhibitory + inhibitory) * Math.exp(-dt / tauInhibitory);
      halfStepOfW();
      if (state.hold > 0) {
        state.hold--;
        halfStepOfW();
        return false;
      }
      const { v } = state;
      const upswing = Math.exp((v - soft) / sharpness);
      const synapses = e * (reversalExcitatory - v) + i * (reversalInhibitory - v);
      const flow = -leak * (v - rest) + leak * sharpness * upswing + synapses - state.w + current;
      const z = (dt / capacitance) * (leak * upswing - leak - e - i);
      state.v = Math.min(peak, v + (z === 0 ? 1 : Math.expm1(z) / z) * (dt / capacitance) * flow);
      halfStepOfW();
      if (state.v < peak) return false;
      state.v = reset;
      state.w += b;
      state.hold = Math.round(refractory / dt);
      return true;
    },
  };
};

/** Izhikevich's own step: two halves for v, one for u, a cut at 30 mV. Without noise. */
export const izhikevich: Model = (p, dt) => {
  const { a, b, c, d, current } = given(p, "a", "b", "c", "d", "current");
  const state = { v: c, u: -13 };
  return {
    state,
    advance({ input = 0 }) {
      const i = current + input;
      for (let half = 0; half < 2; half++)
        state.v += 0.5 * dt * (0.04 * state.v * state.v + 5 * state.v + 140 - state.u + i);
      state.u += dt * a * (b * state.v - state.u);
      if (state.v < 30) return false;
      state.v = c;
      state.u += d;
      return true;
    },
  };
};
