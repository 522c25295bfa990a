// The largest magnitude in an array, in parts: a row of the result for each workgroup.
override GROUPS: u32;

@group(0) @binding(0) var<storage, read> value: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> result: array<vec4f>; // [GROUPS, 1]

var<workgroup> partial: array<f32, 64>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  var most = vec4f();
  for (var i = group.x * 64u + lane; i < arrayLength(&value); i += 64u * GROUPS) { most = max(most, abs(value[i])); }
  partial[lane] = max(max(most.x, most.y), max(most.z, most.w));
  for (var width = 32u; width > 0u; width /= 2u) {
    workgroupBarrier();
    if (lane < width) { partial[lane] = max(partial[lane], partial[lane + width]); }
  }
  if (lane == 0u) { result[group.x] = vec4f(partial[0], 0.0, 0.0, 0.0); }
}
