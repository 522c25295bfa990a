// Softmax over the neurons of a layer, a workgroup for each sample: exp(v) over its sum, the highest taken off first.
#import lib/grid

override BATCH: u32;
override SIZE: u32;

@group(0) @binding(0) var<storage, read> value: array<vec4f>;        // [BATCH, SIZE]
@group(0) @binding(1) var<storage, read_write> share: array<vec4f>;  // [BATCH, SIZE]

var<workgroup> partial: array<f32, 64>;

fn masked(quad: u32, inside: vec4f, outside: f32) -> vec4f {
  return select(vec4f(outside), inside, vec4u(quad * 4u) + vec4u(0u, 1u, 2u, 3u) < vec4u(SIZE));
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let sample = flatGroup(group);
  if (sample >= BATCH) { return; }
  let quads = (SIZE + 3u) / 4u;
  let row = sample * quads;
  var best = value[row].x;
  for (var quad = lane; quad < quads; quad += 64u) {
    let v = masked(quad, value[row + quad], best);
    best = max(max(max(v.x, v.y), max(v.z, v.w)), best);
  }
  partial[lane] = best;
  for (var width = 32u; width > 0u; width /= 2u) {
    workgroupBarrier();
    if (lane < width) { partial[lane] = max(partial[lane], partial[lane + width]); }
  }
  workgroupBarrier();
  let highest = partial[0];
  workgroupBarrier();
  var sum = 0.0;
  for (var quad = lane; quad < quads; quad += 64u) {
    sum += dot(masked(quad, exp(value[row + quad] - highest), 0.0), vec4f(1.0));
  }
  partial[lane] = sum;
  for (var width = 32u; width > 0u; width /= 2u) {
    workgroupBarrier();
    if (lane < width) { partial[lane] += partial[lane + width]; }
  }
  workgroupBarrier();
  let whole = partial[0];
  for (var quad = lane; quad < quads; quad += 64u) {
    share[row + quad] = masked(quad, exp(value[row + quad] - highest) / whole, 0.0);
  }
}
