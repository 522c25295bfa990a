// Positive and negative images without labels: row 2 · sample is the image, the row after it a hybrid of that image, where
// the mask is above 0, and of the next one in the batch, where it is not (Hinton 2022, section 3.2).
#import lib/grid

override BATCH: u32;
override SIZE: u32;

@group(0) @binding(0) var<storage, read> image: array<vec4f>;        // [BATCH, SIZE]
@group(0) @binding(1) var<storage, read> mask: array<vec4f>;         // [BATCH, SIZE]
@group(0) @binding(2) var<storage, read_write> result: array<vec4f>; // [2 · BATCH, SIZE]

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = flatIndex(group, lane, 64u);
  let quads = (SIZE + 3u) / 4u;
  if (at >= BATCH * quads) { return; }
  let sample = at / quads;
  let quad = at % quads;
  let own = image[at];
  let other = image[(sample + 1u) % BATCH * quads + quad];
  result[2u * sample * quads + quad] = own;
  result[(2u * sample + 1u) * quads + quad] = select(other, own, mask[at] > vec4f(0.0));
}
