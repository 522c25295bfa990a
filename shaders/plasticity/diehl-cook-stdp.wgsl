// Diehl & Cook 2015: nearest pairs depress; nearest triplets (post, pre, post) potentiate.
fn arrive(s: ptr<function, Synapse>, pre: Pre, post: Post, p: Parameters) {
  s.weight -= p.depression * post.y1;
}

fn fire(s: ptr<function, Synapse>, pre: Pre, post: Post, p: Parameters) {
  s.weight += p.potentiation * pre.x * post.y2;
}
