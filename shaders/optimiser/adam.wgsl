// Adam (Kingma & Ba 2015, algorithm 1) with decoupled decay (Loshchilov & Hutter 2019, algorithm 2).
// The first half of `state` is the mean m, the second the mean square v; t is the clock, counted from 1.
#import lib/settings

@group(0) @binding(4) var<storage, read_write> weight: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> state: array<vec4f>;

// 1 − βᵗ, bit by bit of t: subtracting a power that is nearly 1 would lose what is left, and pow is coarse on GPUs.
// With q(t) = 1 − βᵗ: q(2t) = q(t) (2 − q(t)), and q(t + 1) = q(t) β + 1 − β.
fn shareSeen(beta: f32, t: u32) -> f32 {
  var share = 0.0;
  for (var bits = 32u - countLeadingZeros(t); bits > 0u; bits--) {
    share *= 2.0 - share;
    share = select(share, share * beta + (1.0 - beta), ((t >> (bits - 1u)) & 1u) == 1u);
  }
  return share;
}

var<private> rate: f32;
var<private> meanShare: f32;
var<private> squareShare: f32;

// What is the same for all synapses.
fn prepare() {
  rate = rateNow();
  meanShare = shareSeen(settings.momentum, clock.x + 1u);
  squareShare = shareSeen(settings.variance, clock.x + 1u);
}

fn learn(at: u32, gradient: vec4f) {
  let second = at + arrayLength(&weight);
  // Written out: mix() may be x + (y − x) a, which loses what little of a square is new.
  let m = settings.momentum * state[at] + (1.0 - settings.momentum) * gradient;
  let v = settings.variance * state[second] + (1.0 - settings.variance) * gradient * gradient;
  state[at] = m;
  state[second] = v;
  let w = weight[at];
  let step = (m / meanShare) / (sqrt(v / squareShare) + settings.epsilon);
  weight[at] = w - rate * (step + settings.decay * w);
}
