// correlate with a change of the rule's own: g = −⟨change(w, pre, post, …)⟩ over the batch, handed straight to the
// optimiser, which descends. Four presynaptic × four postsynaptic neurons an invocation. The row after the last neuron is
// the bias, whose pre is 1. Sums start at zero and ascend over the batch.
#import lib/grid
#import OPTIMISER
#import EQUATION
#import ARGUMENTS

override BATCH: u32;
override IN: u32;
override IN4: u32;
override OUT: u32;
override OUT4: u32;
override BIAS: u32; // 0: the bias stays
override WHOLE: u32; // 1: a direction is kept for the bias as well, 0 where it stays

@group(0) @binding(0) var<storage, read> pre: array<vec4f>; // [BATCH, IN4]

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = flatIndex(group, lane, 64u);
  if (at >= (IN / 4u + 1u) * OUT4) { return; }
  let o = at % OUT4;
  let line = at / OUT4 * 4u;
  let neuron = vec4u(o * 4u) + vec4u(0u, 1u, 2u, 3u);
  let presynaptic = vec4u(line) + vec4u(0u, 1u, 2u, 3u);
  let w = Synapses(own(line, o), own(line + 1u, o), own(line + 2u, o), own(line + 3u, o));
  var sum = Synapses();
  for (var row = 0u; row < BATCH; row++) {
    let x = select(pre[row * IN4 + line / 4u], vec4f(1.0), presynaptic == vec4u(IN));
    let each = changes(row, line, o, neuron, x, w);
    sum = Synapses(sum.a + each.a, sum.b + each.b, sum.c + each.c, sum.d + each.d);
  }
  prepare();
  settle(line, o, neuron, sum.a);
  settle(line + 1u, o, neuron, sum.b);
  settle(line + 2u, o, neuron, sum.c);
  settle(line + 3u, o, neuron, sum.d);
}

// Four lines of four synapses.
struct Synapses { a: vec4f, b: vec4f, c: vec4f, d: vec4f }

fn own(line: u32, o: u32) -> vec4f {
  return weightAt(min(line, IN) * OUT4 + o);
}

fn settle(line: u32, o: u32, neuron: vec4u, sum: vec4f) {
  let learns = line < IN + BIAS;
  if (!learns && (line > IN || WHOLE == 0u)) { return; }
  learn(line * OUT4 + o, select(vec4f(), -sum / f32(BATCH), vec4<bool>(learns) & (neuron < vec4u(OUT))));
}
