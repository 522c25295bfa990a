/**
 * Equation: a WGSL function over what one neuron or one synapse may see. Its arguments are bound by name, to the fields and
 * numbers that a rule gives; what else there is in the network it has no way to reach.
 *
 * ```wgsl
 * fn next(value: vec4f, error: vec4f, descending: vec4f, rate: f32) -> vec4f { … } // four neurons at a time
 * fn change(w: f32, pre: f32, post: f32) -> f32 { … }                              // one synapse
 * ```
 *
 * A field of shape [rows, columns] is read at its own place; where one extent is 1 (a threshold for each neuron, a
 * reward for each sample) it is the same along it. The function stands in a file under shaders/, or in a text given with a name:
 * a rule that somebody writes while the page runs is in no folder, and binds the same way. These names are given by the machine: `neuron` (vec4u, the neurons'
 * numbers), `sample`, `clock` (steps done), `turn` (index of the repeat around the record), `seed` and `layer` (u32).
 */
import type { Field } from "../gpu/field";
import { type Slot, slotName, slotText } from "../gpu/shader";

export interface Argument {
  readonly name: string;
  readonly type: string;
}

/** The arguments of a function in a shader file, or in a text. @throws when it has no such function */
export function argumentsOf(shader: Slot, name: string): Argument[] {
  const text = slotText(shader).replace(/\/\/[^\n]*/g, "");
  const list = new RegExp(`\\bfn\\s+${name}\\s*\\(([^)]*)\\)`).exec(text)?.[1];
  if (list === undefined)
    throw new Error(`${slotName(shader)} must define fn ${name}, but has none; add it.`);
  return list
    .split(",")
    .filter((argument) => argument.trim() !== "")
    .map((argument) => {
      const [of = "", type = ""] = argument.split(":").map((part) => part.trim());
      return { name: of, type };
    });
}

/** What an equation's arguments can be bound to. */
export interface Scope {
  readonly fields: Readonly<Record<string, Field>>;
  /** The rule's numbers, by name, in the order of the field that holds them. */
  readonly numbers: readonly string[];
  /** That field, asked for only where a number is. */
  readonly settings: () => Field;
  readonly clock: Field;
  readonly seed: number;
  readonly layer: number;
}

/** Generated WGSL that declares what an equation reads, and the fields behind it. */
export interface BoundEquation {
  readonly declarations: string;
  /** An argument's WGSL expression, given where the invocation stands. */
  readonly call: (at: (field: Field, name: string, type: string) => string) => string;
  readonly bind: Readonly<Record<string, Field>>;
  readonly reads: readonly Field[];
}

/** Numbers of bindings that kernels leave free for arguments. */
const firstBinding = 8;
const machine = ["neuron", "sample", "clock", "turn", "seed", "layer"];

/**
 * Binds the arguments of `name` in `shader`.
 * @param given arguments that the kernel itself supplies, by the WGSL expression for each
 * @param inFours whether an argument that is one f32 is drawn from a field that is loaded four neurons at a time
 * @throws when an argument is neither a field nor a number of the rule, or a field is given that the equation doesn't ask for
 */
export function bindEquation(
  shader: Slot,
  name: string,
  scope: Scope,
  given: Readonly<Record<string, string>> = {},
  inFours = false,
): BoundEquation {
  const all = argumentsOf(shader, name);
  const stray = Object.keys(scope.fields).find((field) => !all.some((argument) => argument.name === field));
  if (stray !== undefined)
    throw new Error(
      `${slotName(shader)}: fn ${name} has no argument "${stray}"; it takes ${all.map((one) => one.name).join(", ")}.`,
    );
  const lines: string[] = [];
  const bind: Record<string, Field> = {};
  const reads: Field[] = [];
  let binding = firstBinding;
  const declare = (what: string) => lines.push(`@group(0) @binding(${binding++}) ${what};`);
  let numbers = false;
  for (const argument of all) {
    const field = scope.fields[argument.name];
    if (Object.hasOwn(given, argument.name) && field === undefined) continue;
    if (field) {
      reads.push(field);
      if (Object.hasOwn(given, argument.name)) continue; // bound by the kernel itself
      bind[argument.name] = field;
      declare(
        `var<storage, read> ${argument.name}: array<${elementType(field, inFours && field.shape.at(-1) !== 1 ? "vec4f" : argument.type)}>`,
      );
    } else if (argument.name === "clock") {
      bind.now = scope.clock;
      reads.push(scope.clock);
      declare("var<uniform> now: vec4u");
    } else if (argument.name === "turn") {
      lines.push("@group(1) @binding(0) var<uniform> turnIndex: vec4u;");
    } else if (scope.numbers.includes(argument.name)) {
      if (!numbers) {
        bind.numbers = scope.settings();
        reads.push(bind.numbers);
        lines.push(`struct Numbers { ${scope.numbers.map((one) => `${one}: f32`).join(", ")} }`);
        declare("var<uniform> numbers: Numbers");
      }
      numbers = true;
    } else if (!machine.includes(argument.name)) {
      throw new Error(
        `${slotName(shader)}: fn ${name} asks for "${argument.name}", which is neither a field that the rule gave nor one of its parameters (${scope.numbers.join(", ") || "none"}).`,
      );
    }
  }
  const machineValue: Record<string, string> = {
    neuron: "neuron",
    sample: "row",
    clock: "now.x",
    turn: "turnIndex.x",
    seed: `${scope.seed}u`,
    layer: `${scope.layer}u`,
  };
  return {
    declarations: lines.join("\n"),
    bind,
    reads,
    call: (at) =>
      `${name}(${all
        .map(({ name: one, type }) => {
          if (Object.hasOwn(given, one)) return given[one]!;
          const field = scope.fields[one];
          if (field) return at(field, one, type);
          return machineValue[one] ?? `numbers.${one}`;
        })
        .join(", ")})`,
  };
}

/** One value a row stands by itself; everything else comes four neurons at a time. */
function elementType({ shape, type }: Field, argument: string): string {
  if (type === "u32") return "u32";
  const single = shape.length === 1 || (shape.at(-1) === 1 && argument === "f32");
  return single ? "f32" : "vec4f";
}

/**
 * Where a neuron's four values, or its sample's one, lie in a field that an equation over [rows, columns] reads.
 * @param type of the argument: `f32` takes one value for the sample (or for all), `vec4f` four neurons'
 * @throws when the field's shape doesn't fit
 */
export function placeOf(field: Field, name: string, type: string, rows: number, columns: number): string {
  const [first = 1, second] = field.shape;
  if (second === undefined && first === rows) return `${name}[row]`;
  if (type === "f32" && second === 1 && first === rows) return `${name}[row * 4u]`;
  if (type === "f32" && second === 1 && first === 1) return `${name}[0]`;
  if (type === "vec4f" && second === columns && first === rows) return `${name}[at]`;
  if (type === "vec4f" && second === columns && first === 1) return `${name}[quad]`;
  throw new Error(
    `"${field.name}" of shape [${field.shape}] can't be the argument ${name}: ${type} of an equation over [${rows}, ${columns}]; a vec4f must be [${rows}, ${columns}] or [1, ${columns}], an f32 [${rows}, 1] or [1, 1].`,
  );
}
