// Each row of a projection in ascending order of delay, post neuron and weight, so that it doesn't tell in which order it was
// filled: a heap sort by one invocation (Williams 1964), since it is done once.
#import TABLE
#import lib/grid

@group(0) @binding(0) var<storage, read> plan: array<u32>;
@group(0) @binding(3) var<storage, read> rows: array<u32>;
@group(0) @binding(4) var<storage, read_write> synapses: array<u32>;
@group(0) @binding(5) var<storage, read_write> weights: array<f32>;
@group(1) @binding(0) var<uniform> turnIndex: vec4u;

const NONE = 0xffffffffu;

fn isLess(o: Projection, a: u32, b: u32) -> bool {
  let first = synapses[o.synapses + a];
  let second = synapses[o.synapses + b];
  if (first != second || o.weights == NONE) { return first < second; }
  return weights[o.weights + a] < weights[o.weights + b];
}

fn swap(o: Projection, a: u32, b: u32) {
  let word = synapses[o.synapses + a];
  synapses[o.synapses + a] = synapses[o.synapses + b];
  synapses[o.synapses + b] = word;
  if (o.weights == NONE) { return; }
  let weight = weights[o.weights + a];
  weights[o.weights + a] = weights[o.weights + b];
  weights[o.weights + b] = weight;
}

fn sink(o: Projection, first: u32, root: u32, count: u32) {
  var at = root;
  loop {
    var child = 2u * at + 1u;
    if (child >= count) { return; }
    if (child + 1u < count && isLess(o, first + child, first + child + 1u)) { child++; }
    if (!isLess(o, first + at, first + child)) { return; }
    swap(o, first + at, first + child);
    at = child;
  }
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let o = projection(plan[plan[2] + turnIndex.x]);
  let row = flatIndex(group, lane, 64u);
  if (row >= o.preSize) { return; }
  let first = rows[o.rows + row * o.delayCount];
  let count = rows[o.rows + (row + 1u) * o.delayCount] - first;
  for (var k = count / 2u; k > 0u; k--) { sink(o, first, k - 1u, count); }
  for (var left = count; left > 1u; left--) {
    swap(o, first, first + left - 1u);
    sink(o, first, 0u, left - 1u);
  }
}
