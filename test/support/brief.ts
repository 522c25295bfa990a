/** A rule's options for tests that look at every record: repeats no longer than they need be. */
import type { Chosen, Rule } from "../../src/net/rule";

export const brief = ({ options = {} }: Rule): Chosen =>
  Object.fromEntries(
    Object.entries(options).flatMap(([name, option]) =>
      "choices" in option || option.default <= 2 ? [] : [[name, Math.max(2, option.min)]],
    ),
  );

/** Layers that a rule can learn on: a rule with no way to hidden ones gets the first and the last. */
export const layersFor = ({ shallow }: Rule, layers: readonly number[]): readonly number[] =>
  shallow ? [layers[0]!, layers.at(-1)!] : layers;
