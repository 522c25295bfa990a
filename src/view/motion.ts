/** Motion: whether a person asks for less of it, and what unfolds picture by picture. */

/** Whether a person asks for less motion, now. */
export const wantsStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Waits until the next picture is due; in a hidden tab, where none is, a little while. */
export const nextFrame = () =>
  new Promise<unknown>((resolve) =>
    document.hidden ? setTimeout(resolve, 200) : requestAnimationFrame(resolve),
  );

/** Calls back before each picture for `ms`, with the share of the time that has gone; where less motion is asked for, at its end alone. */
export async function unfold(ms: number, draw: (share: number) => void): Promise<void> {
  const began = performance.now();
  for (;;) {
    const share = ms === 0 || wantsStill() ? 1 : Math.min(1, (performance.now() - began) / ms);
    draw(share);
    if (share === 1) return;
    await nextFrame();
  }
}
