// Keeps what is said of each sample of the batch where it will be found when the sample comes again.
#import lib/grid
#import POSITION

override COLUMNS: u32;

@group(0) @binding(1) var<storage, read> value: array<vec4f>;       // [BATCH, COLUMNS]
@group(0) @binding(2) var<storage, read_write> kept: array<vec4f>;  // [COUNT, COLUMNS]

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = flatIndex(group, lane, 64u);
  let quads = (COLUMNS + 3u) / 4u;
  if (at >= BATCH * quads) { return; }
  kept[samplePosition(at / quads) * quads + at % quads] = value[at];
}
