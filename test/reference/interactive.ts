/** Interactive activation and competition in float64, unit by unit. */
export interface Wiring {
  /** Pool of each unit. */
  readonly pools: readonly string[];
  readonly links: readonly (readonly [number, number])[];
}

/**
 * Activations after each cycle, from rest.
 * @param given units with input from outside
 * @param cut units that are not there
 */
export function interactive(
  { pools, links }: Wiring,
  given: readonly number[],
  cycles: number,
  cut: readonly number[] = [],
): Float64Array[] {
  const [max, min, rest, decay, alpha, gamma, strength] = [1, -0.2, -0.1, 0.1, 0.1, 0.1, 0.4];
  const neighbours = pools.map((_, unit) =>
    links.filter((link) => link.includes(unit)).map(([a, b]) => (a === unit ? b : a)),
  );
  let now = new Float64Array(pools.length).fill(rest);
  return Array.from({ length: cycles }, () => {
    const says = (unit: number) => (cut.includes(unit) ? 0 : Math.max(0, now[unit]!));
    now = now.map((a, unit) => {
      if (cut.includes(unit)) return rest;
      const excitation = neighbours[unit]!.reduce((sum, other) => sum + says(other), 0);
      const inhibition = pools.reduce(
        (sum, pool, other) => sum + (other !== unit && pool === pools[unit] ? says(other) : 0),
        0,
      );
      const net = alpha * excitation - gamma * inhibition + (given.includes(unit) ? strength : 0);
      const change = net > 0 ? (max - a) * net - decay * (a - rest) : (a - min) * net - decay * (a - rest);
      return Math.min(max, Math.max(min, a + change));
    });
    return now;
  });
}
