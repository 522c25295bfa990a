// Brette & Gerstner 2005: half a step of w, an exponential Rosenbrock-Euler step of v (Hochbruck & Ostermann
// 2010), half a step of w. v is measured from rest; leak, drive and conductances are multiplied by dt / C.
fn adapted(w: f32, v: f32, p: Parameters) -> f32 {
  return w + p.halfFollow * (p.a * v - w);
}

fn advance(n: ptr<function, Neuron>, p: Parameters, x: Arriving, now: Now) -> bool {
  let excitatory = n.excitatory + x.excitatory;
  let inhibitory = n.inhibitory + x.inhibitory;
  n.excitatory = excitatory * p.decayExcitatory;
  n.inhibitory = inhibitory * p.decayInhibitory;
  n.w = adapted(n.w, n.v, p);
  if (n.hold > 0.0) {
    n.hold -= 1.0;
    n.w = adapted(n.w, n.v, p);
    return false;
  }
  let e = p.byExcitatory * excitatory;
  let i = p.byInhibitory * inhibitory;
  // The two bounds only keep an upswing that is over the peak in this step anyhow within f32.
  let upswing = p.leak * exp(min((n.v - p.soft) / p.sharpness, 40.0));
  let slope = e * (p.reversalExcitatory - n.v) + i * (p.reversalInhibitory - n.v)
    + p.sharpness * upswing - p.leak * n.v - p.perCurrent * n.w + p.drive;
  n.v = min(n.v + phi(min(upswing - p.leak - e - i, 30.0)) * slope, p.peak);
  n.w = adapted(n.w, n.v, p);
  if (n.v < p.peak) {
    return false;
  }
  n.v = p.reset;
  n.w += p.b;
  n.hold = p.refractory;
  return true;
}
