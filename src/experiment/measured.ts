/**
 * What presets came to here: test accuracy at full length. The numbers are those of bench/results/scoreboard-*.json, which
 * `engram compare` writes; a test holds the two together.
 */

/** Test accuracy, in per cent, that this preset came to here. */
export interface Measured {
  readonly accuracy: number;
  /** Standard deviation over the seeds, where there were several. */
  readonly deviation?: number;
  readonly seeds: number;
  /** The adapter it ran on, and the day. */
  readonly on: string;
}

const lavapipe = (day: string) => `lavapipe on 2 cores, ${day}`;

const once = (accuracy: number, day = "2026-11-26"): Measured => ({ accuracy, seeds: 1, on: lavapipe(day) });

/** By preset, then by task. */
export const measured: Readonly<Record<string, Readonly<Record<string, Measured>>>> = {
  "attention-gated": { mnist: once(97.9), "fashion-mnist": once(87.63) },
  backprop: { mnist: once(98.28), "fashion-mnist": once(89.04) },
  "delta-rule": { mnist: once(92.4, "2026-11-24"), "fashion-mnist": once(84.5) },
  "delta-rule/linear": { mnist: once(86.38), "fashion-mnist": once(80.86) },
  "direct-feedback-alignment": { mnist: once(97.57) },
  "equilibrium-propagation": { mnist: once(97.69), "fashion-mnist": once(89.03) },
  "feedback-alignment": { mnist: once(97.57) },
  "forward-forward": { mnist: once(97.83), "fashion-mnist": once(88.59) },
  "kolen-pollack": { mnist: once(98.14) },
  "krotov-hopfield": { mnist: once(97.23), "fashion-mnist": once(85.11) },
  "local-error": { mnist: once(98.31, "2026-11-24"), "fashion-mnist": once(89.75) },
  "predictive-coding": { mnist: once(98.05, "2026-11-24"), "fashion-mnist": once(88.51) },
  "reward-modulated": { mnist: once(92.22), "fashion-mnist": once(81.34) },
  "reward-modulated/frozen": { mnist: once(90.61), "fashion-mnist": once(81.38) },
  "sign-symmetry": { mnist: once(97.81) },
  "soft-hebb": { mnist: once(95.8) },
  "weight-mirror": { mnist: once(98.12) },
};
