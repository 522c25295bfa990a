// Gütig et al. 2003: pairs of spikes, each step times a power of the weight's distance from the bound that it moves to.
fn place(weight: f32, p: Parameters) -> f32 {
  return clamp((weight - p.least) * p.perRange, 0.0, 1.0);
}

// WGSL's pow goes through logarithms: it knows no 0⁰, and rounds x¹.
fn power(x: f32, mu: f32) -> f32 {
  if (mu == 0.0) { return 1.0; }
  if (mu == 1.0) { return x; }
  return select(0.0, pow(x, mu), x > 0.0);
}

fn arrive(s: ptr<function, Synapse>, pre: Pre, post: Post, p: Parameters) {
  s.weight -= p.depression * power(place(s.weight, p), p.muMinus) * post.y;
}

fn fire(s: ptr<function, Synapse>, pre: Pre, post: Post, p: Parameters) {
  s.weight += p.potentiation * power(1.0 - place(s.weight, p), p.muPlus) * pre.x;
}
