// A population's sum of an equation's terms, for each sample: a strided sum in each lane, then a tree.
#import lib/grid
#import EQUATION
#import ARGUMENTS

override ROWS: u32;
override COLUMNS: u32;
override SCALE: f32;

@group(0) @binding(0) var<storage, read_write> result: array<vec4f>; // [ROWS, 1]

var<workgroup> partial: array<f32, 64>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = flatGroup(group);
  let quads = (COLUMNS + 3u) / 4u;
  var sum = 0.0;
  if (row < ROWS) {
    for (var quad = lane; quad < quads; quad += 64u) {
      let neuron = vec4u(quad * 4u) + vec4u(0u, 1u, 2u, 3u);
      let terms = evaluate(row * quads + quad, row, quad, neuron);
      sum += dot(select(vec4f(), terms, neuron < vec4u(COLUMNS)), vec4f(1.0));
    }
  }
  partial[lane] = sum;
  for (var width = 32u; width > 0u; width /= 2u) {
    workgroupBarrier();
    if (lane < width) { partial[lane] += partial[lane + width]; }
  }
  if (lane == 0u && row < ROWS) { result[row] = vec4f(SCALE * partial[0], 0.0, 0.0, 0.0); }
}
