// Connections that are drawn for a post neuron, or for the projection as a whole, and so fall into rows anywhere.
#import lib/permute

const IN_DEGREE = 6u;       // `degree` onto each post neuron
const DISTINCT_TOTAL = 7u;  // `degree` in all, no pair twice

struct Pair {
  pre: u32,
  post: u32,
  ordinal: u32,
  key: u32,
}

fn isScattered(o: Projection) -> bool {
  return o.connect >= IN_DEGREE;
}

// Which draws are the invocation's: all of its post neuron's, or every n-th.
fn firstDraw(o: Projection, at: u32) -> u32 {
  if (o.connect == DISTINCT_TOTAL) { return select(at, o.degree, at >= o.preSize); }
  return select(0u, o.degree, at >= o.postSize);
}

fn lastDraw(o: Projection, at: u32) -> u32 {
  return o.degree;
}

fn strideOf(o: Projection) -> u32 {
  return select(1u, o.preSize, o.connect == DISTINCT_TOTAL);
}

fn draw(o: Projection, at: u32, k: u32) -> Pair {
  if (o.connect == DISTINCT_TOTAL) {
    let n = select(o.postSize, o.postSize - 1u, o.autapses == 0u);
    let pair = permute(k, o.preSize * n, o.key);
    let pre = pair / n;
    let post = pair % n;
    return Pair(pre, select(post, post + 1u, o.autapses == 0u && post >= pre), k, o.key);
  }
  let columnKey = pcg(at ^ o.key);
  let n = select(o.preSize, o.preSize - 1u, o.autapses == 0u);
  let drawn = pcg(k ^ pcg(PLACE ^ columnKey));
  var pre = below(drawn, n);
  if (o.repeats == 0u) { pre = permute(k, n, columnKey); }
  return Pair(select(pre, pre + 1u, o.autapses == 0u && pre >= at), at, k, columnKey);
}
