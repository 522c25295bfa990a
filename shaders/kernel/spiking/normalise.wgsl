// The weights onto each post neuron of a plastic projection, scaled so that their sizes add up to a given total. One invocation a
// neuron adds them in the order of their synapses, so that the same weights always give the same sum.
#import TABLE
#import lib/grid

@group(0) @binding(0) var<storage, read> plan: array<u32>;
@group(0) @binding(5) var<storage, read> rows: array<u32>;
@group(0) @binding(6) var<storage, read> synapses: array<u32>;
@group(0) @binding(7) var<storage, read_write> weights: array<f32>;
@group(0) @binding(8) var<uniform> submitted: vec4u; // in its last words the projection and the bits of the total

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let o = projection(submitted.z);
  let post = flatIndex(group, lane, 64u);
  if (post >= o.postSize) { return; }
  let first = rows[o.columns + post];
  let last = rows[o.columns + post + 1u];
  var sum = 0.0;
  for (var c = first; c < last; c++) { sum += abs(weights[o.weights + synapses[o.columnEntries + 2u * c]]); }
  if (sum == 0.0) { return; } // nothing to scale
  let factor = bitcast<f32>(submitted.w) / sum;
  for (var c = first; c < last; c++) {
    let at = o.weights + synapses[o.columnEntries + 2u * c];
    weights[at] = clamp(weights[at] * factor, o.least, o.most);
  }
}
