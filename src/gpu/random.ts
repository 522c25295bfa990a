/**
 * Counter-based random numbers: a value is a pure function of (seed, stream, index), so it depends on no
 * order of calls and the GPU can compute the same one (shaders/lib/random.wgsl is the WGSL twin).
 *
 * The hash is the 32-bit output function of PCG, RXS-M-XS, after one step of its linear congruential
 * generator: O'Neill 2014, "PCG: a family of simple fast space-efficient statistically good algorithms";
 * as a GPU hash in Jarzynski & Olano 2020, "Hash functions for GPU rendering" (JCGT 9:3).
 */

/** The PCG hash of a 32-bit key (anything outside u32 is taken modulo 2^32); a bijection of u32. */
export function pcg(key: number): number {
  const state = (Math.imul(key, 747796405) + 2891336453) >>> 0;
  const word = Math.imul((state >>> ((state >>> 28) + 4)) ^ state, 277803737) >>> 0;
  return ((word >>> 22) ^ word) >>> 0;
}

/** What all values of a stream under a seed share: the u32 at `index` is `pcg(index ^ keyOf(seed, stream))`. */
export function keyOf(seed: number, stream: number): number {
  return pcg(stream ^ pcg(seed));
}

/** The u32 at `index` of `stream` under `seed`; all three are u32. */
export function hash(seed: number, stream: number, index: number): number {
  return pcg(index ^ keyOf(seed, stream));
}

/** A uniform number in [0, 1): the top 24 bits of the hash, so that f32 holds it exactly. */
export function unit(seed: number, stream: number, index: number): number {
  return (hash(seed, stream, index) >>> 8) / 0x1000000;
}

/** The u32 that names a stream: FNV-1a, 32 bit, over the name's UTF-8 bytes (Fowler, Noll, Vo). */
export function streamOf(name: string): number {
  let state = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(name)) state = Math.imul(state ^ byte, 0x01000193);
  return state >>> 0;
}
