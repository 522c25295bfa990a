// The chosen arm's value moves towards what it paid: by dopamine, the prediction error (Sutton & Barto 2018, eq. 2.5).
fn next(value: vec4f, choice: vec4f, dopamine: f32, rate: f32) -> vec4f {
  return value + rate * dopamine * choice;
}
