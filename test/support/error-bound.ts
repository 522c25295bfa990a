/**
 * What an expression comes to in float64, with a bound on how far f32 may be off: running error analysis (Wilkinson 1963), with the
 * accuracies that WGSL promises of its functions. Undefined where rounding decides between two branches, or leaves f32.
 */

import { functions, wholePower } from "../../src/expression/functions";
import type { Expression } from "../../src/expression/syntax";
import { wholeExponent } from "../../src/expression/whole";

export interface Bounded {
  readonly value: number;
  readonly error: number;
}

const unit = 2 ** -23;
const largest = 1e18;

export function bounded(node: Expression, values: ReadonlyMap<string, Bounded>): Bounded | undefined {
  const result = raw(node, values);
  if (result === undefined) return undefined;
  const { value, error } = result;
  return Math.abs(value) < largest && error < largest ? result : undefined;
}

function raw(node: Expression, values: ReadonlyMap<string, Bounded>): Bounded | undefined {
  const rounded = (value: number, error: number, units = 1): Bounded => ({
    value,
    error: error + units * unit * Math.abs(value) + 1e-37,
  });
  switch (node.kind) {
    case "number":
      return rounded(node.value, 0);
    case "name":
      return values.get(node.name)!;
    case "unary": {
      const of = bounded(node.of, values);
      return of && { value: node.operator === "-" ? -of.value : Number(of.value === 0), error: of.error };
    }
    case "choice": {
      const condition = bounded(node.condition, values);
      return condition && bounded(condition.value === 1 ? node.yes : node.no, values);
    }
    case "call": {
      const all = node.of.map((argument) => bounded(argument, values));
      if (all.some((one) => one === undefined)) return undefined;
      return called(node.name, all as Bounded[], rounded);
    }
    case "binary":
      return binary(node, values, rounded);
  }
}

function binary(
  { operator, left, right }: Expression & { kind: "binary" },
  values: ReadonlyMap<string, Bounded>,
  rounded: (value: number, error: number, units?: number) => Bounded,
): Bounded | undefined {
  const a = bounded(left, values);
  const whole = operator === "^" ? wholeExponent(right) : undefined;
  if (a === undefined) return undefined;
  if (whole !== undefined) {
    const size = Math.abs(whole);
    const up = wholePower(Math.abs(a.value) + a.error, size);
    const error = up - Math.abs(wholePower(a.value, size)) + size * unit * up;
    if (whole >= 0) return { value: wholePower(a.value, size), error };
    return quotient({ value: 1, error: 0 }, { value: wholePower(a.value, size), error }, rounded);
  }
  const b = bounded(right, values);
  if (b === undefined) return undefined;
  const error = a.error + b.error;
  switch (operator) {
    case "+":
      return rounded(a.value + b.value, error);
    case "-":
      return rounded(a.value - b.value, error);
    case "*":
      return rounded(
        a.value * b.value,
        Math.abs(a.value) * b.error + Math.abs(b.value) * a.error + a.error * b.error,
      );
    case "/":
      return quotient(a, b, rounded);
    case "^": {
      if (a.value - a.error < 0.01) return undefined;
      const value = a.value ** b.value;
      const exponent =
        (Math.abs(b.value) * a.error) / (a.value - a.error) + Math.abs(Math.log(a.value)) * b.error;
      const size = Math.abs(b.value * Math.log(a.value));
      return exponent < 1 ? rounded(value, value * Math.expm1(exponent), 64 * (1 + size)) : undefined;
    }
    case "&&":
    case "||":
      return {
        value: Number(operator === "&&" ? a.value !== 0 && b.value !== 0 : a.value !== 0 || b.value !== 0),
        error: 0,
      };
    default: {
      // Rounding may decide where the two are as near as that.
      if (Math.abs(a.value - b.value) <= error && error > 1e-36) return undefined;
      const truths = {
        "<": a.value < b.value,
        "<=": a.value <= b.value,
        ">": a.value > b.value,
        ">=": a.value >= b.value,
        "==": a.value === b.value,
        "!=": a.value !== b.value,
      };
      return { value: Number(truths[operator]), error: 0 };
    }
  }
}

function quotient(
  a: Bounded,
  b: Bounded,
  rounded: (value: number, error: number, units?: number) => Bounded,
): Bounded | undefined {
  const least = Math.abs(b.value) - b.error;
  if (least < 1e-6) return undefined;
  const value = a.value / b.value;
  return rounded(value, (a.error + Math.abs(value) * b.error) / least, 4);
}

function called(
  name: keyof typeof functions,
  all: readonly Bounded[],
  rounded: (value: number, error: number, units?: number) => Bounded,
): Bounded | undefined {
  const x = all[0]!;
  const value = (functions[name].evaluate as (...values: number[]) => number)(...all.map((one) => one.value));
  const widest = Math.max(...all.map(({ error }) => error));
  switch (name) {
    case "exp":
      return x.value < 40 && x.error < 1
        ? rounded(value, value * Math.expm1(x.error), 3 + 2 * Math.abs(x.value))
        : undefined;
    case "log":
      if (x.value - x.error < 1e-3) return undefined;
      return rounded(value, x.error / (x.value - x.error) + 1e-6, 4);
    case "sqrt": {
      const [low, high] = [Math.max(x.value - x.error, 0), Math.max(x.value + x.error, 0)];
      return rounded(value, Math.sqrt(high) - Math.sqrt(low), 4);
    }
    case "tanh":
      return rounded(value, x.error + 2e-5);
    case "sigmoid":
      return rounded(value, x.error / 4 + 1e-6, 8);
    case "sign":
    case "step":
      return Math.abs(x.value) <= x.error && x.error > 1e-36 ? undefined : { value, error: 0 };
    default:
      return rounded(value, widest);
  }
}
