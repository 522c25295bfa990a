/**
 * Numbers of a network file. JSON holds what is small, the safetensors file what is long: a value is a number for all,
 * a list, or `{"tensor": name}`. Nothing is rounded on the way: a list goes into a tensor where f32 holds every value of
 * it, and stays in the JSON, which keeps all digits of a float64, where not.
 */
import type { FieldData } from "../../gpu/field";
import type { Tensor } from "../safetensors";

/** A parameter or state variable: one number for all neurons, or one for each. */
export type Column = number | ArrayLike<number>;

export interface TensorName {
  readonly tensor: string;
}

/** A column as it stands in the JSON. */
export type Told = number | readonly number[] | TensorName;

export const at = (column: Column, i: number): number => (typeof column === "number" ? column : column[i]!);

/** The same function of several columns, neuron by neuron: a number where all of them are, else one value each. */
export function map(f: (...values: number[]) => number, ...columns: readonly Column[]): Column {
  const length = Math.max(...columns.map((column) => (typeof column === "number" ? 0 : column.length)));
  return columns.every((column) => typeof column === "number")
    ? f(...columns)
    : Float64Array.from({ length }, (_, i) => f(...columns.map((column) => at(column, i))));
}

export const isOneNumber = (column: Column): column is number => typeof column === "number";

/** Whether two columns are the same numbers in the same form. */
export function same(a: Column, b: Column): boolean {
  if (isOneNumber(a) || isOneNumber(b)) return a === b;
  return a.length === b.length && Array.from(a).every((value, i) => value === b[i]);
}

/** Collects the tensors of a file that is written. */
export class Shelf {
  readonly tensors = new Map<string, Tensor>();

  put(name: string, shape: readonly number[], data: FieldData): TensorName {
    if (this.tensors.has(name))
      throw new Error(
        `Two arrays would be called "${name}" in the file; rename a population or a projection.`,
      );
    this.tensors.set(name, { shape, data });
    return { tensor: name };
  }

  /** @throws when a number is not finite, as neither JSON nor another simulator could use it */
  tell(name: string, column: Column): Told {
    const values = isOneNumber(column) ? [column] : Array.from(column);
    const sick = values.findIndex((value) => !Number.isFinite(value));
    if (sick >= 0)
      throw new Error(
        `${name} is ${values[sick]}${isOneNumber(column) ? "" : ` at ${sick}`}; a network file needs finite numbers.`,
      );
    if (isOneNumber(column)) return column;
    const exact = values.every((value) => Math.fround(value) === value);
    return exact ? this.put(name, [values.length], Float32Array.from(values)) : values;
  }
}

/** Makes the error about a place in a file. */
export type Wrong = (place: string, what: string) => Error;

/** Hands out the tensors of a file that is read, checked, and knows which nobody asked for. */
export class Drawer {
  private readonly left: Set<string>;

  constructor(
    private readonly tensors: ReadonlyMap<string, Tensor>,
    private readonly wrong: Wrong,
  ) {
    this.left = new Set(tensors.keys());
  }

  get stray(): string | undefined {
    return [...this.left][0];
  }

  /** @throws where there is none of that name, type and shape; -1 in a shape fits any length */
  take<Kind extends FieldData>(
    place: string,
    { tensor: name }: TensorName,
    Kind: new (length: number) => Kind,
    shape: readonly number[],
  ): Kind {
    const found = this.tensors.get(name);
    if (found === undefined) throw this.wrong(place, `the tensors' file has no "${name}"`);
    const type = Kind.name.replace("Array", "");
    if (!(found.data instanceof Kind))
      throw this.wrong(
        place,
        `"${name}" holds ${found.data.constructor.name.replace("Array", "")} values, not ${type}`,
      );
    if (found.shape.length !== shape.length || shape.some((n, i) => n !== -1 && n !== found.shape[i]))
      throw this.wrong(
        place,
        `"${name}" has shape [${found.shape.join(", ")}], not [${shape.map((n) => (n < 0 ? "n" : n)).join(", ")}]`,
      );
    if (found.data instanceof Float32Array) {
      const sick = found.data.findIndex((value) => !Number.isFinite(value));
      if (sick >= 0)
        throw this.wrong(place, `"${name}" is ${found.data[sick]} at ${sick}, not a finite number`);
    }
    this.left.delete(name);
    return found.data as Kind;
  }

  /** How many neurons a column says there are; 0 where one number stands for all. */
  lengthOf(told: Told): number {
    if (typeof told === "number") return 0;
    return "tensor" in told ? (this.tensors.get(told.tensor)?.data.length ?? 0) : told.length;
  }

  /** A column of `size`; lists come as float64, whichever way they were kept. */
  read(place: string, told: Told, size: number, of = "neurons"): number | Float64Array {
    if (typeof told === "number") return told;
    const values = "tensor" in told ? this.take(place, told, Float32Array, [size]) : told;
    if (values.length !== size)
      throw this.wrong(place, `there are ${values.length} values for ${size} ${of}`);
    return Float64Array.from(values);
  }
}
