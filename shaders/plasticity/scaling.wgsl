// van Rossum, Bi & Turrigiano 2000: a share of the weight, as large as the post neuron's rate is far from its goal, and as that has been
// for long.
fn scale(s: ptr<function, Synapse>, post: Post, p: Parameters) {
  let lacking = p.scalingGoal - p.scalingPerSpike * post.firing;
  s.owed += p.scalingInterval * lacking;
  s.weight += s.weight * (p.scalingBeta * lacking + p.scalingGamma * s.owed);
}
