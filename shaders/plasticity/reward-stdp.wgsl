// Izhikevich 2007, Florian 2007: pairs of spikes change the eligibility; the weight follows it by as much as there is dopamine.
fn arrive(s: ptr<function, Synapse>, pre: Pre, post: Post, p: Parameters) {
  s.eligibility -= p.depression * post.y;
}

fn fire(s: ptr<function, Synapse>, pre: Pre, post: Post, p: Parameters) {
  s.eligibility += p.potentiation * pre.x;
}

fn sweep(s: ptr<function, Synapse>, p: Parameters, dopamine: f32) {
  s.weight += p.rate * (p.baseline + dopamine) * s.eligibility;
  s.eligibility *= p.keep;
}
