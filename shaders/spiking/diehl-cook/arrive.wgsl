// The pixels' spikes on their way to a neuron, and what they and its own spikes do to its synapses. A synapse is touched by
// the invocation of its post neuron alone, and when a spike sets off rather than when it arrives, since how the neuron's trace
// will have decayed by then is known; where the neuron fires meanwhile, that is made up for.
@group(0) @binding(5) var<storage, read> delays: array<u32>;         // [INPUTS, NEURONS] in steps, from 1 to 20
@group(0) @binding(6) var<storage, read_write> under: array<i32>;    // [copies, RING, NEURONS] sums of weights under way

// A trace below this changes no weight that f32 can tell.
const FAINT = 1e-6;

fn receive(copy: u32, k: u32, neuron: u32, time: u32) {
  let ring = copy * RING * NEURONS + neuron;
  let before = Post_C(mine[k].post.y1 * DECAY_Y1, mine[k].post.y2 * DECAY_Y2);
  mine[k].post = before;
  let slot = ring + (time % RING) * NEURONS;
  mine[k].arriving = under[slot];
  under[slot] = 0;
  if (mine[k].fires) {
    mine[k].post = Post_C(1.0, 1.0);
    if (LEARNS) { potentiate(neuron, ring, before, time); }
  }
  let list = (time % 3u) * INPUTS;
  let count = atomicLoad(&firedCount[time % 3u]);
  for (var i = 0u; i < count; i++) {
    let synapse = fired[list + i] * NEURONS + neuron;
    let delay = delays[synapse];
    let weight = weights[synapse];
    under[ring + ((time + delay) % RING) * NEURONS] += unitsOf(weight);
    if (LEARNS && mine[k].post.y1 > FAINT) { weights[synapse] = depressed(weight, mine[k].post.y1, delay); }
  }
}

// Where no rest comes between images, what is still under way of the one before is taken out.
fn clearUnder(copy: u32, lane: u32) {
  for (var neuron = lane; neuron < NEURONS; neuron += LANES) {
    for (var slot = 0u; slot < RING; slot++) { under[(copy * RING + slot) * NEURONS + neuron] = 0; }
  }
}

fn unitsOf(weight: f32) -> i32 {
  return i32(round(weight / UNIT));
}

// By a spike that arrives `steps` later. The rule asks for nothing but the first trace of the neuron.
fn depressed(weight: f32, trace: f32, steps: u32) -> f32 {
  var s = Synapse_C(weight);
  arrive_C(&s, Pre_C(0.0), Post_C(trace * exp2(f32(steps) * LOG_Y1), 0.0), LEARNING);
  return clamp(s.weight, 0.0, 1.0);
}

// The neuron fires: every synapse hears of it. Spikes that are under way will bring the weight as it is now, and find the
// neuron's trace at 1 when they arrive; depression is proportional to the trace.
fn potentiate(neuron: u32, ring: u32, before: Post_C, time: u32) {
  for (var pixel = 0u; pixel < INPUTS; pixel++) {
    let synapse = pixel * NEURONS + neuron;
    let delay = delays[synapse];
    let old = weights[synapse];
    var s = Synapse_C(old);
    fire_C(&s, Pre_C(exp2(f32(min(ageOf(pixel, delay, time), 10000u)) * LOG_PRE)), before, LEARNING);
    var weight = clamp(s.weight, 0.0, 1.0);
    for (var age = delay - 1u; age > 0u; age--) {
      if (((atomicLoad(&history[pixel]) >> ((time - age) % 32u)) & 1u) == 0u) { continue; }
      under[ring + ((time - age + delay) % RING) * NEURONS] += unitsOf(weight) - unitsOf(old);
      weight = depressed(weight, 1.0 - before.y1, delay - age);
    }
    weights[synapse] = weight;
  }
}

// The weights onto each neuron are scaled to a sum of TOTAL.
fn normalise(lane: u32) {
  for (var neuron = lane; neuron < NEURONS; neuron += LANES) {
    var sum = 0.0;
    for (var pixel = 0u; pixel < INPUTS; pixel++) { sum += weights[pixel * NEURONS + neuron]; }
    let factor = TOTAL / sum;
    for (var pixel = 0u; pixel < INPUTS; pixel++) { weights[pixel * NEURONS + neuron] *= factor; }
  }
}
