// Mishra et al. 2016, Vogels et al. 2011: pairs of spikes change the weight in the same direction on both sides.
fn arrive(s: ptr<function, Synapse>, pre: Pre, post: Post, p: Parameters) {
  s.weight += p.postFirst * post.y - p.offset;
}

fn fire(s: ptr<function, Synapse>, pre: Pre, post: Post, p: Parameters) {
  s.weight += p.preFirst * pre.x;
}
