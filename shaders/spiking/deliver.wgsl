// Spikes set off through synapses: a weight joins the sum of the step in which its spike arrives.
#import spiking/connect

const STORED = 0u;

// A synapse's weight joins the sum of the step that its spike arrives in. Whole numbers add up to the same in any order.
fn deliver(o: Projection, post: u32, delay: u32, units: i32, time: u32) {
  let cell = o.cells + post;
  let before = atomicAdd(&arriving[((time + 1u + delay) & (SLOTS - 1u)) * CELLS + cell], units);
  let after = before + units;
  if (((before ^ after) & (units ^ after)) < 0) { atomicMax(&events[OVERFLOWS], cell + 1u); }
}

fn unitsOf(o: Projection, weight: f32) -> i32 {
  return i32(round(weight * o.scale));
}

// The spike of `neuron` sets off through the row of its synapses, which `lanes` invocations share.
fn send(o: Projection, neuron: u32, lane: u32, lanes: u32, time: u32, strength: f32) {
  let constant = unitsOf(o, o.weight0 * strength);
  if (!PROCEDURAL || o.storage == STORED) {
    let last = rows[o.rows + neuron + 1u];
    for (var k = rows[o.rows + neuron] + lane; k < last; k += lanes) {
      let word = synapses[o.synapses + k];
      var units = constant;
      if (DRAWN_WEIGHTS && o.weights != NONE) { units = unitsOf(o, weights[o.weights + k] * strength); }
      deliver(o, word & 0xffffffu, word >> 24u, units, time);
    }
    return;
  }
  for (var chunk = lane; chunk < o.chunks; chunk += lanes) {
    var walk = begin(o, neuron, chunk);
    while (step(o, neuron, &walk)) {
      let weight = weightOf(o, walk.ordinal, walk.key);
      deliver(o, walk.post, delayOf(o, walk.ordinal, walk.key), unitsOf(o, weight * strength), time);
    }
  }
}

// Utilisation u and resources x as a spike finds them (Tsodyks, Pawelzik & Markram 1998, eqs 2 and 3).
fn resources(o: Projection, neuron: u32, time: u32) -> vec2f {
  let at = o.release + 3u * neuron;
  let last = bitcast<u32>(state[at + 2u]); // 1 + the step of the spike before, 0 for none
  if (last == 0u) { return vec2f(o.utilisation, 1.0); }
  let steps = f32(time + 1u - last);
  let left = state[at + 1u] * (1.0 - state[at]);
  let x = 1.0 - (1.0 - left) * exp(-steps * o.recovery);
  let facilitated = state[at] * (1.0 - o.utilisation) * exp(-steps * o.facilitation);
  return vec2f(o.utilisation + select(0.0, facilitated, o.facilitation > 0.0), x);
}

// What the spike of a neuron releases of each weight, once for each projection; the next spike finds less.
fn strengthOf(o: Projection, neuron: u32, time: u32) -> f32 {
  if (!RELEASES || o.release == NONE) { return 1.0; }
  let found = resources(o, neuron, time);
  let at = o.release + 3u * neuron;
  state[at] = found.x;
  state[at + 1u] = found.y;
  state[at + 2u] = bitcast<f32>(time + 1u);
  return found.x * found.y;
}
