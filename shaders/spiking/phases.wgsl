// One time step of a network in three phases, each over workgroups that need nothing of one another within it:
// neurons advance and fire, what fired arrives at plastic synapses, and the synapses onto those that fired hear of it.
#import spiking/connect
#import spiking/dopamine

const STORED = 0u;

var<workgroup> fresh: array<u32, WIDTH>; // the block's neurons that fire in this step
var<workgroup> freshCount: atomic<u32>;
var<workgroup> freshTotal: u32;

// ---- spikes through synapses whose weights stand still

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

// The spike of `neuron` sets off through the row of its synapses.
fn send(o: Projection, neuron: u32, lane: u32, time: u32, strength: f32) {
  let constant = unitsOf(o, o.weight0 * strength);
  if (o.storage == STORED) {
    let last = rows[o.rows + neuron + 1u];
    for (var k = rows[o.rows + neuron] + lane; k < last; k += WIDTH) {
      let word = synapses[o.synapses + k];
      var units = constant;
      if (o.weights != NONE) { units = unitsOf(o, weights[o.weights + k] * strength); }
      deliver(o, word & 0xffffffu, word >> 24u, units, time);
    }
    return;
  }
  for (var chunk = lane; chunk < o.chunks; chunk += WIDTH) {
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

fn keepResources(o: Projection, neuron: u32, time: u32, found: vec2f) {
  let at = o.release + 3u * neuron;
  state[at] = found.x;
  state[at + 1u] = found.y;
  state[at + 2u] = bitcast<f32>(time + 1u);
}

// ---- neurons

// Its number in its population, the step, the key of its random numbers, and whether a given spike time has come.
struct Now {
  neuron: u32,
  step: u32,
  key: u32,
  due: bool,
}

// Uniform in [0, 1), another for each neuron, step and k.
fn random(now: Now, k: u32) -> f32 {
  return unit(pcg(now.neuron ^ pcg(k ^ now.key)));
}

fn isDue(now: Now) -> bool {
  return now.due;
}

// How many spikes of so many parts, each Poisson with this mean: by inversion, which the parts keep from underflow.
fn poisson(neuron: u32, key: u32, which: u32, mean: f32, none: f32, parts: f32) -> f32 {
  var total = 0.0;
  for (var part = 0u; part < u32(parts); part++) {
    let drawn = unit(pcg(neuron ^ pcg((0x900u + (which << 8u) + part) ^ key)));
    var chance = none;
    var sum = none;
    var count = 0.0;
    while (drawn >= sum && count < 64.0) {
      count += 1.0;
      chance *= mean / count;
      sum += chance;
    }
    total += count;
  }
  return total;
}

// What has arrived at a cell for this step, and makes the cell ready for another.
fn arrived(cell: u32, time: u32) -> f32 {
  let at = (time & (SLOTS - 1u)) * CELLS + cell;
  let units = atomicLoad(&arriving[at]);
  if (units != 0) { atomicStore(&arriving[at], 0); }
  return f32(units);
}

fn report(neuron: u32, time: u32) {
  if (atomicMin(&events[SICK_STEP], time) >= time) { atomicMin(&events[SICK_NEURON], neuron); }
}

#import FORMS

// The ring of a trace has its value after each of the last steps.
fn traceAt(rings: u32, size: u32, neuron: u32, time: u32) -> f32 {
  return state[rings + (time % TRACE_SLOTS) * size + neuron];
}

fn advanceTraces(p: Population, neuron: u32, time: u32, fires: bool) {
  for (var k = 0u; k < p.traceCount; k++) {
    let rings = p.traceRings + k * TRACE_SLOTS * p.size;
    let decay = numbers[p.traces + 2u * k];
    let jump = numbers[p.traces + 2u * k + 1u]; // 1 adds, 0 sets
    var value = traceAt(rings, p.size, neuron, time + TRACE_SLOTS - 1u) * decay;
    if (fires) { value = value * jump + 1.0; }
    state[rings + (time % TRACE_SLOTS) * p.size + neuron] = value;
  }
}

fn note(p: Population, neuron: u32, time: u32) {
  atomicAdd(&events[COUNTS + p.neurons + neuron], 1u);
  if (p.fired != NONE) {
    let list = FIRED + (time % FIRED_SLOTS) * FIRED_STRIDE + p.fired;
    atomicStore(&events[list + 1u + atomicAdd(&events[list], 1u)], neuron);
  }
  if (p.recorded != 0u) {
    let place = atomicAdd(&events[RECORDED], 1u);
    if (place < RECORD_ROOM) {
      atomicStore(&events[RECORD + 2u * place], time);
      atomicStore(&events[RECORD + 2u * place + 1u], p.neurons + neuron);
    }
  }
}

// A block of neurons of one population: each takes what has arrived and advances; then those that fire send their spikes.
fn advanceBlock(block: u32, lane: u32, time: u32) {
  let p = population(plan[PLAN_BLOCKS + 2u * block]);
  let neuron = plan[PLAN_BLOCKS + 2u * block + 1u] + lane;
  if (lane == 0u) { atomicStore(&freshCount, 0u); }
  workgroupBarrier();
  if (neuron < p.size) {
    let fires = advanceNeuron(p, neuron, time);
    advanceTraces(p, neuron, time, fires);
    if (fires) {
      fresh[atomicAdd(&freshCount, 1u)] = neuron;
      note(p, neuron, time);
    }
  }
  workgroupBarrier();
  if (lane == 0u) { freshTotal = atomicLoad(&freshCount); }
  let count = workgroupUniformLoad(&freshTotal);
  if (count == 0u) { return; }
  for (var k = 0u; k < p.outgoingCount; k++) {
    let o = projection(plan[PLAN_OUTGOING + p.outgoing + k]);
    for (var i = 0u; i < count; i++) {
      if (o.release == NONE) {
        send(o, fresh[i], lane, time, 1.0);
        continue;
      }
      let found = resources(o, fresh[i], time);
      send(o, fresh[i], lane, time, found.x * found.y);
      workgroupBarrier(); // all have read
      if (lane == 0u) { keepResources(o, fresh[i], time, found); }
    }
  }
}

// ---- plastic synapses

// Spikes that left `delay` steps ago arrive: each synapse's weight is delivered, then changes.
fn arriveAt(group: u32, groups: u32, lane: u32, time: u32) {
  if (group == 0u) { clearFired(lane, time); }
  if (group == 0u && lane == 0u) { modulate(time); }
  for (var k = 0u; k < PLASTIC; k++) {
    let o = projection(plan[PLAN_PLASTIC + k]);
    let p = population(o.pre);
    for (var d = 0u; d < o.delayCount; d++) {
      let delay = plan[o.delays + d];
      if (delay > time) { continue; }
      let list = FIRED + ((time - delay) % FIRED_SLOTS) * FIRED_STRIDE + p.fired;
      let count = atomicLoad(&events[list]);
      for (var i = group; i < count; i += groups) {
        let pre = atomicLoad(&events[list + 1u + i]);
        let starts = o.rows + pre * o.delayCount + d;
        let last = rows[starts + 1u];
        for (var s = rows[starts] + lane; s < last; s += WIDTH) {
          let post = synapses[o.synapses + s] & 0xffffffu;
          deliver(o, post, 0u, unitsOf(o, weights[o.weights + s]), time);
          onArrive(o, s, pre, post, delay, time);
        }
      }
    }
  }
}

// The lists of the next step start empty.
fn clearFired(lane: u32, time: u32) {
  for (var k = lane; k < POPULATIONS; k += WIDTH) {
    let fired = population(k).fired;
    if (fired != NONE) { atomicStore(&events[FIRED + ((time + 1u) % FIRED_SLOTS) * FIRED_STRIDE + fired], 0u); }
  }
}

// Neurons that fired in this step: every synapse onto them hears of it.
fn fireAt(group: u32, groups: u32, lane: u32, time: u32) {
  for (var k = 0u; k < PLASTIC; k++) {
    let o = projection(plan[PLAN_PLASTIC + k]);
    if (o.columns == NONE) { continue; }
    let list = FIRED + (time % FIRED_SLOTS) * FIRED_STRIDE + population(o.post).fired;
    let count = atomicLoad(&events[list]);
    for (var i = group; i < count; i += groups) {
      let post = atomicLoad(&events[list + 1u + i]);
      let last = rows[o.columns + post + 1u];
      for (var c = rows[o.columns + post] + lane; c < last; c += WIDTH) {
        let s = synapses[o.columnEntries + 2u * c];
        let pre = synapses[o.columnEntries + 2u * c + 1u];
        onFire(o, s, pre, post, synapses[o.synapses + s] >> 24u, time);
      }
    }
  }
}

// Every so often each synapse is visited, whatever its neurons do.
fn sweepAt(group: u32, groups: u32, lane: u32, time: u32) {
  for (var k = 0u; k < PLASTIC; k++) {
    let o = projection(plan[PLAN_PLASTIC + k]);
    if (o.every == 0u || (time + 1u) % o.every != 0u) { continue; }
    for (var s = group * WIDTH + lane; s < o.count; s += groups * WIDTH) { onSweep(o, s, state[DOPAMINE]); }
  }
}

// ---- what is watched

fn probeAt(lane: u32, turn: u32) {
  for (var k = lane; k < PROBES; k += WIDTH) {
    let at = plan[PLAN_PROBES + 2u * k + 1u];
    let value = select(state[at], weights[at], plan[PLAN_PROBES + 2u * k] == 1u);
    state[PROBED + turn * PROBES + k] = value;
  }
}
