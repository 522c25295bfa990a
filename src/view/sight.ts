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
