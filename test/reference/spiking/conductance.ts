/** Neurons with conductance synapses: over a step each conductance stands at its mean, and the membrane goes to its limit. */
import { given, type Model, type Numbers } from "./neuron";

/** The mean over dt of exp(−s/τ). */
const meanOfExponential = (tau: number, dt: number) => (tau / dt) * (1 - Math.exp(-dt / tau));

/** The mean over dt of s exp(−s/τ). */
const meanOfRise = (tau: number, dt: number) =>
  ((tau * tau) / dt) * (1 - Math.exp(-dt / tau) * (1 + dt / tau));

/** Where a membrane with these conductances, each with its reversal potential, goes in dt, starting from v. */
function driven(v: number, dtPerC: number, pulls: readonly [g: number, towards: number][], current = 0) {
  const total = pulls.reduce((sum, [g]) => sum + g, 0);
  if (total === 0) return v + dtPerC * current;
  const limit = (pulls.reduce((sum, [g, towards]) => sum + g * towards, 0) + current) / total;
  return limit + (v - limit) * Math.exp(-dtPerC * total);
}

function fires(state: { v: number; hold: number }, p: Numbers, dt: number): boolean {
  if (state.v < p.threshold!) return false;
  state.v = p.reset!;
  state.hold = Math.round(p.refractory! / dt);
  return true;
}

export const lifCondExp: Model = (p, dt) => {
  const { leak, rest, capacitance, current, reversalExcitatory, reversalInhibitory } = given(
    p,
    ...(["leak", "rest", "capacitance", "current", "reversalExcitatory", "reversalInhibitory"] as const),
  );
  const { tauExcitatory, tauInhibitory } = given(p, "tauExcitatory", "tauInhibitory");
  const state = { v: rest, hold: 0, excitatory: 0, inhibitory: 0 };
  return {
    state,
    advance({ excitatory = 0, inhibitory = 0 }) {
      const e = state.excitatory + excitatory;
      const i = state.inhibitory + inhibitory;
      state.excitatory = e * Math.exp(-dt / tauExcitatory);
      state.inhibitory = i * Math.exp(-dt / tauInhibitory);
      if (state.hold > 0) {
        state.hold--;
        return false;
      }
      state.v = driven(
        state.v,
        dt / capacitance,
        [
          [leak, rest],
          [e * meanOfExponential(tauExcitatory, dt), reversalExcitatory],
          [i * meanOfExponential(tauInhibitory, dt), reversalInhibitory],
        ],
        current,
      );
      return fires(state, p, dt);
    },
  };
};

export const lifCondAlpha: Model = (p, dt) => {
  const { leak, rest, capacitance, current, reversalExcitatory, reversalInhibitory } = given(
    p,
    ...(["leak", "rest", "capacitance", "current", "reversalExcitatory", "reversalInhibitory"] as const),
  );
  const { tauExcitatory, tauInhibitory } = given(p, "tauExcitatory", "tauInhibitory");
  const state = { v: rest, hold: 0, excitatory: 0, inhibitory: 0, excitatoryRise: 0, inhibitoryRise: 0 };
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
      if (state.hold > 0) {
        state.hold--;
        return false;
      }
      const gE = e * meanOfExponential(tauExcitatory, dt) + eRise * meanOfRise(tauExcitatory, dt);
      const gI = i * meanOfExponential(tauInhibitory, dt) + iRise * meanOfRise(tauInhibitory, dt);
      state.v = driven(
        state.v,
        dt / capacitance,
        [
          [leak, rest],
          [gE, reversalExcitatory],
          [gI, reversalInhibitory],
        ],
        current,
      );
      return fires(state, p, dt);
    },
  };
};

/** Arrivals draw v towards their reversal potentials at once, and are lost while it is held. */
export const lifCondDelta: Model = (p, dt) => {
  const { leak, rest, capacitance, current, reversalExcitatory, reversalInhibitory } = given(
    p,
    ...(["leak", "rest", "capacitance", "current", "reversalExcitatory", "reversalInhibitory"] as const),
  );
  const state = { v: rest, hold: 0 };
  return {
    state,
    advance({ excitatory = 0, inhibitory = 0 }) {
      if (state.hold > 0) {
        state.hold--;
        return false;
      }
      const drawn = driven(state.v, 1, [
        [excitatory, reversalExcitatory],
        [inhibitory, reversalInhibitory],
      ]);
      state.v = driven(drawn, dt / capacitance, [[leak, rest]], current);
      return fires(state, p, dt);
    },
  };
};

/** Conductances relative to the leak, a threshold raised by θ, and a bar on spikes that outlasts the hold. */
export const diehlCook: Model = (p, dt) => {
  const { tau, rest, reversalExcitatory, reversalInhibitory, threshold, bar, thetaPlus, tauTheta } = given(
    p,
    ...(["tau", "rest", "reversalExcitatory", "reversalInhibitory", "threshold", "bar"] as const),
    ...(["thetaPlus", "tauTheta"] as const),
  );
  const { tauExcitatory, tauInhibitory } = given(p, "tauExcitatory", "tauInhibitory");
  const state = { v: rest, hold: 0, barred: 0, excitatory: 0, inhibitory: 0, theta: p.thetaStart! };
  const every = Math.max(1, Math.round((1e-4 * tauTheta) / dt));
  let step = 0;
  return {
    state,
    advance({ excitatory = 0, inhibitory = 0 }) {
      const e = state.excitatory + excitatory;
      const i = state.inhibitory + inhibitory;
      state.excitatory = e * Math.exp(-dt / tauExcitatory);
      state.inhibitory = i * Math.exp(-dt / tauInhibitory);
      if (++step % every === 0) state.theta *= Math.exp((-every * dt) / tauTheta);
      const free = state.barred === 0;
      if (!free) state.barred--;
      if (state.hold > 0) {
        state.hold--;
        return false;
      }
      state.v = driven(state.v, dt / tau, [
        [1, rest],
        [e * meanOfExponential(tauExcitatory, dt), reversalExcitatory],
        [i * meanOfExponential(tauInhibitory, dt), reversalInhibitory],
      ]);
      if (!free || !fires(state, { ...p, threshold: threshold + state.theta }, dt)) return false;
      state.barred = Math.round(bar / dt);
      state.theta += thetaPlus;
      return true;
    },
  };
};
