/** Where B stands between Wᵀ and random: a slider, and what it reads now. */
import { byId, setText } from "../../src/view/dom";

const input = byId("transport-share") as HTMLInputElement;
const output = byId("transport-share-told");

/** From 0, all of Wᵀ, to 1, none of it. */
export const share = (): number => Number(input.value);

/** In words, for those who see and those who hear. */
export function inWords(value: number): string {
  if (value === 0) return "B = Wᵀ: backpropagation";
  if (value === 1) return "B random: feedback alignment";
  return `${value.toFixed(2)}: ${Math.round(100 * (1 - value))}\u202f% of Wᵀ`;
}

/** Keeps the words beside the slider, and calls back after each change. */
export function onSlide(changed: () => void): void {
  const tell = () => {
    setText(output, inWords(share()));
    input.setAttribute("aria-valuetext", inWords(share()));
  };
  tell();
  input.addEventListener("input", () => {
    tell();
    changed();
  });
}
