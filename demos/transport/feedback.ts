/**
 * Feedback weights anywhere between Wᵀ and a random B. All matrices are in the layout of a weight field, [pre + 1, post],
 * whose last row holds the biases: no error returns through those, so they count for nothing here.
 */

/** The synapses of a field, without its biases. @param post how many neurons the projection reaches */
const synapses = (field: Float32Array, post: number): Float32Array => field.subarray(0, field.length - post);

const dot = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, index) => sum + value * b[index]!, 0);

/** The root of the sum of squares of the synapses in a field. */
export function normOf(field: Float32Array, post: number): number {
  const own = synapses(field, post);
  return Math.sqrt(dot(own, own));
}

/** A field times a number. */
export const scaled = (field: Float32Array, factor: number): Float32Array =>
  field.map((value) => factor * value);

/**
 * (1 − share) W + share R, brought to the norm (1 − share) |W| + share |R|: at 0 it is W to the last bit, at 1 it is R, and
 * between them it is no shorter than they are, as a sum of two matrices that have little in common would be.
 * @param share from 0 (all of Wᵀ) to 1 (none of it)
 */
export function mixed(weight: Float32Array, random: Float32Array, post: number, share: number): Float32Array {
  if (share === 0) return weight.slice();
  if (share === 1) return random.slice();
  const sum = weight.map((value, index) => (1 - share) * value + share * random[index]!);
  const wanted = (1 - share) * normOf(weight, post) + share * normOf(random, post);
  return scaled(sum, wanted / normOf(sum, post));
}

/** The angle between the synapses of two fields, as vectors, in degrees. */
export function angleBetween(a: Float32Array, b: Float32Array, post: number): number {
  const cosine = dot(synapses(a, post), synapses(b, post)) / (normOf(a, post) * normOf(b, post));
  return (Math.acos(Math.min(1, Math.max(-1, cosine))) * 180) / Math.PI;
}
