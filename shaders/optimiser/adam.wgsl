// Adam (Kingma & Ba 2015, algorithm 1) with decoupled decay (Loshchilov & Hutter 2019, algorithm 2).
// The first half of `state` is the mean m, the second the mean square v; t is the clock, counted from 1.
#import lib/settings

@group(0) @binding(4) var<storage, read_write> weight: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> state: array<vec4f>;
@group(0) @binding(6) var<uniform> clock: vec4u;
@group(0) @binding(7) var<uniform> settings: Settings;

fn learn(at: u32, gradient: vec4f) {
  let second = at + arrayLength(&weight);
  let t = f32(clock.x + 1u);
  let m = mix(gradient, state[at], settings.momentum);
  let v = mix(gradient * gradient, state[second], settings.variance);
  state[at] = m;
  state[second] = v;
  let meanHat = m / (1.0 - pow(settings.momentum, t));
  let squareHat = v / (1.0 - pow(settings.variance, t));
  let w = weight[at];
  weight[at] = w - settings.rate * (meanHat / (sqrt(squareHat) + settings.epsilon) + settings.decay * w);
}
