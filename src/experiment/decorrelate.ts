/**
 * Linearly independent patterns made orthogonal, in float64: with G = ΞΞᵀ = LLᵀ (Cholesky), the rows of L⁻¹Ξ are
 * orthonormal, and the sum of their outer products projects onto the patterns' span.
 */

/**
 * L⁻¹ of a Gram matrix G [count, count] of patterns, lower triangular, row-major.
 * @throws in one sentence that names the first pattern which is a sum of multiples of earlier ones
 */
export function decorrelation(gram: ArrayLike<number>, count: number): Float64Array {
  const lower = new Float64Array(count * count);
  for (let row = 0; row < count; row++) {
    const own = row * count;
    for (let column = 0; column <= row; column++) {
      const other = column * count;
      let sum = gram[own + column]!;
      for (let k = 0; k < column; k++) sum -= lower[own + k]! * lower[other + k]!;
      if (row !== column) lower[own + column] = sum / lower[other + column]!;
      else if (sum > dependent * gram[own + row]!) lower[own + row] = Math.sqrt(sum);
      else
        throw new Error(
          `Pseudo-inverse storage needs patterns of which none is a sum of multiples of the others, but pattern ${row} is one of those before it; leave it out, or store by another rule.`,
        );
    }
  }
  return inverted(lower, count);
}

/** A squared distance from the span of earlier patterns, in parts of the pattern's own, that is only rounding. */
const dependent = 1e-9;

/** The inverse of a lower triangular matrix, a row at a time. */
function inverted(lower: Float64Array, count: number): Float64Array {
  const inverse = new Float64Array(count * count);
  for (let row = 0; row < count; row++) {
    const own = row * count;
    inverse[own + row] = 1;
    for (let k = 0; k < row; k++) {
      const share = lower[own + k]!;
      for (let column = 0; column <= k; column++)
        inverse[own + column]! -= share * inverse[k * count + column]!;
    }
    for (let column = 0; column <= row; column++) inverse[own + column]! /= lower[own + row]!;
  }
  return inverse;
}
