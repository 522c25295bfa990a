// Every synapse follows a direction kept for it, divided by one value for all: g = kept / per, handed to the optimiser.
#import lib/grid
#import OPTIMISER

override QUADS: u32;

@group(0) @binding(0) var<storage, read> kept: array<vec4f>;
@group(0) @binding(1) var<storage, read> per: array<vec4f>; // [1, 1]

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = flatIndex(group, lane, 64u);
  if (at >= QUADS) { return; }
  prepare();
  let whole = per[0].x;
  learn(at, select(vec4f(), kept[at] / whole, whole > 0.0));
}
