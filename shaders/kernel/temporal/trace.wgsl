// A trace of each neuron's spikes, DELAY steps old: x̄ ← κ x̄ + z, written down at every step.
#import lib/grid
#import lib/time

override BATCH: u32;
override SIZE: u32;
override DELAY: u32;
override KEEPS: f32; // κ

@group(0) @binding(0) var<storage, read> spikes: array<vec4f>;        // [ROWS, BATCH, SIZE]
@group(0) @binding(1) var<storage, read_write> now: array<vec4f>;     // [BATCH, SIZE]
@group(0) @binding(2) var<storage, read_write> trace: array<vec4f>;   // [ROWS, BATCH, SIZE]

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = flatIndex(group, lane, 64u);
  let total = BATCH * ((SIZE + 3u) / 4u);
  if (at >= total) { return; }
  var x = now[at];
  for (var k = 0u; k < SPAN; k++) {
    let t = stepAt(k);
    x = KEEPS * x;
    if (t >= DELAY) { x += spikes[rowOf(t - DELAY) * total + at]; }
    trace[rowOf(t) * total + at] = x;
  }
  now[at] = x;
}
