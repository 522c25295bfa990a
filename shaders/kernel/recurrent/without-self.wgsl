// No neuron speaks to itself: the diagonal of a recurrent weight is zero, and so is the row that would be its bias.
#import lib/grid

override COUNT: u32;
override STRIDE: u32; // values in a padded row

@group(0) @binding(0) var<storage, read_write> weight: array<f32>; // [COUNT + 1, COUNT]

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let neuron = flatIndex(group, lane, 64u);
  if (neuron >= COUNT) { return; }
  weight[neuron * STRIDE + neuron] = 0.0;
  weight[COUNT * STRIDE + neuron] = 0.0;
}
