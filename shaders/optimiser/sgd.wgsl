// w ← w − η (g + λ w)
#import lib/settings

@group(0) @binding(4) var<storage, read_write> weight: array<vec4f>;

var<private> rate: f32;

fn prepare() {
  rate = rateNow();
}

fn learn(at: u32, gradient: vec4f) {
  let w = weight[at];
  weight[at] = w - rate * (gradient + settings.decay * w);
}
