/** Sight: whether something is on screen, so that what nobody looks at can rest. */

/** How far from the screen it counts already, so that it is ready when it comes. */
const rootMargin = "160px";

export class Sight {
  private readonly seen = new Set<Element>();
  /** Resolves once any of them has been near the screen. */
  readonly first: Promise<void>;

  /** @param selectors of what counts together */
  constructor(...selectors: readonly string[]) {
    let met = () => {};
    this.first = new Promise((resolve) => {
      met = resolve;
    });
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries)
          if (isIntersecting) this.seen.add(target);
          else this.seen.delete(target);
        if (this.any) met();
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
