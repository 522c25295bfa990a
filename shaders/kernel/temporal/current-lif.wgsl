// Leaky integrate-and-fire neurons with an exponential synaptic current, as SpyTorch writes them:
//   s = Θ(u − 1),   u ← (β u + i)(1 − s),   i ← α i + drive.
// What each step found is kept for the way back.
#import lib/grid
#import lib/time
#import SURROGATE
#import SPIKE

override BATCH: u32;
override SIZE: u32;
override SPIKE_ROWS: u32;
override MEMBRANE_KEEPS: f32; // β
override CURRENT_KEEPS: f32;  // α

@group(0) @binding(0) var<storage, read> drive: array<vec4f>;             // [SPAN, BATCH, SIZE]
@group(0) @binding(1) var<storage, read_write> membrane: array<vec4f>;    // [BATCH, SIZE]
@group(0) @binding(2) var<storage, read_write> current: array<vec4f>;     // [BATCH, SIZE]
@group(0) @binding(3) var<storage, read_write> membranes: array<vec4f>;   // [ROWS, BATCH, SIZE]
@group(0) @binding(4) var<storage, read_write> currents: array<vec4f>;    // [ROWS, BATCH, SIZE]
@group(0) @binding(5) var<storage, read_write> spikes: array<vec4f>;      // [SPIKE_ROWS, BATCH, SIZE]

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = flatIndex(group, lane, 64u);
  let quads = (SIZE + 3u) / 4u;
  if (at >= BATCH * quads) { return; }
  let exists = vec4u(at % quads * 4u) + vec4u(0u, 1u, 2u, 3u) < vec4u(SIZE);
  var u = membrane[at];
  var i = current[at];
  for (var k = 0u; k < SPAN; k++) {
    let place = rowOf(stepAt(k)) * BATCH * quads + at;
    let s = select(vec4f(0.0), spike(u - 1.0), exists);
    membranes[place] = u;
    currents[place] = i;
    spikes[stepAt(k) % SPIKE_ROWS * BATCH * quads + at] = s;
    u = (MEMBRANE_KEEPS * u + i) * (1.0 - s);
    i = CURRENT_KEEPS * i + drive[k * BATCH * quads + at];
  }
  membrane[at] = u;
  current[at] = i;
}
