// LIF neurons, of which those from REGULAR on adapt: each spike raises a threshold that falls back slowly (Bellec et al. 2020,
// eq. 6–10):   v ← α v + drive − θ z,   a ← ρ a + z,   z = Θ(v − θ − β a),
// and the pseudo-derivative ψ = γ / θ · max(0, 1 − |v − θ − β a| / θ).
#import lib/grid
#import lib/time

override BATCH: u32;
override SIZE: u32;
override REGULAR: u32;
override MEMBRANE_KEEPS: f32;   // α
override ADAPTATION_KEEPS: f32; // ρ
override THRESHOLD: f32;        // θ
override ADAPTATION: f32;       // β of those that adapt
override DAMPENING: f32;        // γ

@group(0) @binding(0) var<storage, read> drive: array<vec4f>;              // [SPAN, BATCH, SIZE]
@group(0) @binding(1) var<storage, read_write> membrane: array<vec4f>;     // [BATCH, SIZE]
@group(0) @binding(2) var<storage, read_write> adaptation: array<vec4f>;   // [BATCH, SIZE]
@group(0) @binding(3) var<storage, read_write> spikes: array<vec4f>;       // [ROWS, BATCH, SIZE]
@group(0) @binding(4) var<storage, read_write> slope: array<vec4f>;        // [ROWS, BATCH, SIZE]: ψ

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = flatIndex(group, lane, 64u);
  let quads = (SIZE + 3u) / 4u;
  let total = BATCH * quads;
  if (at >= total) { return; }
  let neuron = vec4u(at % quads * 4u) + vec4u(0u, 1u, 2u, 3u);
  let exists = neuron < vec4u(SIZE);
  let beta = select(vec4f(0.0), vec4f(ADAPTATION), neuron >= vec4u(REGULAR));
  var v = membrane[at];
  var a = adaptation[at];
  for (var k = 0u; k < SPAN; k++) {
    let t = stepAt(k);
    var z = vec4f();
    if (t > 0u) { z = spikes[rowOf(t - 1u) * total + at]; }
    v = MEMBRANE_KEEPS * v + drive[k * total + at] - THRESHOLD * z;
    a = ADAPTATION_KEEPS * a + z;
    let x = v - THRESHOLD - beta * a;
    let place = rowOf(t) * total + at;
    spikes[place] = select(vec4f(0.0), vec4f(1.0), (x > vec4f(0.0)) & exists);
    slope[place] = select(vec4f(0.0), DAMPENING / THRESHOLD * max(vec4f(0.0), 1.0 - abs(x) / THRESHOLD), exists);
  }
  membrane[at] = v;
  adaptation[at] = a;
}
