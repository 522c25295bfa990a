/** Comparisons of arrays that say which element is worst, and of bits. */
import { expect } from "vitest";

export interface Tolerance {
  readonly relative?: number;
  readonly absolute?: number;
}

/** Every element within relative · |expected| + absolute; 1e-5 and 1e-7 unless told. */
export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  what: string,
  { relative = 1e-5, absolute = 1e-7 }: Tolerance = {},
): void {
  expect(actual.length, `${what}: length`).toBe(expected.length);
  let worst = { excess: 0, at: -1 };
  for (let i = 0; i < expected.length; i++) {
    const off = Math.abs(actual[i]! - expected[i]!);
    if (off === 0) continue;
    const excess = off / (relative * Math.abs(expected[i]!) + absolute);
    if (!(excess <= Math.max(1, worst.excess))) worst = { excess, at: i };
  }
  const { at, excess } = worst;
  if (at >= 0)
    expect.fail(
      `${what}: element ${at} is ${actual[at]}, expected ${expected[at]}, ${excess} times the tolerance`,
    );
}

/** The bits of an array, as words. */
export function bits(values: ArrayLike<number>): Uint32Array {
  const array = values as Float32Array | Uint32Array | Uint8Array;
  return array.BYTES_PER_ELEMENT === 4
    ? new Uint32Array(array.buffer, array.byteOffset, array.length)
    : Uint32Array.from(array);
}

export function sameBits(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  const [x, y] = [bits(a), bits(b)];
  return x.length === y.length && x.every((value, i) => value === y[i]);
}

/** The same bits throughout; tells the first place where they part. */
export function expectSameBits(actual: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  const [x, y] = [bits(actual), bits(expected)];
  const at = y.findIndex((value, i) => value !== x[i]);
  if (x.length !== y.length || at >= 0)
    expect.fail(`${what}: bits part at element ${at}: ${actual[at]} and ${expected[at]}`);
}
