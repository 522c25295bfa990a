// What `project` and `adaptive-lif` do step by step for up to 256 neurons that hear each other, in one dispatch: a workgroup
// lives through a sample's span, and its neurons' last spikes are in workgroup memory. Sums are taken in the same order.
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
@group(0) @binding(1) var<storage, read> weight: array<vec4f>;             // [SIZE, SIZE]
@group(0) @binding(2) var<storage, read_write> membrane: array<vec4f>;     // [BATCH, SIZE]
@group(0) @binding(3) var<storage, read_write> adaptation: array<vec4f>;   // [BATCH, SIZE]
@group(0) @binding(4) var<storage, read_write> spikes: array<vec4f>;       // [ROWS, BATCH, SIZE]
@group(0) @binding(5) var<storage, read_write> slope: array<vec4f>;        // [ROWS, BATCH, SIZE]: ψ

var<workgroup> said: array<vec4f, 64>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let quads = (SIZE + 3u) / 4u;
  let sample = flatGroup(group);
  let works = lane < quads;
  let at = sample * quads + min(lane, quads - 1u);
  let total = BATCH * quads;
  let neuron = vec4u(lane * 4u) + vec4u(0u, 1u, 2u, 3u);
  let exists = neuron < vec4u(SIZE);
  let beta = select(vec4f(0.0), vec4f(ADAPTATION), neuron >= vec4u(REGULAR));
  var v = membrane[at];
  var a = adaptation[at];
  var z = vec4f();
  if (stepAt(0u) > 0u) { z = spikes[rowOf(stepAt(0u) - 1u) * total + at]; }
  for (var k = 0u; k < SPAN; k++) {
    if (works) { said[lane] = z; }
    workgroupBarrier();
    if (works) {
      var sum = drive[k * total + at];
      for (var i = 0u; i < quads; i++) {
        let s = said[i];
        if (any(s != vec4f(0.0))) {
          for (var c = 0u; c < 4u; c++) {
            if (s[c] != 0.0) { sum += s[c] * weight[(4u * i + c) * quads + lane]; }
          }
        }
      }
      v = MEMBRANE_KEEPS * v + sum - THRESHOLD * z;
      a = ADAPTATION_KEEPS * a + z;
      let x = v - THRESHOLD - beta * a;
      z = select(vec4f(0.0), vec4f(1.0), (x > vec4f(0.0)) & exists);
      let place = rowOf(stepAt(k)) * total + at;
      spikes[place] = z;
      slope[place] = select(vec4f(0.0), DAMPENING / THRESHOLD * max(vec4f(0.0), 1.0 - abs(x) / THRESHOLD), exists);
    }
    workgroupBarrier();
  }
  if (works) {
    membrane[at] = v;
    adaptation[at] = a;
  }
}
