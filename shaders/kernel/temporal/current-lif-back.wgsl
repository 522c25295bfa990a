// The way back through `current-lif`, with the surrogate's slope for the spike's. What the loss makes of
//   u ← (β u + i)(1 − s),   i ← α i + drive,   s = Θ(u − 1)
// comes from the step after; `error` is what it makes of the drive. A reset that is attached lets it through (1 − s) too.
#import lib/grid
#import lib/time
#import SURROGATE
#import SPIKE

override BATCH: u32;
override SIZE: u32;
override MEMBRANE_KEEPS: f32;
override CURRENT_KEEPS: f32;
override ATTACHED: f32; // 1 or 0

@group(0) @binding(0) var<storage, read> spikeError: array<vec4f>;            // [ROWS, BATCH, SIZE]
@group(0) @binding(1) var<storage, read> membranes: array<vec4f>;             // [ROWS, BATCH, SIZE]
@group(0) @binding(2) var<storage, read> currents: array<vec4f>;              // [ROWS, BATCH, SIZE]
@group(0) @binding(3) var<storage, read_write> membraneError: array<vec4f>;   // [BATCH, SIZE]
@group(0) @binding(4) var<storage, read_write> currentError: array<vec4f>;    // [BATCH, SIZE]
@group(0) @binding(5) var<storage, read_write> error: array<vec4f>;           // [ROWS, BATCH, SIZE]

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = flatIndex(group, lane, 64u);
  let quads = (SIZE + 3u) / 4u;
  if (at >= BATCH * quads) { return; }
  var ofMembrane = membraneError[at];
  var ofCurrent = currentError[at];
  for (var k = 0u; k < SPAN; k++) {
    let place = rowOf(stepBack(k)) * BATCH * quads + at;
    let u = membranes[place];
    let stays = 1.0 - spike(u - 1.0);
    let reset = ATTACHED * (MEMBRANE_KEEPS * u + currents[place]) * ofMembrane;
    error[place] = ofCurrent;
    ofCurrent = CURRENT_KEEPS * ofCurrent + stays * ofMembrane;
    ofMembrane = MEMBRANE_KEEPS * stays * ofMembrane + slope(u - 1.0) * (spikeError[place] - reset);
  }
  membraneError[at] = ofMembrane;
  currentError[at] = ofCurrent;
}
