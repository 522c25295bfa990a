/** Reproducible test values: mulberry32, which nothing under test uses. */
export function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `length` numbers, uniform in ±bound, as f32 holds them. */
export function uniform(length: number, seed: number, bound = 1): Float32Array {
  const next = mulberry32(seed);
  return Float32Array.from({ length }, () => bound * (2 * next() - 1));
}

/** `length` whole numbers from 0 to below `count`. */
export function choices(length: number, seed: number, count: number): Uint32Array {
  const next = mulberry32(seed);
  return Uint32Array.from({ length }, () => Math.floor(count * next()));
}
