// The lanes of a subgroup share the rows of those among them that fire: no barrier is needed, which software adapters pay
// dearly for, and a row's synapses are loaded side by side.
struct Lane { index: u32, count: u32 }

fn sendFresh(p: Population, neuron: u32, fires: bool, time: u32, lane: Lane) {
  var left = subgroupBallot(fires);
  loop {
    let word = select(select(select(3u, 2u, left.z != 0u), 1u, left.y != 0u), 0u, left.x != 0u);
    if (left[word] == 0u) { break; }
    let bit = countTrailingZeros(left[word]);
    left[word] &= left[word] - 1u;
    let source = 32u * word + bit;
    let fired = subgroupShuffle(neuron, source);
    for (var k = 0u; k < p.outgoingCount; k++) {
      let o = projection(plan[PLAN_OUTGOING + p.outgoing + k]);
      var strength = 1.0;
      if (RELEASES) {
        if (lane.index == source) { strength = strengthOf(o, neuron, time); }
        strength = subgroupShuffle(strength, source);
      }
      send(o, fired, lane.index, lane.count, time, strength);
    }
  }
}

@compute @workgroup_size(WIDTH)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(local_invocation_index) local: u32,
  @builtin(subgroup_invocation_id) index: u32,
  @builtin(subgroup_size) count: u32,
) {
  run(group, local, Lane(index, count));
}
