// Every neuron (or synapse) of a field takes its next value from an equation over its own values, four at a time.
#import lib/grid
#import EQUATION
#import ARGUMENTS

override ROWS: u32;
override COLUMNS: u32;

@group(0) @binding(0) var<storage, read_write> result: array<vec4f>; // [ROWS, COLUMNS]

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = flatIndex(group, lane, 64u);
  let quads = (COLUMNS + 3u) / 4u;
  if (at >= ROWS * quads) { return; }
  let quad = at % quads;
  let neuron = vec4u(quad * 4u) + vec4u(0u, 1u, 2u, 3u);
  let value = evaluate(at, at / quads, quad, neuron);
  result[at] = select(vec4f(), value, neuron < vec4u(COLUMNS)); // pads stay zero, whatever the equation gives there
}
