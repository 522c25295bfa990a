// Clopath et al. 2010: spikes that find the post neuron depolarised depress, and its high voltage potentiates those that came before.
fn arrive(s: ptr<function, Synapse>, pre: Pre, post: Post, p: Parameters) {
  s.weight -= p.depression * max(post.low - p.thetaMinus, 0.0);
}

fn fire(s: ptr<function, Synapse>, pre: Pre, post: Post, p: Parameters) {
  let gain = select(p.gain, p.gainInSpike, post.u == p.peak); // a spike stands for all its width
  s.weight += gain * pre.x * (post.u - p.thetaPlus) * max(post.high - p.thetaMinus, 0.0);
}
