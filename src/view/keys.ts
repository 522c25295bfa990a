/** Keys: letters that press a button while the focus is in its figure. */

/** @param keys buttons by small letter; one that is disabled does not hear */
export function listenForKeys(figure: HTMLElement, keys: Readonly<Record<string, HTMLButtonElement>>): void {
  figure.addEventListener("keydown", (event) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.repeat;
    const button = keys[event.key.toLowerCase()];
    if (!plain || !button || button.disabled || isTyping(event.target)) return;
    event.preventDefault();
    button.click();
  });
}

/** Letters belong to whoever is typing or choosing. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, select, textarea, [contenteditable]") !== null;
}
