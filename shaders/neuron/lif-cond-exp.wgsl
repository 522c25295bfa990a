// Leaky integrate-and-fire with two exponential conductances: exponential Euler with each conductance at its mean over the
// step. v is measured from rest; leak, drive and conductances are multiplied by dt / C.
fn advance(n: ptr<function, Neuron>, p: Parameters, x: Arriving, now: Now) -> bool {
  let excitatory = n.excitatory + x.excitatory;
  let inhibitory = n.inhibitory + x.inhibitory;
  n.excitatory = excitatory * p.decayExcitatory;
  n.inhibitory = inhibitory * p.decayInhibitory;
  if (n.hold > 0.0) {
    n.hold -= 1.0;
    return false;
  }
  let e = p.byExcitatory * excitatory;
  let i = p.byInhibitory * inhibitory;
  let slope = e * (p.reversalExcitatory - n.v) + i * (p.reversalInhibitory - n.v) - p.leak * n.v + p.drive;
  n.v += phi(-(p.leak + e + i)) * slope;
  if (n.v < p.threshold) {
    return false;
  }
  n.v = p.reset;
  n.hold = p.refractory;
  return true;
}
