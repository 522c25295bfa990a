/** A shape for each verb, so that colour is never the only sign: what goes up points up, what comes down points down. */
import type { Verb } from "../gpu/schedule";

/** Paths around (0, 0), some 12 wide. */
export const verbShapes: Readonly<Record<Verb, string>> = {
  project: "M0 -6.5L6 4.5H-6Z",
  transport: "M0 6.5L6 -4.5H-6Z",
  correlate: "M-5 -5H5V5H-5Z",
  local: "M5.5 0A5.5 5.5 0 1 1 -5.5 0A5.5 5.5 0 1 1 5.5 0Z",
  pool: "M0 -6.5L6.5 0L0 6.5L-6.5 0Z",
};

export const verbs = Object.keys(verbShapes) as Verb[];
