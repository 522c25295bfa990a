// Diehl & Cook's network whole in one workgroup, an image to a dispatch: each invocation has an excitatory neuron, its
// inhibitory partner and all synapses onto the two, so that nothing but the lists of spikes crosses between invocations.
// It learns one image after another, or, its weights fixed, is shown many at once, a workgroup each.
#import DIGITS
#import spiking/diehl-cook/own
#import spiking/diehl-cook/input
#import spiking/diehl-cook/arrive

@group(0) @binding(7) var<uniform> submitted: vec4u; // the first position
@group(1) @binding(0) var<uniform> turnIndex: vec4u;

var<workgroup> spikes: atomic<u32>; // of the excitatory neurons while the image is shown
var<workgroup> seen: u32;

fn step(copy: u32, lane: u32, time: u32, shown: bool) {
  if (shown || LEARNS) { drawInputs(lane, time, shown); }
  for (var k = 0u; k < EACH; k++) {
    if (lane + k * LANES < NEURONS) { advanceOwn(k, lane + k * LANES, time); }
    if (mine[k].fires && shown) {
      mine[k].count++;
      atomicAdd(&spikes, 1u);
    }
  }
  workgroupBarrier();
  for (var k = 0u; k < EACH; k++) {
    if (lane + k * LANES < NEURONS) { receive(copy, k, lane + k * LANES, time); }
  }
  clearLists(lane, time);
}

// The image is shown, then darkness; again and brighter, where too few spikes came.
@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let position = submitted.x + select(group.x, turnIndex.x, LEARNS);
  // Each image that is shown with fixed weights has steps, and so random numbers, of its own.
  var time = select(position << 15u, results[CLOCK], LEARNS);
  for (var intensity = FIRST_INTENSITY; intensity < INTENSITIES; intensity++) {
    load(lane);
    if (!LEARNS) { clearUnder(group.x, lane); }
    brighten(lane, position % IMAGES, intensity);
    if (LEARNS) { normalise(lane); }
    if (lane == 0u) { atomicStore(&spikes, 0u); }
    workgroupBarrier();
    for (var k = 0u; k < SHOWN; k++) {
      step(group.x, lane, time, true);
      time++;
    }
    if (lane == 0u) { seen = atomicLoad(&spikes); }
    for (var k = 0u; k < RESTS; k++) {
      step(group.x, lane, time, false);
      time++;
    }
    save(lane, position - submitted.x, intensity);
    if (workgroupUniformLoad(&seen) >= LEAST_SPIKES) { break; }
  }
  if (LEARNS && lane == 0u) { results[CLOCK] = time; }
}
