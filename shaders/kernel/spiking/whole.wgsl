// A small network whole in one workgroup: all its steps in one dispatch, with a barrier where others end a dispatch.
#import spiking/bindings
#import NETWORK
#import spiking/phases

@compute @workgroup_size(WIDTH)
fn main(@builtin(local_invocation_index) lane: u32) {
  for (var k = 0u; k < submitted.y; k++) {
    let time = submitted.x + k;
    for (var block = 0u; block < BLOCKS; block++) { advanceBlock(block, lane, time); }
    storageBarrier();
    if (PLASTIC > 0u) {
      arriveAt(0u, 1u, lane, time);
      storageBarrier();
      fireAt(0u, 1u, lane, time);
      storageBarrier();
      sweepAt(0u, 1u, lane, time);
      storageBarrier();
    }
    if (PROBES > 0u) {
      probeAt(lane, k);
      storageBarrier();
    }
  }
}
