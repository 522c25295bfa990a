// transport: what comes back to four pre neurons of a sample from the post neurons that heard them, DELAY steps later.
// Weights stay in registers through the span, those to twelve post neurons at a time.
#import lib/grid
#import lib/time

override BATCH: u32;
override IN: u32;
override OUT: u32;
override DELAY: u32;
override STEPS: u32;
override FORWARD: u32; // 1: in the order of time
override ADD: u32; // 1: to what is there already

@group(0) @binding(0) var<storage, read> signal: array<vec4f>;         // [ROWS, BATCH, OUT]
@group(0) @binding(1) var<storage, read> weight: array<vec4f>;         // [IN, OUT]
@group(0) @binding(2) var<storage, read_write> result: array<vec4f>;   // [ROWS, BATCH, IN]

const BLOCK = 3u; // fours of post neurons

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = flatIndex(group, lane, 64u);
  let ins = (IN + 3u) / 4u;
  if (at >= BATCH * ins) { return; }
  let neuron = at % ins * 4u;
  let exists = vec4u(neuron) + vec4u(0u, 1u, 2u, 3u) < vec4u(IN);
  let quads = (OUT + 3u) / 4u;
  for (var first = 0u; first < quads; first += BLOCK) {
    var w: array<vec4f, 12>;
    for (var i = 0u; i < 12u; i++) {
      let o = first + i / 4u;
      w[i] = select(vec4f(), weight[min(neuron + i % 4u, IN - 1u) * quads + min(o, quads - 1u)], o < quads);
    }
    for (var k = 0u; k < SPAN; k++) {
      let t = select(stepBack(k), stepAt(k), FORWARD == 1u);
      let place = rowOf(t) * BATCH * ins + at;
      var sum = vec4f();
      if (ADD == 1u || first > 0u) { sum = result[place]; }
      if (t + DELAY < STEPS) {
        let row = (rowOf(t + DELAY) * BATCH + at / ins) * quads;
        for (var o = 0u; o < BLOCK; o++) {
          let e = signal[row + min(first + o, quads - 1u)];
          sum += vec4f(dot(e, w[4u * o]), dot(e, w[4u * o + 1u]), dot(e, w[4u * o + 2u]), dot(e, w[4u * o + 3u]));
        }
      }
      result[place] = select(vec4f(), sum, exists);
    }
  }
}
