// Of the coincidences of the neurons of a layer, row by row, each neuron (column) keeps those with itself and the ones before it.
fn next(value: vec4f, neuron: vec4u, sample: u32) -> vec4f {
  return select(vec4f(), value, vec4u(sample) <= neuron);
}
