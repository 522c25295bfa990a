// A population's activity brought to one length, so that only its direction is passed on (Hinton 2022, section 2.1): its
// mean square over the neurons, and the activity whose mean square is 1. One workgroup a row: a strided sum in each lane, then a tree.
#import lib/grid

override ROWS: u32;
override COLUMNS: u32;

@group(0) @binding(0) var<storage, read> activity: array<vec4f>;          // [ROWS, COLUMNS]
@group(0) @binding(1) var<storage, read_write> meanSquare: array<vec4f>;  // [ROWS, 1]
@group(0) @binding(2) var<storage, read_write> normalised: array<vec4f>;  // [ROWS, COLUMNS]

const LANES = 16u;

var<workgroup> partial: array<f32, LANES>;

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = min(flatGroup(group), ROWS - 1u);
  let quads = (COLUMNS + 3u) / 4u;
  var sum = vec4f();
  for (var quad = lane; quad < quads; quad += LANES) {
    let value = activity[row * quads + quad]; // pads are zero
    sum += value * value;
  }
  partial[lane] = dot(sum, vec4f(1.0));
  for (var width = LANES / 2u; width > 0u; width /= 2u) {
    workgroupBarrier();
    if (lane < width) { partial[lane] += partial[lane + width]; }
  }
  workgroupBarrier();
  let square = partial[0] / f32(COLUMNS);
  if (lane == 0u) { meanSquare[row] = vec4f(square, 0.0, 0.0, 0.0); }
  let length = sqrt(square) + 1e-6;
  for (var quad = lane; quad < quads; quad += LANES) {
    normalised[row * quads + quad] = activity[row * quads + quad] / length;
  }
}
