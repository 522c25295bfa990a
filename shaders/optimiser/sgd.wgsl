// w ← w − η (g + λ w)
#import lib/settings

@group(0) @binding(4) var<storage, read_write> weight: array<vec4f>;
@group(0) @binding(7) var<uniform> settings: Settings;

fn prepare() {}

fn learn(at: u32, gradient: vec4f) {
  let w = weight[at];
  weight[at] = w - settings.rate * (gradient + settings.decay * w);
}
