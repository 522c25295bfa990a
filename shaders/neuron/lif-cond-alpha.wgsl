// Leaky integrate-and-fire with two alpha-function conductances: exponential Euler with each conductance at its mean over
// the step. v is measured from rest; leak, drive and conductances are multiplied by dt / C.
fn advance(n: ptr<function, Neuron>, p: Parameters, x: Arriving, now: Now) -> bool {
  let excitatory = n.excitatory;
  let inhibitory = n.inhibitory;
  let excitatoryRise = n.excitatoryRise + p.jumpExcitatory * x.excitatory;
  let inhibitoryRise = n.inhibitoryRise + p.jumpInhibitory * x.inhibitory;
  n.excitatory = p.decayExcitatory * (excitatory + p.dt * excitatoryRise);
  n.inhibitory = p.decayInhibitory * (inhibitory + p.dt * inhibitoryRise);
  n.excitatoryRise = p.decayExcitatory * excitatoryRise;
  n.inhibitoryRise = p.decayInhibitory * inhibitoryRise;
  if (n.hold > 0.0) {
    n.hold -= 1.0;
    return false;
  }
  let e = p.byExcitatory * excitatory + p.byExcitatoryRise * excitatoryRise;
  let i = p.byInhibitory * inhibitory + p.byInhibitoryRise * inhibitoryRise;
  let slope = e * (p.reversalExcitatory - n.v) + i * (p.reversalInhibitory - n.v) - p.leak * n.v + p.drive;
  n.v += phi(-(p.leak + e + i)) * slope;
  if (n.v < p.threshold) {
    return false;
  }
  n.v = p.reset;
  n.hold = p.refractory;
  return true;
}
