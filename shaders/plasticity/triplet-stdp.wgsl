// Pfister & Gerstner 2006, eqs 3 and 4: pairs, and triplets through a second, slower trace of the spiking neuron itself.
fn arrive(s: ptr<function, Synapse>, pre: Pre, post: Post, p: Parameters) {
  s.weight -= post.o1 * (p.pairDepression + p.tripletDepression * pre.r2);
}

fn fire(s: ptr<function, Synapse>, pre: Pre, post: Post, p: Parameters) {
  s.weight += pre.r1 * (p.pairPotentiation + p.tripletPotentiation * post.o2);
}
