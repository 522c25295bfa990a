// The way back through `leaky-readout`: the loss enters where y was highest, and `signal` is what it makes of the drive.
#import lib/grid
#import lib/time

override BATCH: u32;
override SIZE: u32;
override MEMBRANE_KEEPS: f32;
override CURRENT_KEEPS: f32;

@group(0) @binding(0) var<storage, read> error: array<vec4f>;                 // [BATCH, SIZE]: of the highest y
@group(0) @binding(1) var<storage, read> when: array<vec4u>;                  // [BATCH, SIZE]
@group(0) @binding(2) var<storage, read_write> membraneError: array<vec4f>;   // [BATCH, SIZE]
@group(0) @binding(3) var<storage, read_write> currentError: array<vec4f>;    // [BATCH, SIZE]
@group(0) @binding(4) var<storage, read_write> signal: array<vec4f>;          // [ROWS, BATCH, SIZE]

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = flatIndex(group, lane, 64u);
  let total = BATCH * ((SIZE + 3u) / 4u);
  if (at >= total) { return; }
  var ofMembrane = membraneError[at];
  var ofCurrent = currentError[at];
  for (var k = 0u; k < SPAN; k++) {
    let t = stepBack(k);
    ofMembrane += select(vec4f(0.0), error[at], when[at] == vec4u(t + 1u));
    signal[rowOf(t) * total + at] = ofCurrent;
    ofCurrent = CURRENT_KEEPS * ofCurrent + ofMembrane;
    ofMembrane = MEMBRANE_KEEPS * ofMembrane;
  }
  membraneError[at] = ofMembrane;
  currentError[at] = ofCurrent;
}
