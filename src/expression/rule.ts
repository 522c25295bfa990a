/**
 * A plasticity rule as a person writes it: parameters, named values, and last the change of a weight.
 *
 * ```
 * param strength = 1 in 0 .. 2
 * let y = relu(post)
 * dw = y * (pre - strength * y * w)
 * ```
 */
import { Parser } from "./parser";
import { letStatement, outside, paramStatement } from "./statements";
import type { Let, Param, RuleProgram } from "./syntax";

/** What a synapse may see, by name, and what that is. Generated code lists its arguments in this order. */
export const seenNames = {
  w: "the synapse’s own weight",
  pre: "what the neuron before it says",
  post: "the drive of the neuron behind it: the sum of w · pre over its synapses",
  preTrace: "a fading trace of pre",
  postTrace: "a fading trace of post",
  postSquareTrace: "a fading trace of post²",
  eligibility: "the synapse’s own fading trace of pre · post",
  dopamine: "one scalar for all: 1 or 0, as the network answered right or wrong, less its running mean",
} as const;

export const seenList: readonly string[] = Object.keys(seenNames);

/** @throws ExpressionError, and nothing else, at the place that is wrong */
export function parseRule(text: string): RuleProgram {
  const parser = new Parser(text, seenList);
  const params: Param[] = [];
  const lets: Let[] = [];
  for (;;) {
    if (parser.atEnd)
      throw parser.wrong("the change of a weight as the last line", "write one, such as dw = pre * post");
    if (parser.accept("param")) paramStatement(parser, params);
    else if (parser.accept("let")) letStatement(parser, lets);
    else break;
  }
  if (parser.accept("dw")) parser.expect("=", "after dw");
  else if (parser.next.kind === "name" && parser.second.text === "=")
    throw parser.error(
      `Expected dw = … for the change, but found ${parser.next.text} = …; to give a value a name, write let ${parser.next.text} = ….`,
      parser.next,
    );
  const change = parser.number();
  parser.endOfStatement();
  if (!parser.atEnd)
    throw parser.error(
      "Expected the change to be the last line, but here is another one; put params and lets above it.",
      parser.next,
    );
  return { kind: "rule", text, params, lets, change, uses: outside(parser, lets) };
}
