/**
 * Editor: a plain text field over a coloured copy of its text, and under it what is wrong, if anything is. Tab leads on, as on any
 * page; the text is judged a moment after the last key.
 */
import { ExpressionError, pointed } from "../../src/expression/error";
import { h } from "../../src/view/dom";
import { type Colouring, highlight } from "./highlight";

/** Characters of a line that fit under the editor on a phone. */
const widest = 38;
/** ms after the last key. */
const patience = 150;

export interface EditorHooks<Program> {
  colouring(): Colouring;
  /** @throws ExpressionError */
  parse(text: string): Program;
  /** The text is right, and says something new. */
  changed(program: Program, text: string): void;
  /** The text is wrong; the last right one holds on. */
  wrong(): void;
}

export class Editor<Program> {
  private timer = 0;
  private judged: string | undefined;
  /** What the last right text said. */
  program: Program | undefined;

  /**
   * @param area has a label of its own
   * @param copy behind it, unseen by screen readers
   * @param fault where the sentence goes; `aria-describedby` of the area
   */
  constructor(
    readonly area: HTMLTextAreaElement,
    private readonly copy: HTMLElement,
    private readonly fault: HTMLElement,
    private readonly hooks: EditorHooks<Program>,
  ) {
    area.addEventListener("input", () => {
      this.paint();
      clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.judge(), patience);
    });
  }

  get text(): string {
    return this.area.value;
  }

  /** Another text, judged at once. */
  show(text: string): void {
    this.area.value = text;
    this.judged = undefined;
    this.judge();
  }

  /** Writes a number where another stands, as a slider does; selection and focus stay. */
  write({ start, end }: { readonly start: number; readonly end: number }, value: string): void {
    this.area.setRangeText(value, start, end, "preserve");
    this.judge();
  }

  private judge(): void {
    clearTimeout(this.timer);
    const { text } = this;
    if (text === this.judged) return;
    this.judged = text;
    try {
      const program = this.hooks.parse(text);
      this.program = program;
      this.paint();
      this.area.setAttribute("aria-invalid", "false");
      if (!this.fault.querySelector(".wb-fine"))
        this.fault.replaceChildren(h("span", { class: "wb-fine" }, "Compiles."));
      this.hooks.changed(program, text);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      this.paint(error);
      this.area.setAttribute("aria-invalid", "true");
      this.fault.replaceChildren(
        h("pre", { class: "wb-caret", "aria-hidden": "true" }, pointed(text, error, widest)),
        h("span", { class: "wb-sentence" }, `Line ${error.line}, column ${error.column}: ${error.message}`),
      );
      this.hooks.wrong();
    }
  }

  private paint(error?: ExpressionError): void {
    // The last line is as high as the others only if something stands in it.
    this.copy.replaceChildren(
      ...highlight(this.text, this.hooks.colouring(), error?.span),
      document.createTextNode("\n"),
    );
  }
}

/** Code that is only read. */
export function showCode(place: HTMLElement, text: string, colouring: Colouring): void {
  if (place.dataset.text === text) return;
  place.dataset.text = text;
  place.replaceChildren(...highlight(text, colouring));
}
