// A drive in units of its radius, over the temperature of the softmax that it goes into: the colder, the sharper.
fn next(drive: vec4f, radius: f32, temperature: f32) -> vec4f {
  return drive / (radius * temperature);
}
