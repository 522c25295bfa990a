/**
 * The sentence for a name nobody knows: it suggests the nearest known one, because a misspelt name is
 * most often one or two slips away from a right one.
 */

/**
 * How many single-letter slips part two words: insertions, deletions, replacements (Levenshtein 1966) and
 * swaps of two neighbours (Damerau 1964), in the variant that edits no letter twice.
 */
function slips(from: string, to: string): number {
  let before: number[] = [];
  let above = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1];
      let least = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      if (swapped) least = Math.min(least, before[j - 2]! + 1);
      row.push(least);
    }
    before = above;
    above = row;
  }
  return above[to.length]!;
}

/**
 * The known name that `name` was probably meant to be, or undefined when none is near.
 * Near is: at most a third of its letters slipped, but two at least where it has four or more (case does not
 * count; the first of equals wins); else the only known name that begins with it.
 */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const typed = name.slice(0, 64).toLowerCase();
  if (typed === "") return undefined;
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const known of names) {
    const distance = slips(typed, known.toLowerCase());
    const allowed = known.length < 4 ? 1 : Math.max(2, Math.floor(known.length / 3));
    if (distance < least && distance <= allowed && distance < known.length) {
      best = known;
      least = distance;
    }
  }
  if (best !== undefined) return best;
  const begun = names.filter((known) => known.toLowerCase().startsWith(typed));
  return begun.length === 1 ? begun[0] : undefined;
}

/** `Unknown task "mnits": did you mean "mnist"? Known: xor, mnist.`; `kind` is the noun ("task"). */
export function unknownName(kind: string, name: string, names: readonly string[]): string {
  const shown = JSON.stringify(name.length > 64 ? `${name.slice(0, 64)}…` : name);
  const guess = nearest(name, names);
  const hint = guess === undefined ? "." : `: did you mean ${JSON.stringify(guess)}?`;
  return `Unknown ${kind} ${shown}${hint} Known: ${names.join(", ")}.`;
}
