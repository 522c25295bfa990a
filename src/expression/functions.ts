/**
 * The functions of the language, each in float64 and in WGSL. They are closed where the textbook's are not, so that both sides
 * agree everywhere: `log` takes at least 1e-30 and `sqrt` at least 0; arguments that would leave f32 inside are clamped first.
 */

export interface FunctionOf {
  /** How many arguments it takes. */
  readonly least: number;
  readonly most: number;
  /** Its arguments and what it gives, for people. */
  readonly about: string;
  readonly evaluate: (...values: number[]) => number;
  readonly wgsl: (...texts: string[]) => string;
}

const smallest = 1e-30;
const clamp = (x: number, low: number, high: number) => Math.min(Math.max(x, low), high);
const nested = (name: string, texts: readonly string[]): string =>
  texts.slice(1).reduce((all, text) => `${name}(${all}, ${text})`, texts[0]!);

const one = (about: string, evaluate: (x: number) => number, wgsl: (x: string) => string): FunctionOf => ({
  least: 1,
  most: 1,
  about,
  evaluate,
  wgsl,
});

export const functions = {
  abs: one("abs(x): its size, without the sign", Math.abs, (x) => `abs(${x})`),
  min: {
    least: 2,
    most: 8,
    about: "min(a, b, …): the least",
    evaluate: (...values) => Math.min(...values),
    wgsl: (...texts) => nested("min", texts),
  },
  max: {
    least: 2,
    most: 8,
    about: "max(a, b, …): the greatest",
    evaluate: (...values) => Math.max(...values),
    wgsl: (...texts) => nested("max", texts),
  },
  exp: one("exp(x): e to the power of x", Math.exp, (x) => `exp(${x})`),
  log: one(
    "log(x): the natural logarithm, of at least 1e-30",
    (x) => Math.log(Math.max(x, smallest)),
    (x) => `log(max(${x}, ${smallest}))`,
  ),
  sqrt: one(
    "sqrt(x): the square root, of at least 0",
    (x) => Math.sqrt(Math.max(x, 0)),
    (x) => `sqrt(max(${x}, 0.0))`,
  ),
  tanh: one("tanh(x)", Math.tanh, (x) => `tanh(min(max(${x}, -15.0), 15.0))`),
  sigmoid: one(
    "sigmoid(x): 1 / (1 + exp(−x))",
    (x) => 1 / (1 + Math.exp(-clamp(x, -80, 80))),
    (x) => `1.0 / (1.0 + exp(-min(max(${x}, -80.0), 80.0)))`,
  ),
  relu: one(
    "relu(x): x where it is above 0, else 0",
    (x) => Math.max(x, 0),
    (x) => `max(${x}, 0.0)`,
  ),
  sign: one("sign(x): −1, 0 or 1", Math.sign, (x) => `sign(${x})`),
  clamp: {
    least: 3,
    most: 3,
    about: "clamp(x, low, high): x, kept within bounds",
    evaluate: clamp,
    wgsl: (x, low, high) => `min(max(${x}, ${low}), ${high})`,
  },
  step: one(
    "step(x): 1 where x is above 0, else 0",
    (x) => (x > 0 ? 1 : 0),
    (x) => `select(0.0, 1.0, ${x} > 0.0)`,
  ),
} as const satisfies Readonly<Record<string, FunctionOf>>;

export type FunctionName = keyof typeof functions;

/** `where(condition, a, b)` is the one whose first argument is no number; it is written as a ? b : c is. */
export const functionNames: readonly string[] = [...Object.keys(functions), "where"];

/** Beyond them a power is taken by logarithms, which a negative base has none of. */
export const mostFactors = 16;

/** x to a whole power by multiplications, in the order in which the GPU does them. */
export function wholePower(x: number, n: number): number {
  let product = 1;
  for (let k = 0; k < Math.abs(n); k++) product *= x;
  return n < 0 ? 1 / product : product;
}

/** x to any other power: of at least 1e-30, so that it is a number also where x is negative. */
export const power = (x: number, y: number): number => Math.max(x, smallest) ** y;
export const powerWgsl = (x: string, y: string): string => `pow(max(${x}, ${smallest}), ${y})`;
