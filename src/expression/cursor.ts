/** Cursor: a way through the tokens of a text, and the sentences for what stands there instead of what was expected. */
import { ExpressionError, type Span } from "./error";
import { type Token, tokenise } from "./lexer";

/** Beyond these a number is infinite, or 0, in f32. */
export const [largest, least] = [3.4e38, 1.2e-38];

export class Cursor {
  private at = 0;
  private readonly tokens: readonly Token[];

  /** @throws ExpressionError where the text is too long or has a sign that begins nothing */
  constructor(readonly text: string) {
    this.tokens = tokenise(text);
  }

  get next(): Token {
    return this.tokens[this.at]!;
  }

  get atEnd(): boolean {
    return this.next.kind === "end";
  }

  /** The token after the next, for names that a sign tells apart. */
  get second(): Token {
    return this.tokens[Math.min(this.at + 1, this.tokens.length - 1)]!;
  }

  take(): Token {
    const token = this.next;
    if (token.kind !== "end") this.at++;
    return token;
  }

  is(text: string): boolean {
    return this.next.text === text && (this.next.kind === "operator" || this.next.kind === "name");
  }

  accept(text: string): boolean {
    const found = this.is(text);
    if (found) this.at++;
    return found;
  }

  /** @throws ExpressionError where something else stands there */
  expect(text: string, where: string): Token {
    if (!this.is(text)) throw this.wrong(`“${text}” ${where}`);
    return this.take();
  }

  /** What stands at a place instead of what was expected. */
  wrong(expected: string, todo?: string): ExpressionError {
    const { next } = this;
    return this.error(
      `Expected ${expected}, but ${found(next)}; ${todo ?? (next.kind === "end of line" || next.kind === "end" ? "write it" : "write it here")}.`,
      next,
    );
  }

  error(message: string, span: Span): ExpressionError {
    return new ExpressionError(message, this.text, span);
  }

  /** A statement is over: the line, a semicolon, or the text must end here. */
  endOfStatement(): void {
    const { next } = this;
    if (next.kind === "end of line") this.at++;
    else if (next.kind !== "end") {
      const product = next.kind === "name" || next.kind === "number" || next.text === "(";
      throw this.wrong(
        "an operator or the end of the line",
        product ? "to multiply, write * between the two" : "take it out, or begin a new line",
      );
    }
  }

  /** A number as it stands, with or without a sign. @throws ExpressionError where there is none */
  signedNumber(where: string): { readonly value: number; readonly at: Span } {
    const first = this.next;
    const negative = this.accept("-");
    if (this.next.kind !== "number") throw this.wrong(`a number ${where}`);
    const token = this.take();
    const size = this.sizeOf(token);
    return { value: negative ? -size : size, at: { start: first.start, end: token.end } };
  }

  protected sizeOf(token: Token): number {
    const value = Number(token.text);
    if (value > largest || (value !== 0 && value < least))
      throw this.error(
        `Expected a number of 32 bits, which is 0 or from ${least} to ${largest}, but found ${token.text}; take another.`,
        token,
      );
    return value;
  }
}

export const shorten = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

/** What a person sees at a token. */
export function found({ kind, text }: Token): string {
  if (kind === "end") return "the text ends";
  if (kind === "end of line") return text === ";" ? "found “;”" : "the line ends";
  return `found “${shorten(text)}”`;
}
