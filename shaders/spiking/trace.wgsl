// What neurons remember for plastic synapses. The ring of a trace has its value after each of the last steps.
const DECAY = 0u;     // the numbers of a trace (src/net/spiking/trace.ts)
const KIND = 1u;      // a spike sets it to 1 (0) or adds 1 (1); it follows a variable (2), which a spike replaces (3)
const VARIABLE = 2u;
const FROM = 3u;      // what the variable is measured from
const PEAK = 4u;      // what it counts as while a spike lasts, and what is left of a filter's value then
const THROUGH = 5u;
const ABOVE = 6u;     // the neuron joins a list in the steps that leave the trace above this
const LIST = 7u;

fn traceAt(rings: u32, size: u32, neuron: u32, time: u32) -> f32 {
  return state[rings + (time % TRACE_SLOTS) * size + neuron];
}

fn advanceTraces(p: Population, neuron: u32, time: u32, fires: bool) {
  for (var k = 0u; k < p.traceCount; k++) {
    let at = p.traces + TRACE_NUMBERS * k;
    let rings = p.traceRings + k * TRACE_SLOTS * p.size;
    let kind = numbers[at + KIND];
    let before = traceAt(rings, p.size, neuron, time + TRACE_SLOTS - 1u);
    var value = before * numbers[at + DECAY];
    if (FOLLOWS && kind > 1.5) {
      let now = state[p.state + u32(numbers[at + VARIABLE]) * p.size + neuron] + numbers[at + FROM];
      value = now + (before - now) * numbers[at + DECAY];
      if (fires && kind > 2.5) { value = numbers[at + PEAK] + (before - numbers[at + PEAK]) * numbers[at + THROUGH]; }
    } else if (fires) {
      value = value * kind + 1.0;
    }
    state[rings + (time % TRACE_SLOTS) * p.size + neuron] = value;
    if (CONDITIONS && numbers[at + LIST] > 0.0 && value > numbers[at + ABOVE]) {
      join(p.fired + u32(numbers[at + LIST]) * (1u + p.size), neuron, time);
    }
  }
}

// A neuron joins one of its population's lists of this step.
fn join(at: u32, neuron: u32, time: u32) {
  let list = FIRED + (time % FIRED_SLOTS) * FIRED_STRIDE + at;
  atomicStore(&events[list + 1u + atomicAdd(&events[list], 1u)], neuron);
}
