// Counts the values of a weight field that are NaN or infinite, by their exponent bits: a part for each workgroup.
override ROW: u32;
override GROUPS: u32;

@group(0) @binding(0) var<storage, read> weight: array<vec4u>;
@group(0) @binding(1) var<storage, read_write> result: array<u32>;

var<workgroup> broken: array<u32, 64>;

const EXPONENT = vec4u(0x7f800000u);

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  var count = vec4u(0u);
  for (var i = group.x * 64u + lane; i < arrayLength(&weight); i += 64u * GROUPS) {
    count += select(vec4u(0u), vec4u(1u), (weight[i] & EXPONENT) == EXPONENT);
  }
  broken[lane] = count.x + count.y + count.z + count.w;
  for (var width = 32u; width > 0u; width /= 2u) {
    workgroupBarrier();
    if (lane < width) { broken[lane] += broken[lane + width]; }
  }
  if (lane == 0u) { result[ROW * GROUPS + group.x] = broken[0]; }
}
