// Two values of every neuron, their sum and their difference one under the other.
#import lib/grid

override ROWS: u32;
override COLUMNS: u32;

@group(0) @binding(0) var<storage, read> value: array<vec4f>;         // [ROWS / 2, COLUMNS]
@group(0) @binding(1) var<storage, read> lean: array<vec4f>;          // [ROWS / 2, COLUMNS]
@group(0) @binding(2) var<storage, read_write> result: array<vec4f>;  // [ROWS, COLUMNS]

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = flatIndex(group, lane, 64u);
  let quads = (COLUMNS + 3u) / 4u;
  if (at >= ROWS * quads) { return; }
  let row = at / quads;
  let there = row / 2u * quads + at % quads;
  result[at] = value[there] + select(1.0, -1.0, (row & 1u) == 1u) * lean[there];
}
