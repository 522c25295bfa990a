// Fires with probability whole + part · 2^-24. Random numbers are multiples of 2^-24, and `whole` is one: they lie below it
// that often, and where one equals it a second number decides.
fn advance(n: ptr<function, Neuron>, p: Parameters, x: Arriving, now: Now) -> bool {
  let drawn = random(now, 0u);
  return drawn < p.whole || (drawn == p.whole && random(now, 1u) < p.part);
}
