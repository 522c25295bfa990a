// Leaky integrate-and-fire with instantaneous conductances (Richardson & Gerstner 2005): the membrane goes the share
// 1 − exp(−w) of its way to the reversal potential, then leaks for a step. Exact; v is measured from rest.
fn advance(n: ptr<function, Neuron>, p: Parameters, x: Arriving, now: Now) -> bool {
  if (n.hold > 0.0) {
    n.hold -= 1.0;
    return false;
  }
  let pull = x.excitatory * (p.reversalExcitatory - n.v) + x.inhibitory * (p.reversalInhibitory - n.v);
  let v = n.v + phi(-(x.excitatory + x.inhibitory)) * pull;
  n.v = v + p.approach * (p.current - v);
  if (n.v < p.threshold) {
    return false;
  }
  n.v = p.reset;
  n.hold = p.refractory;
  return true;
}
