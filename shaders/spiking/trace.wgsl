// The ring of a trace has its value after each of the last steps.
fn traceAt(rings: u32, size: u32, neuron: u32, time: u32) -> f32 {
  return state[rings + (time % TRACE_SLOTS) * size + neuron];
}
