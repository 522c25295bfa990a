/** Malformed texts: each gets one exact sentence, at the exact place. Oracle: the table, written by hand. */
import { describe, expect, it } from "vitest";
import { ExpressionError, pointed } from "../../src/expression/error";
import { parseNeuron } from "../../src/expression/neuron";
import { parseRule } from "../../src/expression/rule";

const known = "w, pre, post, preTrace, postTrace, postSquareTrace, eligibility, dopamine";
const value = "Expected a value: a name, a number or a bracket, but";
const over = "Expected an operator or the end of the line, but found";
const multiply = "to multiply, write * between the two.";

const rules: readonly (readonly [text: string, place: string, sentence: string])[] = [
  [
    "",
    "1:1",
    "Expected the change of a weight as the last line, but the text ends; write one, such as dw = pre * post.",
  ],
  [
    "let a = 1",
    "1:10",
    "Expected the change of a weight as the last line, but the text ends; write one, such as dw = pre * post.",
  ],
  ["dw = pre *", "1:11", `${value} the line ends; write one.`],
  ["dw = pre * * post", "1:12", `${value} found “*”; take it out, or write a value before it.`],
  ["dw = (pre + post", "1:17", "Expected “)” for the bracket that was opened, but the line ends; write it."],
  ["dw = pre)", "1:9", `${over} “)”; take it out, or begin a new line.`],
  ["dw = prre * post", "1:6", "Expected a known name, but found prre; did you mean pre?"],
  [
    "dw = gain * pre",
    "1:6",
    `Expected a known name, but found gain; use one of ${known}, or declare it above with param gain = 1.`,
  ],
  ["let x = 1\ndw = 2w * x", "2:7", `${over} “w”; ${multiply}`],
  ["dw = pre post", "1:10", `${over} “post”; ${multiply}`],
  ["dw = pre (w)", "1:10", "Expected an operator after pre, but found “(”; to multiply, write pre * (…)."],
  ["dw = pre @ post", "1:10", "Expected a name, a number or an operator, but found “@”; take it out."],
  ["dw = pre × post", "1:10", "Expected a name, a number or an operator, but found “×”; write * instead."],
  ["dw = relo(pre)", "1:6", "Expected a known function, but found relo; did you mean relu?"],
  [
    "dw = clamp(pre, 1)",
    "1:6",
    "Expected 3 arguments in clamp, but found 2; it is used as clamp(x, low, high).",
  ],
  ["dw = tanh pre", "1:6", "Expected “(” after the function tanh, but found “pre”; write tanh(…)."],
  [
    "dw = pre > 0",
    "1:6",
    "Expected a number, but this is a condition, true or false; make it a number with where(…, 1, 0).",
  ],
  [
    "dw = pre ? 1 : 2",
    "1:6",
    "Expected a condition, but this is a number; compare it with something, as in x > 0.",
  ],
  [
    "dw = pre > 0 ? 1",
    "1:17",
    "Expected “:” and what holds otherwise, as in x > 0 ? a : b, but the line ends; write it.",
  ],
  [
    "dw = pre < post < w",
    "1:17",
    "Expected one comparison, but found another < after it; join two with &&, as in a < b && b < c.",
  ],
  [
    "dw = w * (1 / 0)",
    "1:11",
    "Expected a finite number of 32 bits, but this comes to one that is not; change the numbers in it.",
  ],
  [
    "dw = 1e39 * pre",
    "1:6",
    "Expected a number of 32 bits, which is 0 or from 1.2e-38 to 3.4e+38, but found 1e39; take another.",
  ],
  ["dw = pre ^ 20", "1:12", "Expected a whole exponent from −16 to 16, but found 20; take a smaller one."],
  ["let = 3\ndw = pre", "1:5", "Expected a name after let, but found “=”; write it here."],
  [
    "let w = 3\ndw = pre",
    "1:5",
    "Expected a new name after let, but w has a meaning already; choose another.",
  ],
  [
    "let exp = 3\ndw = pre",
    "1:5",
    "Expected a name of your own after let, but exp is a function; choose another.",
  ],
  [
    "let target = 3\ndw = pre",
    "1:5",
    "Expected a name of your own after let, but target is a word of the GPU's own language; choose another.",
  ],
  [
    "param momentum = 1\ndw = pre",
    "1:7",
    "Expected a name of your own after param, but momentum is the optimiser's momentum; choose another.",
  ],
  ["param a\ndw = a", "1:8", "Expected “=” and a number after param a, but the line ends; write it."],
  ["param a = w\ndw = a", "1:11", "Expected a number for a, but found “w”; write it here."],
  [
    "param a = 2 in 0..1\ndw = a",
    "1:11",
    "Expected a to begin within its range from 0 to 1, but it is 2; change one of them.",
  ],
  [
    "param a = 2 in 3..1\ndw = a",
    "1:16",
    "Expected a range that grows, but 3 is not below 1; swap or change its ends.",
  ],
  [
    "dw = pre\ndw = w",
    "2:1",
    "Expected the change to be the last line, but here is another one; put params and lets above it.",
  ],
  [
    "x = 3\ndw = x",
    "1:1",
    "Expected dw = … for the change, but found x = …; to give a value a name, write let x = ….",
  ],
  ["dw == pre", "1:4", "Expected “=” after dw, but found “==”; write it here."],
  [
    "for i in 0..3: dw = pre",
    "1:1",
    "Expected an expression, but found for; there are no loops, and every synapse runs the text once a step.",
  ],
  [
    `dw = ${"(".repeat(80)}pre`,
    "1:66",
    "Expected at most 60 operations inside each other, but here are more; give a part a name with let.",
  ],
  [
    `dw = ${"pre + ".repeat(80)}pre`,
    "1:6",
    "Expected at most 60 operations inside each other, but here are more; give a part a name with let.",
  ],
  [
    "dw = pre\n".repeat(600),
    "445:5",
    "Expected at most 4000 characters, but there are 5400; shorten the text.",
  ],
];

const neurons: typeof rules = [
  ["", "1:1", "Expected the slope of a variable, but the text ends; write one, such as v' = (I - v) / 20."],
  [
    "v' = -v",
    "1:8",
    "Expected when the neuron fires as the last line, but the text ends; write it, such as when v > 1: v = 0.",
  ],
  [
    "v' = -v\nwhen v: v = 0",
    "2:6",
    "Expected a condition, but this is a number; compare it with something, as in x > 0.",
  ],
  [
    "v' = -v\nwhen v > 1",
    "2:11",
    "Expected “:” and what is reset, as in when v > 1: v = 0, but the line ends; write it.",
  ],
  ["v' = -v\nwhen v > 1: u = 0", "2:13", "Expected a variable to reset, but found “u”; take one of v."],
  [
    "v' = -v\nv' = v\nwhen v > 1: v = 0",
    "2:1",
    "Expected one slope for v, but here is a second; join the two.",
  ],
  [
    "v' = -v\nwhen v > 1: v = 0\nparam a = 1",
    "3:1",
    "Expected when … to be the last line, but here is another one; put everything else above it.",
  ],
  ["start v = 1 + 1\nv' = -v\nwhen v > 1: v = 0", "1:13", `${over} “+”; take it out, or begin a new line.`],
  [
    "v = 3\nv' = -v\nwhen v > 1: v = 0",
    "1:1",
    "Expected a line that begins with param, let, start, when or a variable's slope, but found “v”; write one, such as v' = (I - v) / 20.",
  ],
];

function faultOf(parse: (text: string) => unknown, text: string): ExpressionError {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof ExpressionError) return error;
    throw error;
  }
  throw new Error(`Expected ${JSON.stringify(text)} to be refused, but it was taken.`);
}

describe.each([
  ["rule", parseRule, rules],
  ["neuron", parseNeuron, neurons],
] as const)("a malformed %s", (_, parse, table) => {
  it.each(table)("%j is told at %s: %s", (text, place, sentence) => {
    const { line, column, message } = faultOf(parse, text);
    expect(message).toBe(sentence);
    expect(`${line}:${column}`).toBe(place);
  });
});

it("a caret stands under the characters at fault", () => {
  const text = "let y = relu(post)\ndw = y * prre";
  expect(pointed(text, faultOf(parseRule, text))).toBe("dw = y * prre\n         ^^^^");
});
