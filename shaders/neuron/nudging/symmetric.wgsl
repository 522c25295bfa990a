// The first copy is nudged by −β, the second by β (Laborieux et al. 2021).
fn next(sample: u32, beta: f32) -> vec4f {
  return vec4f(select(-beta, beta, (sample & 1u) == 1u));
}
