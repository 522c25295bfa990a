// v ← μ v + g + λ w;  w ← w − η v   (Polyak 1964; as PyTorch's SGD writes it)
#import lib/settings

@group(0) @binding(4) var<storage, read_write> weight: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> state: array<vec4f>;

var<private> rate: f32;

fn prepare() {
  rate = rateNow();
}

fn learn(at: u32, gradient: vec4f) {
  let w = weight[at];
  let v = settings.momentum * state[at] + gradient + settings.decay * w;
  state[at] = v;
  weight[at] = w - rate * v;
}
