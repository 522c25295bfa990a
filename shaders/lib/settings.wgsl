// The numbers of one group of synapses, and the clock that its rate may fall by. The host reads the names from here.
struct Settings {
  rate: f32,
  decay: f32,
  momentum: f32,
  variance: f32,
  epsilon: f32,
  horizon: f32,
}

@group(0) @binding(6) var<uniform> clock: vec4u;
@group(0) @binding(7) var<uniform> settings: Settings;

// The rate at this step: falling in a straight line to zero at `horizon` steps, where that is above zero.
fn rateNow() -> f32 {
  let left = select(1.0, 1.0 - f32(clock.x) / max(settings.horizon, 1.0), settings.horizon > 0.0);
  return settings.rate * max(0.0, left);
}
