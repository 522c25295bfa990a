// A spike as a word: its time step above, the neuron or sample that it belongs to below. Lists of them are sorted by time
// and end with NO_EVENT, unless they are full.
const NO_EVENT = 0xffffffffu;

fn eventOf(t: u32, item: u32) -> u32 {
  return (t << 16u) | item;
}

fn timeOf(event: u32) -> u32 {
  return event >> 16u;
}

fn itemOf(event: u32) -> u32 {
  return event & 0xffffu;
}
