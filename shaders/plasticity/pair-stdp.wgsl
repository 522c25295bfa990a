// Pairs of spikes, additive: the pre neuron's spike meets the trace of earlier post spikes, and the other way round.
fn arrive(s: ptr<function, Synapse>, pre: Pre, post: Post, p: Parameters) {
  s.weight -= p.depression * post.y;
}

fn fire(s: ptr<function, Synapse>, pre: Pre, post: Post, p: Parameters) {
  s.weight += p.potentiation * pre.x;
}
