// Writes a label over the first pixels of every image, COPIES times with a label each (Hinton 2022, section 3.3): row
// COPIES · sample + copy holds a copy. A sample that is missing stays dark, if it has no label.
#import lib/grid
#import OVERLAY

override BATCH: u32;
override SIZE: u32;
override COPIES: u32;

@group(0) @binding(0) var<storage, read> image: array<vec4f>;        // [BATCH, SIZE]
@group(0) @binding(1) var<storage, read_write> result: array<vec4f>; // [COPIES · BATCH, SIZE]

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = flatIndex(group, lane, 64u);
  let quads = (SIZE + 3u) / 4u;
  if (at >= COPIES * BATCH * quads) { return; }
  let row = at / quads;
  let quad = at % quads;
  let sample = row / COPIES;
  var value = image[sample * quads + quad];
  if (quad * 4u < CLASSES) {
    let pixel = vec4u(quad * 4u) + vec4u(0u, 1u, 2u, 3u);
    value = select(value, labelPixels(sample, row % COPIES, pixel), pixel < vec4u(CLASSES));
  }
  result[at] = value;
}
