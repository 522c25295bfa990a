/**
 * Lexer: a text to tokens. Statements end with the line or a semicolon; a line goes on where a bracket is open, or where it
 * ends in an operator that wants something after it. Comments run from # or // to the end of the line.
 */
import { ExpressionError, type Span } from "./error";

export type TokenKind = "number" | "name" | "operator" | "end of line" | "end";

export interface Token extends Span {
  readonly kind: TokenKind;
  readonly text: string;
}

/** No rule needs more, and a link could not carry it. */
export const longestText = 4000;

const number = /(?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const name = /[A-Za-z_][A-Za-z0-9_]*/y;
const operator = /\.\.|&&|\|\||==|!=|<=|>=|[-+*/^<>?:!=(),']/y;
const blank = /[ \t\r]+|#[^\n]*|\/\/[^\n]*/y;

/** Words for operators. */
const words: Readonly<Record<string, string>> = { and: "&&", or: "||", not: "!" };
/** After these a line can't be over. */
const unfinished = new Set([..."-+*/^<>?:=,(", "&&", "||", "==", "!=", "<=", ">=", "!", ".."]);

/** Signs that people type and that stand for others. */
const meant: Readonly<Record<string, string>> = {
  "×": "*",
  "·": "*",
  "÷": "/",
  "−": "-",
  "–": "-",
  "≤": "<=",
  "≥": ">=",
  "≠": "!=",
  "²": "^2",
  "³": "^3",
  "&": "&&",
  "|": "||",
  "[": "(",
  "{": "(",
  "]": ")",
  "}": ")",
  "%": "/ 100",
  "’": "'",
};

/** @throws ExpressionError at the first character that begins nothing */
export function tokenise(text: string): Token[] {
  if (text.length > longestText)
    throw new ExpressionError(
      `Expected at most ${longestText} characters, but there are ${text.length}; shorten the text.`,
      text,
      { start: longestText, end: text.length },
    );
  const tokens: Token[] = [];
  let open = 0;
  let at = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  const push = (kind: TokenKind, found: string, written = found) => {
    tokens.push({ kind, text: found, start: at, end: at + written.length });
    at += written.length;
  };
  while (at < text.length) {
    const skipped = match(blank);
    if (skipped) {
      at += skipped.length;
      continue;
    }
    const char = text[at]!;
    if (char === "\n" || char === ";") {
      const last = tokens.at(-1);
      const goesOn = char === "\n" && (open > 0 || (last?.kind === "operator" && unfinished.has(last.text)));
      if (last === undefined || last.kind === "end of line" || goesOn) at++;
      else push("end of line", char);
      continue;
    }
    const found = match(number) ?? match(name) ?? match(operator);
    if (found === undefined) throw unknownCharacter(text, at);
    if (/^[.\d]/.test(found) && found !== "..") push("number", found);
    else if (/^\w/.test(found)) {
      const word = Object.hasOwn(words, found) ? words[found]! : undefined;
      push(word ? "operator" : "name", word ?? found, found);
    } else {
      if (found === "(") open++;
      if (found === ")") open = Math.max(0, open - 1);
      push("operator", found);
    }
  }
  if (tokens.length > 0 && tokens.at(-1)!.kind !== "end of line")
    tokens.push({ kind: "end of line", text: "", start: at, end: at });
  tokens.push({ kind: "end", text: "", start: at, end: at });
  return tokens;
}

function unknownCharacter(text: string, at: number): ExpressionError {
  const char = String.fromCodePoint(text.codePointAt(at)!);
  const instead = Object.hasOwn(meant, char) ? meant[char] : undefined;
  const todo = instead ? `write ${instead} instead` : "take it out";
  return new ExpressionError(
    `Expected a name, a number or an operator, but found “${char}”; ${todo}.`,
    text,
    { start: at, end: at + char.length },
  );
}
