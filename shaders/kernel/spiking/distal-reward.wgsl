// Izhikevich's network that learns from distal reward, whole in one workgroup, a chunk of steps to a dispatch. A synapse is
// brought up to date when a spike touches it, not at every sweep: between two touches its eligibility decays by itself, so
// that what dopamine made of it is its eligibility times a sum that is the same for all synapses.
#import DISTAL
#import spiking/distal-reward/neurons
#import spiking/distal-reward/synapses
#import spiking/distal-reward/dopamine

@group(1) @binding(0) var<uniform> turnIndex: vec4u;

// All synapses up to the chunk's end. Its row: the chosen weight, spikes, rewards so far, each invocation's sum of weights.
fn finish(lane: u32, row: u32) {
  var sum = 0.0;
  for (var s = lane; s < EXCITATORY * SYNAPSES; s += LANES) {
    touch(s);
    stamps[s] = 0u;
    sum += weights[s];
    if (s == CHOSEN) { results[row] = bitcast<u32>(weights[s]); }
  }
  results[row + 4u + lane] = bitcast<u32>(sum);
  if (lane == 0u) {
    results[row + 1u] = atomicLoad(&spikesOf[0]);
    results[row + 2u] = atomicLoad(&spikesOf[1]);
    results[row + 3u] = results[PROMISED];
  }
}

@compute @workgroup_size(LANES)
fn main(@builtin(local_invocation_index) lane: u32) {
  let first = results[CLOCK];
  load(lane, first);
  if (lane == 0u) {
    sweeps = 0u;
    gained[0] = 0.0;
  }
  workgroupBarrier();
  for (var k = 0u; k < CHUNK; k++) {
    let time = first + k;
    advanceAll(lane, time);
    workgroupBarrier();
    arriveAll(lane, time);
    if (lane == 0u) { modulate(time); }
    storageBarrier();
    if (lane == 0u) { clearList(time); }
    fireAll(lane, time);
    storageBarrier();
    workgroupBarrier();
    if (lane == 0u) { sweep(time); }
  }
  workgroupBarrier();
  save(lane, first + CHUNK);
  finish(lane, HEAD + turnIndex.x * (4u + LANES));
  if (lane == 0u) { results[CLOCK] = first + CHUNK; }
}
