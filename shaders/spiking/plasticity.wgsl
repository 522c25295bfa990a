// One step of plastic synapses: what fired earlier arrives, what fires now is heard of, and all are visited now and then.
#import spiking/deliver
#import spiking/trace
#import spiking/dopamine
#import RULES

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
    let p = population(k);
    if (p.fired == NONE) { continue; }
    for (var c = 0u; c <= p.conditions; c++) {
      atomicStore(&events[FIRED + ((time + 1u) % FIRED_SLOTS) * FIRED_STRIDE + p.fired + c * (1u + p.size)], 0u);
    }
  }
}

// Neurons that fired in this step, or met a rule's condition: every synapse onto them hears of it.
fn fireAt(group: u32, groups: u32, lane: u32, time: u32) {
  for (var k = 0u; k < PLASTIC; k++) {
    let o = projection(plan[PLAN_PLASTIC + k]);
    if (o.columns == NONE) { continue; }
    let list = FIRED + (time % FIRED_SLOTS) * FIRED_STRIDE + o.heard;
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
    for (var s = group * WIDTH + lane; s < o.count; s += groups * WIDTH) {
      onSweep(o, s, synapses[o.synapses + s] & 0xffffffu, time, state[DOPAMINE]);
    }
  }
}
