// Morrison, Aertsen & Diesmann 2007, eq. 2: potentiation by a power of the weight, depression in proportion to it.
fn arrive(s: ptr<function, Synapse>, pre: Pre, post: Post, p: Parameters) {
  s.weight -= p.depression * s.weight * post.y;
}

fn fire(s: ptr<function, Synapse>, pre: Pre, post: Post, p: Parameters) {
  let relative = s.weight * p.perReference;
  // A synapse of weight 0 stays silent, unless μ is 0: WGSL's pow knows no 0⁰.
  let power = select(select(0.0, 1.0, p.mu == 0.0), pow(relative, p.mu), relative > 0.0);
  s.weight += p.potentiation * power * pre.x;
}
