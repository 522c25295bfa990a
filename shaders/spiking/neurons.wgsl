// One step of the neurons: what has arrived is taken, the model advances, and spikes set off.
#import spiking/deliver
#import spiking/trace

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

#import MODELS

fn note(p: Population, neuron: u32, time: u32) {
  atomicAdd(&events[COUNTS + p.neurons + neuron], 1u);
  if (LISTS && p.fired != NONE) { join(p.fired, neuron, time); }
  if (p.recorded != 0u) {
    let place = atomicAdd(&events[RECORDED], 1u);
    if (place < RECORD_ROOM) {
      atomicStore(&events[RECORD + 2u * place], time);
      atomicStore(&events[RECORD + 2u * place + 1u], p.neurons + neuron);
    }
  }
}

// Each neuron takes what has arrived and advances; then those that fire send their spikes.
fn advanceBlock(p: Population, neuron: u32, time: u32, lane: Lane) {
  var fires = false;
  if (neuron < p.size) {
    fires = advanceNeuron(p, neuron, time);
    if (TRACES) { advanceTraces(p, neuron, time, fires); }
    if (fires) { note(p, neuron, time); }
  }
  sendFresh(p, neuron, fires, time, lane);
}
