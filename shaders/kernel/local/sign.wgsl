// Every feedback synapse takes the sign of the weight it stands for (Liao, Leibo & Poggio 2016: uniform sign-concordant).
#import lib/grid

override MAGNITUDE: f32;

@group(0) @binding(0) var<storage, read> weight: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> result: array<vec4f>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = flatIndex(group, lane, 64u);
  if (at >= arrayLength(&result)) { return; }
  result[at] = MAGNITUDE * sign(weight[at]);
}
