// correlate: every synapse adds up pre spike (or trace), DELAY steps old, times post error, over the span's
// steps and the batch. One chain of sums a synapse, so that segments of time and spans leave its bits alone.
#import lib/grid
#import lib/time

override BATCH: u32;
override IN: u32;
override OUT: u32;
override FORWARD: u32; // 1: in the order of time
override DELAY: u32;
override SPIKE_ROWS: u32;

@group(0) @binding(0) var<storage, read> spikes: array<vec4f>;           // [SPIKE_ROWS, BATCH, IN]
@group(0) @binding(1) var<storage, read> error: array<vec4f>;            // [ROWS, BATCH, OUT]
@group(0) @binding(2) var<storage, read_write> gradient: array<vec4f>;   // [IN, OUT]

@compute @workgroup_size(8)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = flatIndex(group, lane, 8u);
  let ins = (IN + 3u) / 4u;
  let quads = (OUT + 3u) / 4u;
  if (at >= ins * quads) { return; }
  let i = at / quads;
  let o = at % quads;
  var sum: array<vec4f, 4>;
  for (var c = 0u; c < 4u; c++) { sum[c] = gradient[min(4u * i + c, IN - 1u) * quads + o]; }
  for (var k = 0u; k < SPAN; k++) {
    let t = select(stepBack(k), stepAt(k), FORWARD == 1u);
    if (t < DELAY) { continue; }
    for (var b = 0u; b < BATCH; b++) {
      let s = spikes[((t - DELAY) % SPIKE_ROWS * BATCH + b) * ins + i];
      if (all(s == vec4f(0.0))) { continue; }
      let e = error[(rowOf(t) * BATCH + b) * quads + o];
      for (var c = 0u; c < 4u; c++) { if (s[c] != 0.0) { sum[c] += s[c] * e; } }
    }
  }
  for (var c = 0u; c < 4u; c++) { if (4u * i + c < IN) { gradient[(4u * i + c) * quads + o] = sum[c]; } }
}
