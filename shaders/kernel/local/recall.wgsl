// What was kept of each sample of the batch.
#import lib/grid
#import POSITION

override COLUMNS: u32;

@group(0) @binding(1) var<storage, read> kept: array<vec4f>;          // [COUNT, COLUMNS]
@group(0) @binding(2) var<storage, read_write> result: array<vec4f>;  // [BATCH, COLUMNS]

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = flatIndex(group, lane, 64u);
  let quads = (COLUMNS + 3u) / 4u;
  if (at >= BATCH * quads) { return; }
  result[at] = kept[samplePosition(at / quads) * quads + at % quads];
}
