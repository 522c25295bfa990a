/** A rule's options for tests that look at every record: repeats no longer than they need be. */
import type { Chosen, Rule } from "../../src/net/rule";

export const brief = ({ options = {} }: Rule): Chosen =>
  Object.fromEntries(
    Object.entries(options).flatMap(([name, option]) =>
      "choices" in option || option.default <= 2 ? [] : [[name, Math.max(2, option.min)]],
    ),
  );
