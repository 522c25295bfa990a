// Which synapses leave a neuron, and their weights and delays, as functions of a seed: the same whether they are walked
// once to be stored or at every spike. A row is walked in chunks, side by side; a chunk in order.
#import lib/random
#import lib/permute

const ALL_TO_ALL = 0u;
const ONE_TO_ONE = 1u;
const PROBABILITY = 2u;
const OUT_DEGREE = 3u;  // `degree` in each row
const ROW_COUNTS = 4u;  // in each row as many as the host drew: a fixed total, with repeats
const DISTANCE = 5u;

const CONSTANT = 0u;
const UNIFORM = 1u;
const NORMAL = 2u;
const LOGNORMAL = 3u;

const WEIGHT = 1u;
const DELAY = 2u;
const PLACE = 3u;

struct Walk {
  post: u32,     // where the synapse leads
  ordinal: u32,  // which it is in its row, for its own random numbers
  next: u32,
  end: u32,
  key: u32,
}

fn key(o: Projection, row: u32) -> u32 {
  return pcg(row ^ o.key);
}

// A whole number in [0, n): the upper word of bits · n.
fn below(bits: u32, n: u32) -> u32 {
  let low = (bits & 0xffffu) * (n & 0xffffu);
  let middle = (bits >> 16u) * (n & 0xffffu) + (low >> 16u);
  let other = (bits & 0xffffu) * (n >> 16u) + (middle & 0xffffu);
  return (bits >> 16u) * (n >> 16u) + (middle >> 16u) + (other >> 16u);
}

fn begin(o: Projection, row: u32, chunk: u32) -> Walk {
  var span = o.postSize;
  if (o.connect == OUT_DEGREE) { span = o.degree; }
  if (o.connect == ROW_COUNTS) { span = u32(numbers[o.data + row]); }
  let length = (span + o.chunks - 1u) / o.chunks;
  var walk = Walk(0u, 0u, min(chunk * length, span), min((chunk + 1u) * length, span), key(o, row));
  if (o.connect == ONE_TO_ONE) {
    walk.next = row;
    walk.end = select(row, row + 1u, chunk == 0u && row < o.postSize);
  }
  return walk;
}

// Steps to the chunk's next synapse; false past its last.
fn step(o: Projection, row: u32, walk: ptr<function, Walk>) -> bool {
  loop {
    if (o.connect == PROBABILITY) {
      // The gap to the next synapse of a row of Bernoulli trials is geometric.
      let chance = f32((pcg(walk.next ^ pcg(PLACE ^ walk.key)) >> 8u) + 1u) * 0x1p-24;
      walk.next += u32(min(floor(log(chance) * o.c0), 4e9));
    }
    if (walk.next >= walk.end) { return false; }
    let ordinal = walk.next;
    walk.next = ordinal + 1u;
    walk.ordinal = ordinal;
    walk.post = ordinal;
    if (o.connect == OUT_DEGREE || o.connect == ROW_COUNTS) {
      let own = o.autapses == 0u; // leave the neuron itself out
      let n = select(o.postSize, o.postSize - 1u, own);
      let drawn = pcg(ordinal ^ pcg(PLACE ^ walk.key));
      var post = below(drawn, n);
      if (o.repeats == 0u) { post = permute(ordinal, n, walk.key); }
      walk.post = select(post, post + 1u, own && post >= row);
      return true;
    }
    if (o.autapses == 0u && walk.post == row) { continue; }
    if (o.connect == DISTANCE && !near(o, row, walk.post, walk.key)) { continue; }
    return true;
  }
}

fn near(o: Projection, row: u32, post: u32, rowKey: u32) -> bool {
  let start = vec2f(numbers[o.data + 2u * row], numbers[o.data + 2u * row + 1u]);
  let to = vec2f(numbers[o.postData + 2u * post], numbers[o.postData + 2u * post + 1u]);
  var apart = abs(start - to);
  if (o.c2 > 0.0) { apart = min(apart, 1.0 - apart); }
  let chance = o.c0 * exp(-dot(apart, apart) / (2.0 * o.c1 * o.c1));
  return unit(pcg(post ^ pcg(PLACE ^ rowKey))) < chance;
}

// One number of a distribution for the synapse `ordinal` of a row's (or column's) key.
fn drawn(kind: u32, first: f32, second: f32, low: f32, high: f32, what: u32, ordinal: u32, rowKey: u32) -> f32 {
  if (kind == CONSTANT) { return first; }
  let bits = pcg(ordinal ^ pcg(what ^ rowKey));
  if (kind == UNIFORM) { return fma(unit(bits), second - first, first); }
  // Box & Muller 1958; the upper bits plus one, so that the logarithm is of (0, 1].
  let radius = sqrt(-2.0 * log(f32((bits >> 8u) + 1u) * 0x1p-24f));
  let normal = fma(radius * cos(6.2831853 * unit(pcg(bits ^ rowKey))), second, first);
  return clamp(select(normal, exp(normal), kind == LOGNORMAL), low, high);
}

fn weightOf(o: Projection, ordinal: u32, rowKey: u32) -> f32 {
  return drawn(o.weightKind, o.weight0, o.weight1, o.weightLow, o.weightHigh, WEIGHT, ordinal, rowKey);
}

// In steps; the distribution's numbers are in steps too.
fn delayOf(o: Projection, ordinal: u32, rowKey: u32) -> u32 {
  return u32(round(drawn(o.delayKind, o.delay0, o.delay1, o.delayLow, o.delayHigh, DELAY, ordinal, rowKey)));
}
