/** Apart: moves labels so that none covers another, each as little as can be. */

/**
 * @param wanted where each would stand by itself
 * @param gap that neighbours need, in the same unit
 * @param from, to the room there is; too little of it lets the last ones stick out below
 * @returns places in the order of `wanted`
 */
export function apart(wanted: readonly number[], gap: number, from: number, to: number): number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => wanted[a]! - wanted[b]!);
  // Neighbours that touch become one block about the mean of what its members want.
  const blocks: { members: number[]; start: number }[] = [];
  const settle = (members: number[]) => {
    const mean = members.reduce((sum, index, k) => sum + wanted[index]! - k * gap, 0) / members.length;
    return Math.max(from, Math.min(mean, to - (members.length - 1) * gap));
  };
  for (const index of order) {
    let block = { members: [index], start: settle([index]) };
    for (
      let last = blocks.at(-1);
      last && last.start + last.members.length * gap > block.start;
      last = blocks.at(-1)
    ) {
      blocks.pop();
      const members = [...last.members, ...block.members];
      block = { members, start: settle(members) };
    }
    blocks.push(block);
  }
  const places = wanted.map(() => 0);
  for (const { members, start } of blocks)
    for (const [k, index] of members.entries()) places[index] = start + k * gap;
  return places;
}
