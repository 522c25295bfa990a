// A neuron's share of E = ½ Σ u² − Σ W u u − Σ b u: every synapse counts at its post neuron, through the drive.
fn term(value: vec4f, drive: vec4f) -> vec4f {
  return value * (0.5 * value - drive);
}
