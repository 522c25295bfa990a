/**
 * Exact propagators of linear membranes over one step (Rotter & Diesmann 1999, "Exact digital simulation of
 * time-invariant linear systems"), in forms that stay accurate where two time constants are equal or nearly so.
 */

/** What is left of a value that decays with `tau` after dt: exp(−dt/τ). */
export const decay = (tau: number, dt: number) => Math.exp(-dt / tau);

/** The share of its way to rest that a value goes in dt: 1 − exp(−dt/τ). */
export const approach = (tau: number, dt: number) => -Math.expm1(-dt / tau);

/** (e^z − 1) / z. */
const mean = (z: number) => (z === 0 ? 1 : Math.expm1(z) / z);

/** ∫₀¹ u e^{zu} du = ((z − 1) e^z + 1) / z², by its series Σ zᵏ / k!(k + 2) where the difference would cancel. */
function firstMoment(z: number): number {
  if (Math.abs(z) > 1) return ((z - 1) * Math.exp(z) + 1) / (z * z);
  let [sum, term] = [0, 1];
  for (let k = 0; k < 20; term *= z / ++k) sum += term / (k + 2);
  return sum;
}

/**
 * How far a membrane τ dv/dt = −v + i moves in dt for each unit of a current i that decays with `tauSynapse`:
 * (1/τ) ∫₀^dt exp(−(dt − s)/τ) exp(−s/τₛ) ds.
 */
export function fromExponential(tau: number, tauSynapse: number, dt: number): number {
  return (dt / tau) * decay(tau, dt) * mean(dt * (1 / tau - 1 / tauSynapse));
}

/** The same for a current that grows from 0 at slope 1 and decays with `tauSynapse`: i(s) = s exp(−s/τₛ). */
export function fromRise(tau: number, tauSynapse: number, dt: number): number {
  return ((dt * dt) / tau) * decay(tau, dt) * firstMoment(dt * (1 / tau - 1 / tauSynapse));
}

/** The mean over the next dt of a value that is 1 now and decays with `tau`. */
export const meanOfExponential = (tau: number, dt: number) => mean(-dt / tau);

/** The mean over the next dt of s exp(−s/τ). */
export const meanOfRise = (tau: number, dt: number) => dt * firstMoment(-dt / tau);
