// One blur of every image, SIDE × SIDE pixels, with [1 2 1] / 4 along both axes; beyond the edge lies what the edge holds.
#import lib/grid

override BATCH: u32;
override SIDE: u32;

@group(0) @binding(0) var<storage, read> image: array<f32>;        // [BATCH, SIDE²], rows padded to four
@group(0) @binding(1) var<storage, read_write> result: array<f32>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = flatIndex(group, lane, 64u);
  let stride = (SIDE * SIDE + 3u) / 4u * 4u;
  if (at >= BATCH * stride) { return; }
  let pixel = at % stride;
  if (pixel >= SIDE * SIDE) { return; }
  let first = at - pixel;
  let here = vec2i(vec2u(pixel % SIDE, pixel / SIDE));
  var sum = 0.0;
  for (var y = -1; y <= 1; y++) {
    for (var x = -1; x <= 1; x++) {
      let there = vec2u(clamp(here + vec2i(x, y), vec2i(0), vec2i(i32(SIDE) - 1)));
      sum += f32((2 - abs(x)) * (2 - abs(y))) * image[first + there.y * SIDE + there.x];
    }
  }
  result[at] = sum / 16.0;
}
