/** A bar for a signed number: from zero in the middle to the left or to the right, in the diverging map's colours. */
import { h } from "./dom";

/** @param most the magnitude of a full half; the number itself stands beside the bar, for who can't see it */
export function signedBar(value: number, most: number): HTMLElement {
  const fill = h("span", { class: value < 0 ? "bar-fill bar-negative" : "bar-fill bar-positive" });
  const share = most > 0 ? Math.min(1, Math.abs(value) / most) : 0;
  fill.style.width = `${50 * share}%`;
  return h("span", { class: "signed-bar", "aria-hidden": true }, fill);
}
