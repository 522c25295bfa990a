/** What is wrong with a text of the language, at a place that can be pointed at. Nothing else is ever thrown. */

/** A stretch of the text: from `start`, up to but without `end`, in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export class ExpressionError extends Error {
  override readonly name = "ExpressionError";
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1, in UTF-16 units. */
  readonly column: number;

  /** @param message one sentence: what was expected, what was found, what to do */
  constructor(
    message: string,
    text: string,
    readonly span: Span,
  ) {
    super(message);
    const before = text.slice(0, span.start).split("\n");
    this.line = before.length;
    this.column = before.at(-1)!.length + 1;
  }
}

/**
 * The line at fault with a caret under the place, for a fixed-width font.
 * @param most characters of the line; of a longer one what lies around the place
 */
export function pointed(
  text: string,
  { line, column, span }: ExpressionError,
  most = Number.POSITIVE_INFINITY,
): string {
  const whole = (text.split("\n")[line - 1] ?? "").replaceAll("\t", " ").trimEnd();
  const from =
    whole.length <= most ? 0 : Math.max(0, Math.min(column - 1 - (most >> 1), whole.length - most));
  const part = whole.slice(from, from + most);
  const shift = column - 1 - from;
  const length = Math.max(1, Math.min(span.end - span.start, part.length - shift));
  return `${part}\n${" ".repeat(shift)}${"^".repeat(length)}`;
}
