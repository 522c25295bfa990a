/** ε-greedy agents on the ten-armed testbed (Sutton & Barto 2018, section 2.3), in float64 with random numbers of its own. */

/** Share of `agents` that chose their best arm over trials `from` to `to`. @param next uniform numbers in [0, 1) */
export function optimalShare(
  next: () => number,
  { arms, agents, exploration, rate }: { arms: number; agents: number; exploration: number; rate: number },
  from: number,
  to: number,
): number {
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  let optimal = 0;
  for (let agent = 0; agent < agents; agent++) {
    const average = Array.from({ length: arms }, normal);
    const best = average.indexOf(Math.max(...average));
    const value = new Float64Array(arms);
    for (let trial = 0; trial < to; trial++) {
      const highest = Math.max(...value);
      const equal = Array.from(value.keys()).filter((arm) => value[arm] === highest);
      const among = next() < exploration ? Array.from(value.keys()) : equal;
      const chosen = among[Math.floor(next() * among.length)]!;
      value[chosen]! += rate * (average[chosen]! + normal() - value[chosen]!);
      if (trial >= from && chosen === best) optimal++;
    }
  }
  return optimal / (agents * (to - from));
}
