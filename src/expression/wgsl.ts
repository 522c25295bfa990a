/** WGSL writer: an expression as the GPU reads it, with no more brackets than it needs. */
import { type FunctionOf, functions, powerWgsl } from "./functions";
import type { Binary, Expression, Let } from "./syntax";
import { wholeExponent } from "./whole";

/** How tightly a text holds together: a looser part of a tighter whole wants brackets. */
const levels: Readonly<Record<Binary, number>> = {
  "||": 1,
  "&&": 2,
  ...{ "<": 3, "<=": 3, ">": 3, ">=": 3, "==": 3, "!=": 3 },
  ...{ "+": 4, "-": 4 },
  ...{ "*": 5, "/": 5 },
  "^": 7,
};
const [product, sign, whole] = [5, 6, 7];

interface Written {
  readonly text: string;
  readonly level: number;
}

/** Writes expressions, and remembers which helpers they call. */
export class WgslWriter {
  private readonly powers = new Set<number>();

  /** @param nameOf what a name is called in WGSL */
  constructor(private readonly nameOf: (name: string) => string = (name) => name) {}

  write(node: Expression): string {
    return this.part(node).text;
  }

  /** One line for each named value. */
  lets(lets: readonly Let[]): string[] {
    return lets.map(({ name, value }) => `  let ${this.nameOf(name)} = ${this.write(value)};`);
  }

  /** The helpers that what was written so far calls. */
  helpers(): string[] {
    return [...this.powers]
      .sort((a, b) => a - b)
      .map((n) => `fn power${n}(x: f32) -> f32 { return ${Array(n).fill("x").join(" * ")}; }`);
  }

  private part(node: Expression): Written {
    switch (node.kind) {
      case "number":
        return { text: wgslNumber(node.value), level: whole };
      case "name":
        return { text: this.nameOf(node.name), level: whole };
      case "unary":
        return { text: `${node.operator}${this.atLeast(sign + 1, node.of)}`, level: sign };
      case "choice": {
        const [no, yes, condition] = [node.no, node.yes, node.condition].map((one) => this.write(one));
        return { text: `select(${no}, ${yes}, ${condition})`, level: whole };
      }
      case "call": {
        const { wgsl }: Pick<FunctionOf, "wgsl"> = functions[node.name];
        const text = wgsl(...node.of.map((argument) => this.write(argument)));
        return { text, level: node.name === "sigmoid" ? product : whole };
      }
      case "binary":
        return node.operator === "^" ? this.power(node.left, node.right) : this.binary(node);
    }
  }

  private binary({ operator, left, right }: Expression & { readonly kind: "binary" }): Written {
    const level = levels[operator];
    // WGSL wants brackets where && and || meet.
    const least =
      level <= 2 ? (node: Expression) => (isLogical(node, operator) ? whole : level) : () => level;
    const text = `${this.atLeast(least(left), left)} ${operator} ${this.atLeast(
      level <= 2 ? least(right) : level + 1,
      right,
    )}`;
    return { text, level };
  }

  private power(base: Expression, exponent: Expression): Written {
    const n = wholeExponent(exponent);
    if (n === undefined) return { text: powerWgsl(this.write(base), this.write(exponent)), level: whole };
    const size = Math.abs(n);
    if (size === 0) return { text: "1.0", level: whole };
    if (size > 1) this.powers.add(size);
    const text = size === 1 ? this.atLeast(whole, base) : `power${size}(${this.write(base)})`;
    return n < 0 ? { text: `1.0 / ${text}`, level: product } : { text, level: whole };
  }

  private atLeast(level: number, node: Expression): string {
    const { text, level: own } = this.part(node);
    return own < level ? `(${text})` : text;
  }
}

const isLogical = (node: Expression, than: Binary) =>
  node.kind === "binary" && levels[node.operator] <= 2 && node.operator !== than;

/** A number as WGSL wants it: never like an integer. */
export function wgslNumber(value: number): string {
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}
