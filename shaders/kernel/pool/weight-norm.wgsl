// The length of every neuron's incoming weights, the bias left out: four neurons an invocation.
#import lib/grid

override LINES: u32; // presynaptic neurons
override SIZE: u32;

@group(0) @binding(0) var<storage, read> weight: array<vec4f>;       // [LINES + 1, SIZE]
@group(0) @binding(1) var<storage, read_write> norm: array<vec4f>;   // [1, SIZE]

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let quad = flatIndex(group, lane, 64u);
  let quads = (SIZE + 3u) / 4u;
  if (quad >= quads) { return; }
  var sum = vec4f();
  for (var line = 0u; line < LINES; line++) {
    let w = weight[line * quads + quad];
    sum = fma(w, w, sum);
  }
  norm[quad] = sqrt(sum);
}
