/** What a person can choose of the two settlings, as the page's inputs hold it. */
import { byId, setText } from "../../src/view/dom";

export interface Choices {
  /** Size of an inference step, and how many there are. */
  readonly gamma: number;
  readonly steps: number;
  /** Strength of the nudge, and which way it goes. */
  readonly beta: number;
  readonly nudging: string;
}

const field = (id: string) => byId(`settling-${id}`) as HTMLInputElement | HTMLSelectElement;

export function choices(): Choices {
  return {
    gamma: Number(field("gamma").value),
    steps: Number(field("inference").value),
    beta: Number(field("beta").value),
    nudging: field("nudging").value,
  };
}

/** Keeps the numbers beside the sliders, and calls back after each change. */
export function onChoice(changed: () => void): void {
  const tell = () => {
    for (const id of ["gamma", "beta"])
      setText(byId(`settling-${id}-told`), Number(field(id).value).toFixed(2));
  };
  tell();
  for (const id of ["gamma", "inference", "beta", "nudging"])
    field(id).addEventListener("input", () => {
      tell();
      changed();
    });
}
