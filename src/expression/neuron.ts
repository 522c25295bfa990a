/**
 * A neuron model as a person writes it: membrane equations, and when it fires and starts again.
 *
 * ```
 * param tau = 20 in 5 .. 50
 * param rest = -65
 * start v = rest
 * v' = (rest - v + I) / tau
 * when v > -50: v = rest
 * ```
 *
 * Times are in ms. `I` is the input: a constant current, and what spikes bring. A variable that has no `start` begins at 0.
 */

import type { Token } from "./lexer";
import { Parser } from "./parser";
import { letStatement, newName, outside, paramStatement } from "./statements";
import type { Expression, Let, NeuronProgram, Param, StateEquation } from "./syntax";

export const inputName = "I";

/** The most variables: a step keeps three copies of them in registers. */
const mostVariables = 8;

/** @throws ExpressionError, and nothing else, at the place that is wrong */
export function parseNeuron(text: string): NeuronProgram {
  const parser = new Parser(text, [inputName]);
  const variables = declareVariables(parser);
  const params: Param[] = [];
  const lets: Let[] = [];
  const slopes: { name: string; slope: Expression }[] = [];
  const starts = new Map<string, number | string>();
  let when: Pick<NeuronProgram, "fires" | "resets"> | undefined;
  while (!parser.atEnd) {
    if (when)
      throw parser.error(
        "Expected when … to be the last line, but here is another one; put everything else above it.",
        parser.next,
      );
    if (parser.accept("param")) paramStatement(parser, params);
    else if (parser.accept("let")) letStatement(parser, lets);
    else if (parser.accept("start")) startStatement(parser, variables, params, starts);
    else if (parser.accept("when")) when = whenStatement(parser, variables);
    else if (parser.next.kind === "name" && parser.second.text === "'") {
      const name = parser.take().text;
      parser.take();
      parser.expect("=", `and its slope after ${name}'`);
      slopes.push({ name, slope: parser.number() });
      parser.endOfStatement();
    } else
      throw parser.wrong(
        "a line that begins with param, let, start, when or a variable's slope",
        "write one, such as v' = (I - v) / 20",
      );
  }
  if (slopes.length === 0)
    throw parser.wrong("the slope of a variable", "write one, such as v' = (I - v) / 20");
  if (!when)
    throw parser.wrong(
      "when the neuron fires as the last line",
      `write it, such as when ${slopes[0]!.name} > 1: ${slopes[0]!.name} = 0`,
    );
  const state = slopes.map(
    ({ name, slope }): StateEquation => ({ name, slope, start: starts.get(name) ?? 0 }),
  );
  return { kind: "neuron", text, params, lets, state, ...when, uses: outside(parser, lets) };
}

/** Variables may be used above their own equations, so the text is looked through for them first. */
function declareVariables(parser: Parser): ReadonlySet<string> {
  const found = new Set<string>();
  const scout = new Parser(parser.text, [inputName]);
  let fresh = true;
  while (!scout.atEnd) {
    if (fresh && scout.next.kind === "name" && scout.second.text === "'") {
      const { next } = scout;
      if (found.has(next.text))
        throw scout.error(`Expected one slope for ${next.text}, but here is a second; join the two.`, next);
      if (found.size === mostVariables)
        throw scout.error(
          `Expected at most ${mostVariables} variables, but here is one more; take one out.`,
          next,
        );
      found.add(newName(scout, "for a variable").text);
      parser.known.add(next.text);
    }
    fresh = scout.take().kind === "end of line";
  }
  return found;
}

function variable(parser: Parser, variables: ReadonlySet<string>, where: string): Token {
  const token = parser.next;
  if (token.kind !== "name" || !variables.has(token.text))
    throw parser.wrong(
      `a variable ${where}`,
      variables.size > 0
        ? `take one of ${[...variables].join(", ")}`
        : "give one a slope first, such as v' = -v / 20",
    );
  return parser.take();
}

function startStatement(
  parser: Parser,
  variables: ReadonlySet<string>,
  params: readonly Param[],
  starts: Map<string, number | string>,
): void {
  const { text: name } = variable(parser, variables, "after start");
  parser.expect("=", `and a value after start ${name}`);
  if (params.some((param) => param.name === parser.next.text)) starts.set(name, parser.take().text);
  else starts.set(name, parser.signedNumber(`or a parameter's name where ${name} starts`).value);
  parser.endOfStatement();
}

function whenStatement(
  parser: Parser,
  variables: ReadonlySet<string>,
): Pick<NeuronProgram, "fires" | "resets"> {
  const fires = parser.truth();
  parser.expect(":", "and what is reset, as in when v > 1: v = 0");
  const resets: { name: string; value: Expression }[] = [];
  do {
    const { text: name } = variable(parser, variables, "to reset");
    parser.expect("=", `and a value after ${name}`);
    resets.push({ name, value: parser.number() });
  } while (parser.accept(","));
  parser.endOfStatement();
  return { fires, resets };
}
