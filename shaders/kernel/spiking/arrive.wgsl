// What reaches plastic synapses in this step: it is delivered, and changes them.
#import spiking/bindings
#import NETWORK
#import spiking/plasticity

@group(1) @binding(0) var<uniform> turnIndex: vec4u;

@compute @workgroup_size(WIDTH)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  if (turnIndex.x >= submitted.y) { return; }
  arriveAt(group.x, groups.x, lane, submitted.x + turnIndex.x);
}
