// Diehl & Cook 2015: exponential conductances relative to the leak, each at its mean over the step (exponential Euler); a
// threshold raised by θ; a membrane held after a spike, and a bar on the next spike that lasts longer. v is from rest.
fn advance(n: ptr<function, Neuron>, p: Parameters, x: Arriving, now: Now) -> bool {
  let excitatory = n.excitatory + x.excitatory;
  let inhibitory = n.inhibitory + x.inhibitory;
  n.excitatory = excitatory * p.decayExcitatory;
  n.inhibitory = inhibitory * p.decayInhibitory;
  if ((now.step + 1u) % u32(p.every) == 0u) {
    n.theta -= p.forget * n.theta;
  }
  let free = n.barred <= 0.0;
  n.barred = max(n.barred - 1.0, 0.0);
  if (n.hold > 0.0) {
    n.hold -= 1.0;
    return false;
  }
  let e = p.byExcitatory * excitatory;
  let i = p.byInhibitory * inhibitory;
  let slope = e * (p.reversalExcitatory - n.v) + i * (p.reversalInhibitory - n.v) - p.leak * n.v;
  n.v += phi(-(p.leak + e + i)) * slope;
  if (!free || n.v < p.threshold + n.theta) {
    return false;
  }
  n.v = p.reset;
  n.hold = p.refractory;
  n.barred = p.bar;
  n.theta += p.thetaPlus;
  return true;
}
