/** Rove: many small things as one stop of the Tab key; the arrow keys lead from one to the next. */

/** @param regard hears which one has the pointer, a finger or the focus */
export function rove(host: HTMLElement, selector: string, regard: (one: HTMLElement) => void): void {
  const all = [...host.querySelectorAll<HTMLElement>(selector)];
  const enter = (one: HTMLElement | undefined) => {
    for (const other of all) other.tabIndex = other === one ? 0 : -1;
  };
  const leads: Record<string, (index: number) => number> = {
    ArrowRight: (index) => index + 1,
    ArrowDown: (index) => index + 1,
    ArrowLeft: (index) => index - 1,
    ArrowUp: (index) => index - 1,
    Home: () => 0,
    End: () => all.length - 1,
  };
  enter(all[0]);
  const look = ({ target }: Event) => {
    const one = all.find((other) => other === target);
    if (one) regard(one);
  };
  for (const type of ["pointerover", "focusin", "click"]) host.addEventListener(type, look);
  host.addEventListener("focusin", ({ target }) => enter(all.find((one) => one === target)));
  host.addEventListener("keydown", (event) => {
    const next = all[leads[event.key]?.(all.indexOf(event.target as HTMLElement)) ?? -1];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}
