// Eligibility traces of LIF and adaptive LIF neurons and what a learning signal makes of them (Bellec et al. 2020, eq. 22–28).
// With x̄ the trace of the pre neuron's spikes and ψ the post neuron's pseudo-derivative, every synapse of every sample has
//   ε ← ψ' x̄' + (ρ − β ψ') ε (primes: the step before),   e = ψ (x̄ − β ε),   ē ← κ ē + e,   g ← g + L ē.
// Four pre × four post neurons of a sample an invocation; all that a step needs is of that step and the one before.
#import lib/grid
#import lib/time

override BATCH: u32;
override IN: u32;
override OUT: u32;
override REGULAR: u32;
override ADAPTATION_KEEPS: f32; // ρ
override ADAPTATION: f32;       // β of those that adapt
override KEEPS: f32;            // κ
override SILENT: u32;           // steps before the outputs answer: there is no signal yet

@group(0) @binding(0) var<storage, read> pre: array<vec4f>;                // [ROWS, BATCH, IN]: x̄
@group(0) @binding(1) var<storage, read> slope: array<vec4f>;              // [ROWS, BATCH, OUT]: ψ
@group(0) @binding(2) var<storage, read> signal: array<vec4f>;             // [ROWS, BATCH, OUT]: L
@group(0) @binding(3) var<storage, read_write> adapting: array<vec4f>;     // [BATCH, IN, OUT]: ε of the next step
@group(0) @binding(4) var<storage, read_write> eligible: array<vec4f>;     // [BATCH, IN, OUT]: ē
@group(0) @binding(5) var<storage, read_write> gradient: array<vec4f>;     // [BATCH, IN, OUT]: g

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = flatIndex(group, lane, 64u);
  let ins = (IN + 3u) / 4u;
  let outs = (OUT + 3u) / 4u;
  if (at >= BATCH * ins * outs) { return; }
  let o = at % outs;
  let i = at / outs % ins;
  let sample = at / outs / ins;
  let beta = select(vec4f(0.0), vec4f(ADAPTATION), vec4u(o * 4u) + vec4u(0u, 1u, 2u, 3u) >= vec4u(REGULAR));
  let first = (sample * IN + 4u * i) * outs + o;
  let last = IN - 1u - 4u * i;
  let second = first + min(1u, last) * outs; // lines beyond the last neuron are worked on and thrown away
  let third = first + min(2u, last) * outs;
  let fourth = first + min(3u, last) * outs;
  var a = Lines(adapting[first], adapting[second], adapting[third], adapting[fourth]);
  var e = Lines(eligible[first], eligible[second], eligible[third], eligible[fourth]);
  var g = Lines(gradient[first], gradient[second], gradient[third], gradient[fourth]);
  for (var k = 0u; k < SPAN; k++) {
    let row = rowOf(stepAt(k)) * BATCH + sample;
    let x = pre[row * ins + i];
    let p = slope[row * outs + o];
    e.a = KEEPS * e.a + p * (x.x - beta * a.a);
    e.b = KEEPS * e.b + p * (x.y - beta * a.b);
    e.c = KEEPS * e.c + p * (x.z - beta * a.c);
    e.d = KEEPS * e.d + p * (x.w - beta * a.d);
    if (stepAt(k) >= SILENT) {
      let l = signal[row * outs + o];
      g.a += l * e.a;
      g.b += l * e.b;
      g.c += l * e.c;
      g.d += l * e.d;
    }
    let stays = ADAPTATION_KEEPS - beta * p;
    a.a = p * x.x + stays * a.a;
    a.b = p * x.y + stays * a.b;
    a.c = p * x.z + stays * a.c;
    a.d = p * x.w + stays * a.d;
  }
  keep(first, a.a, e.a, g.a);
  if (last > 0u) { keep(second, a.b, e.b, g.b); }
  if (last > 1u) { keep(third, a.c, e.c, g.c); }
  if (last > 2u) { keep(fourth, a.d, e.d, g.d); }
}

// Four lines of four synapses, a line for each pre neuron.
struct Lines { a: vec4f, b: vec4f, c: vec4f, d: vec4f }

fn keep(at: u32, a: vec4f, e: vec4f, g: vec4f) {
  adapting[at] = a;
  eligible[at] = e;
  gradient[at] = g;
}
