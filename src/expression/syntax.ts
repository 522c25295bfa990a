/** What a text comes to: expressions as trees, and the statements around them. Plain data. */
import type { Span } from "./error";
import type { FunctionName } from "./functions";

export type Binary = "+" | "-" | "*" | "/" | "^" | "<" | "<=" | ">" | ">=" | "==" | "!=" | "&&" | "||";

/** A number, or a truth: only comparisons make one, and only conditions take one. */
export type Type = "number" | "truth";

interface Common extends Span {
  readonly type: Type;
  /** How many nodes lie above each other, this one counted. */
  readonly depth: number;
  /** The value of a number that no name takes part in. */
  readonly constant?: number | undefined;
}

export type Expression = Common &
  (
    | { readonly kind: "number"; readonly value: number }
    | { readonly kind: "name"; readonly name: string }
    | { readonly kind: "unary"; readonly operator: "-" | "!"; readonly of: Expression }
    | {
        readonly kind: "binary";
        readonly operator: Binary;
        readonly left: Expression;
        readonly right: Expression;
      }
    | { readonly kind: "call"; readonly name: FunctionName; readonly of: readonly Expression[] }
    | {
        readonly kind: "choice";
        readonly condition: Expression;
        readonly yes: Expression;
        readonly no: Expression;
      }
  );

/** A number that a person may turn while the rule runs. */
export interface Param {
  readonly name: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** Where its value stands in the text, so that a slider can write there. */
  readonly at: Span;
}

/** A name for a value, written once and used below. */
export interface Let {
  readonly name: string;
  readonly value: Expression;
}

export interface Declarations {
  readonly text: string;
  readonly params: readonly Param[];
  readonly lets: readonly Let[];
  /** Names given from outside, and parameters, that the text makes use of. */
  readonly uses: ReadonlySet<string>;
}

/** A plasticity rule. */
export interface RuleProgram extends Declarations {
  readonly kind: "rule";
  readonly change: Expression;
}

/** One variable of a neuron: x' = slope, from `start` on (a number or a parameter's name). */
export interface StateEquation {
  readonly name: string;
  readonly slope: Expression;
  readonly start: number | string;
}

/** A neuron model. */
export interface NeuronProgram extends Declarations {
  readonly kind: "neuron";
  readonly state: readonly StateEquation[];
  /** When this holds after a step, the neuron fires, and variables are set, each from the values before any was. */
  readonly fires: Expression;
  readonly resets: readonly { readonly name: string; readonly value: Expression }[];
}
