/** Sight: whether something is on screen, so that what nobody looks at can rest. */

/** How far from the screen it counts already, so that it is ready when it comes. */
const rootMargin = "160px";

export class Sight {
  private readonly seen = new Set<Element>();

  /** @param selectors of what counts together */
  constructor(...selectors: readonly string[]) {
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries)
          if (isIntersecting) this.seen.add(target);
          else this.seen.delete(target);
      },
      { rootMargin },
    );
    for (const element of document.querySelectorAll(selectors.join())) observer.observe(element);
  }

  /** Whether any of them is. */
  get any(): boolean {
    return this.seen.size > 0;
  }
}

/** Waits until an element is near the screen for the first time. @param margin how near, in CSS pixels */
export function firstNear(element: Element, margin: number): Promise<void> {
  return new Promise((resolve) => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        observer.disconnect();
        resolve();
      },
      { rootMargin: `${margin}px` },
    );
    observer.observe(element);
  });
}
