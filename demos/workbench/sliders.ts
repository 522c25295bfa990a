/** Sliders: one for each parameter of the text. They write into the text, so that it always says what runs. */
import type { Param } from "../../src/expression/syntax";
import { h, setText } from "../../src/view/dom";
import { rough } from "../../src/view/format";

const parts = 400;

export class Sliders {
  private shown: string | undefined;
  private readonly rows = new Map<
    string,
    { readonly input: HTMLInputElement; readonly output: HTMLElement }
  >();

  /** @param turned hears of a parameter by name and of the number as it is to be written */
  constructor(
    private readonly host: HTMLElement,
    private readonly prefix: string,
    private readonly turned: (name: string, value: string) => void,
  ) {}

  show(params: readonly Param[]): void {
    const kept = params.map(({ name, min, max }) => `${name} ${min} ${max}`).join();
    if (kept !== this.shown) this.make(params);
    this.shown = kept;
    for (const { name, value } of params) {
      const { input, output } = this.rows.get(name)!;
      if (document.activeElement !== input || Number(input.value) !== value) input.value = String(value);
      setText(output, rough(value));
    }
  }

  private make(params: readonly Param[]): void {
    this.rows.clear();
    this.host.replaceChildren(
      ...params.map(({ name, min, max }) => {
        const id = `${this.prefix}-${name}`;
        const input = h("input", { id, type: "range", min, max, step: (max - min) / parts });
        const output = h("output", { for: id });
        input.addEventListener("input", () => this.turned(name, short(Number(input.value), min, max)));
        this.rows.set(name, { input, output });
        return h("div", { class: "field" }, h("label", { for: id }, h("code", {}, name), " ", output), input);
      }),
    );
    this.host.hidden = params.length === 0;
  }
}

/** As few digits as the slider tells apart. */
function short(value: number, min: number, max: number): string {
  const digits = Math.max(0, Math.ceil(Math.log10(parts / (max - min))));
  const rounded = Number(value.toFixed(Math.min(12, digits)));
  return String(Math.min(max, Math.max(min, rounded)));
}
