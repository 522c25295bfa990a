// Leaky integrate-and-fire with two alpha-function currents, integrated exactly (Rotter & Diesmann 1999); v is measured
// from rest. An alpha function solves di/dt = −i/τₛ + rise, d rise/dt = −rise/τₛ.
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
  n.v += p.approach * (p.current - n.v)
    + p.byExcitatory * excitatory + p.byExcitatoryRise * excitatoryRise
    + p.byInhibitory * inhibitory + p.byInhibitoryRise * inhibitoryRise;
  if (n.v < p.threshold) {
    return false;
  }
  n.v = p.reset;
  n.hold = p.refractory;
  return true;
}
