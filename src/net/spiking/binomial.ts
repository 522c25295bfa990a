/** How many synapses fall into each row when so many are dealt out at random: a multinomial, row by row. */
import { keyOf, pcg } from "../../gpu/random";

/** ln n!, by Stirling's series with three terms, exact to 1e-12 from n = 10; below by the product. */
function logFactorial(n: number): number {
  if (n < 10) {
    let product = 1;
    for (let k = 2; k <= n; k++) product *= k;
    return Math.log(product);
  }
  const inverse = 1 / n;
  const series = inverse / 12 - inverse ** 3 / 360 + inverse ** 5 / 1260;
  return n * Math.log(n) - n + Math.log(2 * Math.PI * n) / 2 + series;
}

/** Inversion outwards from the mode: about as many turns as the distribution is wide. @param u uniform in [0, 1) */
export function binomial(n: number, p: number, u: number): number {
  if (n === 0 || p <= 0) return 0;
  if (p >= 1) return n;
  const mode = Math.min(n, Math.floor((n + 1) * p));
  const atMode = Math.exp(
    logFactorial(n) -
      logFactorial(mode) -
      logFactorial(n - mode) +
      mode * Math.log(p) +
      (n - mode) * Math.log1p(-p),
  );
  const odds = p / (1 - p);
  let left = u - atMode;
  if (left < 0) return mode;
  let [below, above] = [atMode, atMode];
  for (let step = 1; mode - step >= 0 || mode + step <= n; step++) {
    const up = mode + step;
    if (up <= n) {
      above *= ((n - up + 1) / up) * odds;
      left -= above;
      if (left < 0) return up;
    }
    const down = mode - step;
    if (down >= 0) {
      below *= (down + 1) / (n - down) / odds;
      left -= below;
      if (left < 0) return down;
    }
  }
  return mode; // what rounding left over
}

/** `total` dealt out to `rows`, each as likely as another; two hashes a row make the 48 bits of its number. */
export function dealOut(total: number, rows: number, seed: number, stream: number): Float32Array {
  const counts = new Float32Array(rows);
  const key = keyOf(seed, stream);
  let left = total;
  for (let row = 0; row < rows; row++) {
    const high = pcg((2 * row) ^ key) >>> 8;
    const low = pcg((2 * row + 1) ^ key) >>> 8;
    counts[row] = binomial(left, 1 / (rows - row), (high * 2 ** 24 + low) / 2 ** 48);
    left -= counts[row]!;
  }
  return counts;
}
