/**
 * Parser: expressions by recursive descent, checked as they are read: each name is known, numbers and truths stand where they
 * belong, and nothing constant is too large for f32. From loose to tight: `c ? a : b`, `||`, `&&`, `!`, comparisons (which don't
 * chain), `+ -`, `* /`, signs, `^` (from the right), calls and brackets.
 */
import { nearest } from "../gpu/name";
import { Cursor, found, largest, shorten } from "./cursor";
import type { ExpressionError, Span } from "./error";
import { evaluate } from "./evaluate";
import { type FunctionName, type FunctionOf, functionNames, functions, mostFactors } from "./functions";
import type { Token } from "./lexer";
import type { Binary, Expression, Type } from "./syntax";
import { wholeExponent } from "./whole";

/** What a node is made of, before it is checked and placed. */
type Parts = Expression extends infer One
  ? One extends Expression
    ? Omit<One, keyof Span | "depth" | "constant">
    : never
  : never;

/** The deepest that expressions nest: shader compilers have limits of their own, far above. */
const deepest = 60;
/** What people write in other languages, and what does it here. */
const noStatements: Readonly<Record<string, string>> = {
  for: "there are no loops, and every synapse runs the text once a step",
  while: "there are no loops, and every synapse runs the text once a step",
  if: "write condition ? a : b",
  var: "write let, and give each value a name of its own",
  const: "write let",
  return: "write dw = … instead",
};

const comparisons = ["<", "<=", ">", ">=", "==", "!="];

export class Parser extends Cursor {
  private nesting = 0;
  /** Names that mean something at this point of the text. */
  readonly known = new Set<string>();
  /** Those of them that were given from outside or as parameters and have been used. */
  readonly used = new Set<string>();

  /** @throws ExpressionError where the text is too long or has a sign that begins nothing */
  constructor(text: string, given: readonly string[]) {
    super(text);
    for (const name of given) this.known.add(name);
  }

  /** A number's expression. @throws ExpressionError at the place that is wrong */
  number(): Expression {
    return this.must("number", this.expression());
  }

  /** A condition. @throws ExpressionError at the place that is wrong */
  truth(): Expression {
    return this.must("truth", this.expression());
  }

  private must(type: Type, node: Expression): Expression {
    if (node.type === type) return node;
    throw this.error(
      type === "number"
        ? "Expected a number, but this is a condition, true or false; make it a number with where(…, 1, 0)."
        : "Expected a condition, but this is a number; compare it with something, as in x > 0.",
      node,
    );
  }

  private expression(): Expression {
    this.nesting++;
    if (this.nesting > deepest) throw this.tooDeep(this.next);
    const node = this.choice();
    this.nesting--;
    return node;
  }

  private choice(): Expression {
    const condition = this.chain(["||"], () => this.chain(["&&"], () => this.negated()));
    if (!this.accept("?")) return condition;
    this.must("truth", condition);
    const yes = this.must("number", this.expression());
    this.expect(":", "and what holds otherwise, as in x > 0 ? a : b");
    const no = this.must("number", this.expression());
    return this.node({ kind: "choice", condition, yes, no, type: "number" }, condition, no, [
      condition,
      yes,
      no,
    ]);
  }

  /** Over a whole comparison, as numbers have no truth of their own: !a > b is !(a > b). */
  private negated(): Expression {
    const token = this.next;
    if (!this.accept("!")) return this.comparison();
    this.nesting++;
    if (this.nesting > deepest) throw this.tooDeep(token);
    const of = this.must("truth", this.negated());
    this.nesting--;
    return this.node({ kind: "unary", operator: "!", of, type: "truth" }, token, of, [of]);
  }

  private comparison(): Expression {
    const left = this.sum();
    if (!comparisons.includes(this.next.text)) return left;
    const operator = this.take().text as Binary;
    this.must("number", left);
    const right = this.must("number", this.sum());
    if (comparisons.includes(this.next.text))
      throw this.error(
        `Expected one comparison, but found another ${this.next.text} after it; join two with &&, as in a < b && b < c.`,
        this.next,
      );
    return this.node({ kind: "binary", operator, left, right, type: "truth" }, left, right, [left, right]);
  }

  /** `||` and `&&`, from the left. */
  private chain(operators: readonly string[], operand: () => Expression): Expression {
    let left = operand();
    while (operators.includes(this.next.text) && this.next.kind === "operator") {
      const operator = this.take().text as Binary;
      this.must("truth", left);
      const right = this.must("truth", operand());
      left = this.node({ kind: "binary", operator, left, right, type: "truth" }, left, right, [left, right]);
    }
    return left;
  }

  private sum(): Expression {
    return this.numbers(["+", "-"], () => this.numbers(["*", "/"], () => this.signed()));
  }

  private numbers(operators: readonly string[], operand: () => Expression): Expression {
    let left = operand();
    while (operators.includes(this.next.text) && this.next.kind === "operator") {
      const operator = this.take().text as Binary;
      this.must("number", left);
      const right = this.must("number", operand());
      left = this.node({ kind: "binary", operator, left, right, type: "number" }, left, right, [left, right]);
    }
    return left;
  }

  private signed(): Expression {
    const token = this.next;
    if (!this.is("-") && !this.is("+")) return this.powered();
    this.take();
    this.nesting++;
    if (this.nesting > deepest) throw this.tooDeep(token);
    const of = this.signed();
    this.nesting--;
    this.must("number", of);
    if (token.text === "+") return of;
    return this.node({ kind: "unary", operator: "-", of, type: "number" }, token, of, [of]);
  }

  private powered(): Expression {
    const left = this.primary();
    if (!this.accept("^")) return left;
    this.must("number", left);
    this.nesting++;
    if (this.nesting > deepest) throw this.tooDeep(this.next);
    const right = this.must("number", this.signed());
    this.nesting--;
    const { constant } = right;
    if (constant !== undefined && Number.isInteger(constant) && wholeExponent(right) === undefined)
      throw this.error(
        `Expected a whole exponent from −${mostFactors} to ${mostFactors}, but found ${constant}; take a smaller one.`,
        right,
      );
    return this.node({ kind: "binary", operator: "^", left, right, type: "number" }, left, right, [
      left,
      right,
    ]);
  }

  private primary(): Expression {
    const token = this.next;
    if (token.kind === "number") {
      this.take();
      return {
        kind: "number",
        value: this.sizeOf(token),
        type: "number",
        ...spanOf(token),
        depth: 1,
        constant: Number(token.text),
      };
    }
    if (this.accept("(")) {
      const inner = this.expression();
      const end = this.expect(")", "for the bracket that was opened");
      return { ...inner, start: token.start, end: end.end };
    }
    if (token.kind !== "name")
      throw this.wrong(
        "a value: a name, a number or a bracket",
        token.kind === "operator" ? "take it out, or write a value before it" : "write one",
      );
    this.take();
    if (this.is("(")) return this.call(token);
    if (functionNames.includes(token.text))
      throw this.error(
        `Expected “(” after the function ${token.text}, but ${found(this.next)}; write ${token.text}(…).`,
        token,
      );
    if (!this.known.has(token.text)) throw this.unknownName(token);
    this.used.add(token.text);
    return { kind: "name", name: token.text, type: "number", ...spanOf(token), depth: 1 };
  }

  private call(token: Token): Expression {
    const { text: name } = token;
    if (!functionNames.includes(name)) throw this.unknownFunction(token);
    this.take();
    const of: Expression[] = [];
    if (!this.is(")"))
      do of.push(this.expression());
      while (this.accept(","));
    const end = this.expect(")", `at the end of ${name}(…)`);
    const {
      least: few,
      most,
      about,
    }: Pick<FunctionOf, "least" | "most" | "about"> = name === "where"
      ? { least: 3, most: 3, about: "where(condition, a, b): a where it holds, else b" }
      : functions[name as FunctionName];
    if (of.length < few || of.length > most)
      throw this.error(
        `Expected ${few === most ? few : `${few} to ${most}`} argument${most === 1 ? "" : "s"} in ${name}, but found ${of.length}; it is used as ${about.split(":")[0]}.`,
        { start: token.start, end: end.end },
      );
    if (name === "where") {
      const [condition, yes, no] = [
        this.must("truth", of[0]!),
        this.must("number", of[1]!),
        this.must("number", of[2]!),
      ];
      return this.node({ kind: "choice", condition, yes, no, type: "number" }, token, end, of);
    }
    for (const argument of of) this.must("number", argument);
    return this.node({ kind: "call", name: name as FunctionName, of, type: "number" }, token, end, of);
  }

  /** A checked node from `first` to `last`. */
  private node(parts: Parts, first: Span, last: Span, of: readonly Expression[]): Expression {
    const span = { start: first.start, end: last.end };
    const depth = 1 + Math.max(0, ...of.map((one) => one.depth));
    if (depth > deepest) throw this.tooDeep(span);
    const node = { ...parts, ...span, depth } as Expression;
    if (of.some(({ constant }) => constant === undefined)) return node;
    const constant = evaluate(node, new Map());
    if (!(Math.abs(constant) <= largest))
      throw this.error(
        "Expected a finite number of 32 bits, but this comes to one that is not; change the numbers in it.",
        span,
      );
    return { ...node, constant };
  }

  private tooDeep(span: Span): ExpressionError {
    return this.error(
      `Expected at most ${deepest} operations inside each other, but here are more; give a part a name with let.`,
      span,
    );
  }

  private unknownName(token: Token): ExpressionError {
    if (Object.hasOwn(noStatements, token.text))
      return this.error(
        `Expected an expression, but found ${token.text}; ${noStatements[token.text]}.`,
        token,
      );
    const names = [...this.known];
    const guess = nearest(token.text, names);
    const hint = guess
      ? `did you mean ${guess}?`
      : `use one of ${names.join(", ")}, or declare it above with param ${shorten(token.text)} = 1.`;
    return this.error(`Expected a known name, but found ${shorten(token.text)}; ${hint}`, token);
  }

  private unknownFunction(token: Token): ExpressionError {
    if (this.known.has(token.text))
      return this.error(
        `Expected an operator after ${token.text}, but found “(”; to multiply, write ${token.text} * (…).`,
        this.next,
      );
    const guess = nearest(token.text, functionNames);
    const hint = guess ? `did you mean ${guess}?` : `use one of ${functionNames.join(", ")}.`;
    return this.error(`Expected a known function, but found ${shorten(token.text)}; ${hint}`, token);
  }
}

const spanOf = ({ start, end }: Span): Span => ({ start, end });
