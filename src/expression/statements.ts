/** Statements that rules and neurons share: `param name = number in low .. high`, and `let name = expression`. */
import type { Token } from "./lexer";
import type { Parser } from "./parser";
import type { Let, Param } from "./syntax";
import { whyTaken } from "./words";

/** The most parameters that get sliders. */
const mostParams = 12;

/** A name that a person gives. @throws ExpressionError where there is none, or it has a meaning already */
export function newName(parser: Parser, what: string): Token {
  if (parser.next.kind !== "name") throw parser.wrong(`a name ${what}`);
  const token = parser.take();
  const reason = whyTaken(token.text);
  if (reason !== undefined)
    throw parser.error(
      `Expected a name of your own ${what}, but ${token.text} is ${reason}; choose another.`,
      token,
    );
  if (parser.known.has(token.text))
    throw parser.error(
      `Expected a new name ${what}, but ${token.text} has a meaning already; choose another.`,
      token,
    );
  if (token.text.length > 32)
    throw parser.error(
      `Expected a name of at most 32 letters, but this one has ${token.text.length}; shorten it.`,
      token,
    );
  return token;
}

/** After the word `param`. @throws ExpressionError */
export function paramStatement(parser: Parser, params: Param[]): void {
  const token = newName(parser, "after param");
  if (params.length === mostParams)
    throw parser.error(
      `Expected at most ${mostParams} parameters, but here is one more; write its number instead.`,
      token,
    );
  parser.expect("=", `and a number after param ${token.text}`);
  const { value, at } = parser.signedNumber(`for ${token.text}`);
  let [min, max] = around(value);
  if (parser.accept("in")) {
    const low = parser.signedNumber("where the range begins");
    parser.expect("..", "between the two ends of the range, as in 0 .. 1");
    const high = parser.signedNumber("where the range ends");
    [min, max] = [low.value, high.value];
    if (min >= max)
      throw parser.error(
        `Expected a range that grows, but ${min} is not below ${max}; swap or change its ends.`,
        { start: low.at.start, end: high.at.end },
      );
    if (value < min || value > max)
      throw parser.error(
        `Expected ${token.text} to begin within its range from ${min} to ${max}, but it is ${value}; change one of them.`,
        at,
      );
  }
  parser.endOfStatement();
  params.push({ name: token.text, value, min, max, at });
  parser.known.add(token.text);
}

/** The range of a slider where none is told: from 0 to four times the value. */
function around(value: number): [number, number] {
  if (value === 0) return [-1, 1];
  return value > 0 ? [0, 4 * value] : [4 * value, 0];
}

/** After the word `let`. @throws ExpressionError */
export function letStatement(parser: Parser, lets: Let[]): void {
  const token = newName(parser, "after let");
  parser.expect("=", `and a value after let ${token.text}`);
  const value = parser.number();
  parser.endOfStatement();
  lets.push({ name: token.text, value });
  parser.known.add(token.text);
}

/** The used names that are not lets. */
export const outside = (parser: Parser, lets: readonly Let[]): ReadonlySet<string> =>
  new Set([...parser.used].filter((name) => !lets.some((one) => one.name === name)));
