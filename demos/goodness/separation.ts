/** How far a layer's goodness of positive and negative data lies apart. */
export interface Judged {
  /** Mean goodness of positive data, and of negative. */
  readonly positive: number;
  readonly negative: number;
  /** Share of the pairs whose positive has the higher goodness. */
  readonly apart: number;
}

/** @param goodness by row: a sample's positive, then its negative */
export function judge(goodness: Float32Array): Judged {
  const pairs = goodness.length / 2;
  let [positive, negative, apart] = [0, 0, 0];
  for (let at = 0; at < goodness.length; at += 2) {
    const [good = 0, bad = 0] = [goodness[at], goodness[at + 1]];
    positive += good / pairs;
    negative += bad / pairs;
    apart += Number(good > bad) / pairs;
  }
  return { positive, negative, apart };
}
