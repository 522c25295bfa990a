// Leaky integrate-and-fire with two exponential currents, integrated exactly (Rotter & Diesmann 1999); v is measured
// from rest. `byExcitatory` and `byInhibitory` are what one unit of a current moves the membrane by in this step.
fn advance(n: ptr<function, Neuron>, p: Parameters, x: Arriving, now: Now) -> bool {
  let excitatory = n.excitatory + x.excitatory;
  let inhibitory = n.inhibitory + x.inhibitory;
  n.excitatory = excitatory * p.decayExcitatory;
  n.inhibitory = inhibitory * p.decayInhibitory;
  if (n.hold > 0.0) {
    n.hold -= 1.0;
    return false;
  }
  n.v += p.approach * (p.current - n.v) + p.byExcitatory * excitatory + p.byInhibitory * inhibitory;
  if (n.v < p.threshold) {
    return false;
  }
  n.v = p.reset;
  n.hold = p.refractory;
  return true;
}
