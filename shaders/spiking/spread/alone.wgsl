// Without subgroups, each neuron that fires sends its own spike.
struct Lane { index: u32 }

fn sendFresh(p: Population, neuron: u32, fires: bool, time: u32, lane: Lane) {
  if (!fires) { return; }
  for (var k = 0u; k < p.outgoingCount; k++) {
    let o = projection(plan[PLAN_OUTGOING + p.outgoing + k]);
    send(o, neuron, 0u, 1u, time, strengthOf(o, neuron, time));
  }
}

@compute @workgroup_size(WIDTH)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  run(group, local, Lane(local));
}
