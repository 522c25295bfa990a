/** Evaluate: what an expression comes to, in float64. The GPU's twin, for tests and for what is computed on the host. */
import { functions, power, wholePower } from "./functions";
import type { Expression, Let, NeuronProgram, RuleProgram } from "./syntax";
import { wholeExponent } from "./whole";

/** Values by name. */
export type Values = ReadonlyMap<string, number>;

/** A truth is 1 or 0. A name without a value is NaN. */
export function evaluate(node: Expression, values: Values): number {
  switch (node.kind) {
    case "number":
      return node.value;
    case "name":
      return values.get(node.name) ?? Number.NaN;
    case "unary": {
      const of = evaluate(node.of, values);
      return node.operator === "-" ? -of : Number(of === 0);
    }
    case "choice":
      return evaluate(evaluate(node.condition, values) !== 0 ? node.yes : node.no, values);
    case "call":
      return (functions[node.name].evaluate as (...all: number[]) => number)(
        ...node.of.map((argument) => evaluate(argument, values)),
      );
    case "binary": {
      const whole = node.operator === "^" ? wholeExponent(node.right) : undefined;
      const left = evaluate(node.left, values);
      return whole !== undefined
        ? wholePower(left, whole)
        : combine(node.operator, left, evaluate(node.right, values));
    }
  }
}

function combine(operator: (Expression & { kind: "binary" })["operator"], a: number, b: number): number {
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return a / b;
    case "^":
      return power(a, b);
    case "<":
      return Number(a < b);
    case "<=":
      return Number(a <= b);
    case ">":
      return Number(a > b);
    case ">=":
      return Number(a >= b);
    case "==":
      return Number(a === b);
    case "!=":
      return Number(a !== b);
    case "&&":
      return Number(a !== 0 && b !== 0);
    case "||":
      return Number(a !== 0 || b !== 0);
  }
}

/** The values with those that the text gives names to. */
function withLets(lets: readonly Let[], values: Values): Map<string, number> {
  const all = new Map(values);
  for (const { name, value } of lets) all.set(name, evaluate(value, all));
  return all;
}

/** A parameter is worth what the text says, unless `values` says otherwise. */
const withParams = ({ params }: RuleProgram | NeuronProgram, values: Values): Map<string, number> =>
  new Map([...params.map(({ name, value }) => [name, value] as const), ...values]);

/** The change of one weight. @param seen what the synapse sees, by name, and parameters that differ from the text's */
export function evaluateRule(program: RuleProgram, seen: Values): number {
  return evaluate(program.change, withLets(program.lets, withParams(program, seen)));
}

/**
 * One step of a neuron, by the midpoint method, as the GPU takes it.
 * @param before the state's values, `I`, and parameters that differ from the text's
 * @returns the state's values after the step, and whether the neuron fired
 */
export function stepNeuron(
  program: NeuronProgram,
  before: Values,
  dt: number,
): { readonly state: Map<string, number>; readonly fires: boolean } {
  const { state, lets, fires, resets } = program;
  const given = withParams(program, before);
  const moved = (from: Map<string, number>, ms: number) => {
    const all = withLets(lets, from);
    return new Map([
      ...given,
      ...state.map(({ name, slope }) => [name, given.get(name)! + ms * evaluate(slope, all)] as const),
    ]);
  };
  const after = withLets(lets, moved(moved(given, dt / 2), dt));
  const fired = evaluate(fires, after) !== 0;
  const reset = new Map(fired ? resets.map(({ name, value }) => [name, evaluate(value, after)]) : []);
  return {
    state: new Map(state.map(({ name }) => [name, reset.get(name) ?? after.get(name)!])),
    fires: fired,
  };
}
