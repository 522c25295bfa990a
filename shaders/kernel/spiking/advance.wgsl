// Neurons, a block to a workgroup, for as many steps as no spike can cross from one block to another.
#import spiking/bindings
#import NETWORK
#import spiking/neurons
#import spiking/probe
#import SPREAD
#import lib/grid

@group(1) @binding(0) var<uniform> turnIndex: vec4u;

fn run(group: vec3u, local: u32, lane: Lane) {
  // Loaded where no branch has been taken, so that a software adapter loads once for all lanes.
  let block = min(flatGroup(group), BLOCKS - 1u);
  let p = population(plan[PLAN_BLOCKS + 2u * block]);
  let neuron = plan[PLAN_BLOCKS + 2u * block + 1u] + local;
  if (flatGroup(group) >= BLOCKS) { return; }
  let first = turnIndex.x * WINDOW;
  for (var k = first; k < min(first + WINDOW, submitted.y); k++) {
    advanceBlock(p, neuron, submitted.x + k, lane);
    if (PROBES > 0u && WINDOW > 1u) { probeOwn(p, neuron, k); }
  }
}
