/** Flame: a step's time as nested blocks, one stop of the Tab key; arrows lead along, up and down, details follow the focus. */
import { h, setText } from "./dom";
import { type FlameRecord, type FlameSpan, flameOf, neighbour } from "./flame-layout";

export interface FlameOptions {
  /** What the chart is, for those who hear it. */
  readonly label: string;
  /** A sentence on a span. */
  readonly told: (span: FlameSpan) => string;
  /** Hears which record has the pointer or the focus; undefined where it is none. */
  readonly regard: (record: number | undefined) => void;
}

/** Shares of the step that have no room for a name. */
const narrow = 0.03;

export class Flame {
  private spans: readonly FlameSpan[] = [];
  private blocks: HTMLElement[] = [];
  private readonly rows = h("div", { class: "flame-rows", role: "group" });
  private readonly detail = h("p", { class: "flame-detail" });

  constructor(
    host: HTMLElement,
    private readonly options: FlameOptions,
  ) {
    this.rows.setAttribute("aria-label", options.label);
    host.append(this.rows, this.detail);
    for (const type of ["pointerover", "focusin", "click"])
      this.rows.addEventListener(type, ({ target }) => this.look(this.blocks.indexOf(target as HTMLElement)));
    this.rows.addEventListener("pointerleave", () => options.regard(undefined));
    this.rows.addEventListener("keydown", (event) => this.walk(event));
  }

  draw(records: readonly FlameRecord[], whole: string): void {
    const focused = this.blocks.indexOf(document.activeElement as HTMLElement);
    this.spans = flameOf(records, whole);
    this.blocks = this.spans.map((span, index) => this.block(span, index));
    this.rows.replaceChildren(...this.blocks);
    setText(this.detail, "Point at a block, tap it, or walk with the arrow keys to read its numbers.");
    if (focused >= 0) this.blocks[Math.min(focused, this.blocks.length - 1)]!.focus();
  }

  private block(span: FlameSpan, index: number): HTMLElement {
    const told = this.options.told(span);
    const block = h(
      "button",
      {
        type: "button",
        class: `flame-block flame-depth-${span.depth}${span.verb ? ` verb-${span.verb}` : ""}${span.width < narrow ? " is-narrow" : ""}`,
        tabindex: index === 0 ? 0 : -1,
        // Who speaks to the page says what is written on the block.
        "aria-label": told.includes(span.name) ? told : `${span.name}: ${told}`,
        "data-record": span.record,
      },
      span.name,
    );
    block.style.left = `${100 * span.from}%`;
    block.style.width = `max(1px, ${100 * span.width}% - 1px)`;
    block.style.setProperty("--depth", String(span.depth));
    return block;
  }

  private look(at: number): void {
    const span = this.spans[at];
    if (!span) return;
    for (const [index, block] of this.blocks.entries()) block.tabIndex = index === at ? 0 : -1;
    setText(this.detail, this.options.told(span));
    this.options.regard(span.record);
  }

  private walk(event: KeyboardEvent): void {
    const at = this.blocks.indexOf(event.target as HTMLElement);
    const next = at < 0 ? undefined : neighbour(this.spans, at, event.key);
    if (next === undefined) return;
    event.preventDefault();
    this.blocks[next]!.focus();
  }
}
