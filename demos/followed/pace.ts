/** Pace: the first samples are told slowly, later ones faster, and more and more go by untold between two tellings. */
import { nextFrame } from "../../src/view/motion";
import { type Kind, usualMs } from "./phases";

/** No telling is faster than this share of the first. */
const fastest = 0.32;

/** How long a phase takes. @param tellings how many samples have been told before */
export const phaseMs = (kind: Kind, tellings: number): number =>
  usualMs[kind] * Math.max(fastest, 0.8 ** tellings);

/** How many samples go by untold after so many tellings. */
export const restAfter = (tellings: number): number =>
  tellings < 2 ? 0 : Math.min(80, Math.round(4 * 1.7 ** (tellings - 2)));

/** Calls back before each picture for `ms`, with the share of the time that has gone; at its end as soon as `hurried` says so. */
export async function unfold(
  ms: number,
  draw: (share: number) => void,
  hurried: () => boolean,
): Promise<void> {
  const began = performance.now();
  for (let share = 0; ; share = hurried() ? 1 : Math.min(1, (performance.now() - began) / ms)) {
    draw(share);
    if (share === 1) return;
    await nextFrame();
  }
}
