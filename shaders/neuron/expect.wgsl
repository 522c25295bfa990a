// A running mean: what is expected moves by a share towards what came.
fn next(expectation: vec4f, came: vec4f, memory: f32) -> vec4f {
  return expectation + (came - expectation) / memory;
}
