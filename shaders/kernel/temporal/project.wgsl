// project: spikes, DELAY steps old, through dense synapses; silent fours of neurons are passed over.
#import lib/grid
#import lib/time

override BATCH: u32;
override IN: u32;
override OUT: u32;
override DELAY: u32;
override SPIKE_ROWS: u32;
override ADD: u32; // 1: to what is there already

@group(0) @binding(0) var<storage, read> spikes: array<vec4f>;        // [SPIKE_ROWS, BATCH, IN]
@group(0) @binding(1) var<storage, read> weight: array<vec4f>;        // [IN, OUT]
@group(0) @binding(2) var<storage, read_write> drive: array<vec4f>;   // [SPAN, BATCH, OUT]

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = flatIndex(group, lane, 64u);
  let quads = (OUT + 3u) / 4u;
  if (at >= BATCH * quads) { return; }
  let quad = at % quads;
  let ins = (IN + 3u) / 4u;
  for (var k = 0u; k < SPAN; k++) {
    let place = k * BATCH * quads + at;
    var sum = vec4f();
    if (ADD == 1u) { sum = drive[place]; }
    let t = stepAt(k);
    if (t >= DELAY) {
      let row = ((t - DELAY) % SPIKE_ROWS * BATCH + at / quads) * ins;
      for (var i = 0u; i < ins; i++) {
        let s = spikes[row + i];
        if (any(s != vec4f(0.0))) {
          for (var c = 0u; c < 4u; c++) {
            if (s[c] != 0.0) { sum += s[c] * weight[(4u * i + c) * quads + quad]; }
          }
        }
      }
    }
    drive[place] = sum;
  }
}
