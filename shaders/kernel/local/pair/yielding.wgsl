// How a neuron gives way to the nudge: −Δu / Δβ between a sample's two copies. As Δβ → 0 at the free equilibrium this is
// the gradient of the loss by the neuron's drive (Scellier & Bengio 2017, theorem 1).
#import lib/grid

override ROWS: u32;
override COLUMNS: u32;

@group(0) @binding(0) var<storage, read> pair: array<vec4f>;          // [2 · ROWS, COLUMNS]
@group(0) @binding(1) var<storage, read> nudge: array<vec4f>;         // [2 · ROWS, 1]
@group(0) @binding(2) var<storage, read_write> result: array<vec4f>;  // [ROWS, COLUMNS]

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = flatIndex(group, lane, 64u);
  let quads = (COLUMNS + 3u) / 4u;
  if (at >= ROWS * quads) { return; }
  let first = at / quads * 2u;
  let there = first * quads + at % quads;
  result[at] = (pair[there] - pair[there + quads]) / (nudge[first + 1u].x - nudge[first].x);
}
