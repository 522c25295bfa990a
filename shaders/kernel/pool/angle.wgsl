// a·b, a·a and b·b of two arrays of one length, in fixed order, into one row of the result.
override ROW: u32;

@group(0) @binding(0) var<storage, read> a: array<vec4f>;
@group(0) @binding(1) var<storage, read> b: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> result: array<vec4f>;

var<workgroup> partial: array<vec4f, 256>;

@compute @workgroup_size(256)
fn main(@builtin(local_invocation_index) lane: u32) {
  var sum = vec4f(0.0);
  for (var i = lane; i < arrayLength(&a); i += 256u) {
    sum += vec4f(dot(a[i], b[i]), dot(a[i], a[i]), dot(b[i], b[i]), 0.0);
  }
  partial[lane] = sum;
  for (var width = 128u; width > 0u; width /= 2u) {
    workgroupBarrier();
    if (lane < width) { partial[lane] += partial[lane + width]; }
  }
  if (lane == 0u) { result[ROW] = partial[0]; }
}
