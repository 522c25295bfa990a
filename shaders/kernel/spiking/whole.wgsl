// A small network whole in one workgroup: all its steps in one dispatch, with a barrier where others end a dispatch.
#import spiking/bindings
#import NETWORK
#import spiking/neurons
#import spiking/plasticity
#import spiking/probe
#import SPREAD

fn run(group: vec3u, local: u32, lane: Lane) {
  for (var k = 0u; k < submitted.y; k++) {
    let time = submitted.x + k;
    for (var block = 0u; block < BLOCKS; block++) {
      let neuron = plan[PLAN_BLOCKS + 2u * block + 1u] + local;
      advanceBlock(population(plan[PLAN_BLOCKS + 2u * block]), neuron, time, lane);
    }
    storageBarrier();
    if (PLASTIC > 0u || LISTS) {
      arriveAt(0u, 1u, local, time);
      storageBarrier();
      fireAt(0u, 1u, local, time);
      storageBarrier();
      sweepAt(0u, 1u, local, time);
      storageBarrier();
    }
    if (PROBES > 0u) {
      probeAt(local, k);
      storageBarrier();
    }
  }
}
