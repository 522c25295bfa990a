// The mean of an equation over the batch, for every neuron by itself: samples in ascending order.
#import lib/grid
#import EQUATION
#import ARGUMENTS

override ROWS: u32;
override COLUMNS: u32;

@group(0) @binding(0) var<storage, read_write> result: array<vec4f>; // [1, COLUMNS]

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let quad = flatIndex(group, lane, 64u);
  let quads = (COLUMNS + 3u) / 4u;
  if (quad >= quads) { return; }
  let neuron = vec4u(quad * 4u) + vec4u(0u, 1u, 2u, 3u);
  var sum = vec4f();
  for (var row = 0u; row < ROWS; row++) { sum += evaluate(row * quads + quad, row, quad, neuron); }
  result[quad] = select(vec4f(), sum / f32(ROWS), neuron < vec4u(COLUMNS));
}
