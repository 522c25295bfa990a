// Izhikevich's neuron: two half-steps for v, one for u, then the cut; v is measured from the reset voltage c, and the
// quadratic is expanded about it.
fn slope(v: f32, drive: f32, p: Parameters) -> f32 {
  return (0.04 * v + p.linear) * v + drive;
}

fn advance(n: ptr<function, Neuron>, p: Parameters, x: Arriving, now: Now) -> bool {
  let drive = p.constant + x.input + p.noise * (random(now, 0u) - 0.5) - n.u;
  var v = n.v;
  v += p.half * slope(v, drive, p);
  v += p.half * slope(v, drive, p);
  n.u += p.follow * (p.b * v + p.offset - n.u);
  let fires = v >= p.peak;
  n.v = select(v, 0.0, fires);
  n.u += select(0.0, p.jump, fires);
  return fires;
}
