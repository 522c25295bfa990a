/** Leaky integrate-and-fire neurons whose equations are linear, stepped by their solutions as textbooks write them. */
import { given, type Model, type Neuron, type Numbers } from "./neuron";

/** Fires and resets, or stays held: what all of them do after (or in place of) their membrane's step. */
function held(state: Record<string, number>, p: Numbers, dt: number, membrane: () => void): boolean {
  const { threshold, reset, refractory } = given(p, "threshold", "reset", "refractory");
  if (state.hold! > 0) {
    state.hold! -= 1;
    return false;
  }
  membrane();
  if (state.v! < threshold) return false;
  state.v = reset;
  state.hold = Math.round(refractory / dt);
  return true;
}

/** τ dv/dt = −(v − rest) + current; an arrival moves v at once, and is lost while v is held. */
export const lif: Model = (p, dt) => {
  const { tau, rest, current } = given(p, "tau", "rest", "current");
  const state = { v: rest, hold: 0 };
  const limit = rest + current;
  return {
    state,
    advance: ({ input = 0 }) =>
      held(state, p, dt, () => {
        state.v = limit + (state.v + input - limit) * Math.exp(-dt / tau);
      }),
  };
};

/** What a current that starts at 1 and decays with τₛ makes of a resting membrane after t. */
export function exponentialResponse(t: number, tau: number, tauSynapse: number): number {
  if (tau === tauSynapse) return (t / tau) * Math.exp(-t / tau);
  return (tauSynapse / (tau - tauSynapse)) * (Math.exp(-t / tau) - Math.exp(-t / tauSynapse));
}

/** The same for the current t exp(−t/τₛ). */
export function riseResponse(t: number, tau: number, tauSynapse: number): number {
  if (tau === tauSynapse) return ((t * t) / (2 * tau)) * Math.exp(-t / tau);
  const rate = 1 / tauSynapse - 1 / tau;
  const inner = 1 - Math.exp(-rate * t) * (1 + rate * t);
  return (Math.exp(-t / tau) * inner) / (tau * rate * rate);
}

/** Two exponential currents of which each unit pulls v by `resistance`; they are never held. */
function withExponentials(p: Numbers, dt: number, resistance: number): Neuron {
  const { tau, rest, current, tauExcitatory, tauInhibitory } = given(
    p,
    ...(["tau", "rest", "current", "tauExcitatory", "tauInhibitory"] as const),
  );
  const state = { v: rest, hold: 0, excitatory: 0, inhibitory: 0 };
  const limit = rest + resistance * current;
  return {
    state,
    advance({ excitatory = 0, inhibitory = 0 }) {
      const [e, i] = [state.excitatory + excitatory, state.inhibitory + inhibitory];
      state.excitatory = e * Math.exp(-dt / tauExcitatory);
      state.inhibitory = i * Math.exp(-dt / tauInhibitory);
      return held(state, p, dt, () => {
        state.v =
          limit +
          (state.v - limit) * Math.exp(-dt / tau) +
          resistance * e * exponentialResponse(dt, tau, tauExcitatory) +
          resistance * i * exponentialResponse(dt, tau, tauInhibitory);
      });
    },
  };
}

export const lifExp: Model = (p, dt) => withExponentials(p, dt, 1);

/** In pA and pF: R = τ / C. */
export const iafPscExp: Model = (p, dt) => withExponentials(p, dt, p.tau! / p.capacitance!);

/** Two alpha-function currents, each at its largest (the weight) τₛ after the arrival. */
export const lifAlpha: Model = (p, dt) => {
  const { tau, rest, current, tauExcitatory, tauInhibitory } = given(
    p,
    ...(["tau", "rest", "current", "tauExcitatory", "tauInhibitory"] as const),
  );
  const state = { v: rest, hold: 0, excitatory: 0, inhibitory: 0, excitatoryRise: 0, inhibitoryRise: 0 };
  const limit = rest + current;
  return {
    state,
    advance({ excitatory = 0, inhibitory = 0 }) {
      const [e, i] = [state.excitatory, state.inhibitory];
      const eRise = state.excitatoryRise + (excitatory * Math.E) / tauExcitatory;
      const iRise = state.inhibitoryRise + (inhibitory * Math.E) / tauInhibitory;
      state.excitatory = (e + dt * eRise) * Math.exp(-dt / tauExcitatory);
      state.inhibitory = (i + dt * iRise) * Math.exp(-dt / tauInhibitory);
      state.excitatoryRise = eRise * Math.exp(-dt / tauExcitatory);
      state.inhibitoryRise = iRise * Math.exp(-dt / tauInhibitory);
      return held(state, p, dt, () => {
        state.v =
          limit +
          (state.v - limit) * Math.exp(-dt / tau) +
          e * exponentialResponse(dt, tau, tauExcitatory) +
          eRise * riseResponse(dt, tau, tauExcitatory) +
          i * exponentialResponse(dt, tau, tauInhibitory) +
          iRise * riseResponse(dt, tau, tauInhibitory);
      });
    },
  };
};
