/** Short names for synapse fields: W₂ leads forward into layer 2, B₂ stands for its transpose, B₃→₁ leads straight from 3 to 1. */
import { fieldsOf, type Schedule } from "../gpu/schedule";
import type { Network } from "../net/network";

const subscript = (layer: number): string =>
  [...String(layer)].map((digit) => String.fromCharCode(0x2080 + Number(digit))).join("");

/** By the field's name, `pre-post/what`. */
export function synapseNames(schedule: Schedule, { populations }: Network): Map<string, string> {
  const layerOf = (name: string) => populations.find((population) => population.name === name)?.layer ?? 0;
  const synapses = fieldsOf(schedule).filter(
    ({ site, name }) => site === "synapse" && !name.endsWith(".state"),
  );
  return new Map(
    synapses.map(({ name }) => {
      const [pre = "", post = "", what = ""] = name.split(/[-/]/);
      const [from, to] = [layerOf(pre), layerOf(post)];
      if (what === "weight") return [name, `W${subscript(to)}`] as const;
      return [name, to - from === 1 ? `B${subscript(to)}` : `B${subscript(to)}→${subscript(from)}`] as const;
    }),
  );
}
