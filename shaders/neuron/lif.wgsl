// Leaky integrate-and-fire, delta synapses: τ dv/dt = −v + current, integrated exactly; v is measured from rest.
// What arrives while the membrane is held is lost.
fn advance(n: ptr<function, Neuron>, p: Parameters, x: Arriving, now: Now) -> bool {
  if (n.hold > 0.0) {
    n.hold -= 1.0;
    return false;
  }
  let v = n.v + x.input;
  n.v = v + p.approach * (p.current - v);
  if (n.v < p.threshold) {
    return false;
  }
  n.v = p.reset;
  n.hold = p.refractory;
  return true;
}
