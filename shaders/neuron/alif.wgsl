// Bellec et al. 2020: a spike takes the threshold off the membrane, and raises it, in the step that follows it.
fn advance(n: ptr<function, Neuron>, p: Parameters, x: Arriving, now: Now) -> bool {
  n.v += p.approach * (p.current - n.v) + x.input - n.fired * p.threshold;
  n.adaptation += n.fired - p.forget * n.adaptation;
  let free = n.hold <= 0.0;
  let fires = free && n.v >= p.threshold + p.beta * n.adaptation;
  n.hold = select(max(n.hold - 1.0, 0.0), p.refractory, fires);
  n.fired = select(0.0, 1.0, fires);
  return fires;
}
