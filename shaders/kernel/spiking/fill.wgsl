// The synapses of a projection, where the counts have made room for them: the projection is the turn's.
#import TABLE
#import spiking/connect
#import spiking/scatter
#import lib/grid

@group(0) @binding(0) var<storage, read> plan: array<u32>;
@group(0) @binding(1) var<storage, read> numbers: array<f32>;
@group(0) @binding(2) var<storage, read_write> counts: array<atomic<u32>>; // zero again: how many stand in each row so far
@group(0) @binding(3) var<storage, read> rows: array<u32>;
@group(0) @binding(4) var<storage, read_write> synapses: array<u32>;
@group(0) @binding(5) var<storage, read_write> weights: array<f32>;
@group(1) @binding(0) var<uniform> turnIndex: vec4u;

const NONE = 0xffffffffu;

fn place(o: Projection, at: u32, post: u32, ordinal: u32, rowKey: u32) {
  synapses[o.synapses + at] = post | (delayOf(o, ordinal, rowKey) << 24u);
  if (o.weights != NONE) { weights[o.weights + at] = weightOf(o, ordinal, rowKey); }
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let o = projection(plan[plan[1] + turnIndex.x]);
  let at = flatIndex(group, lane, 64u);
  if (isScattered(o)) {
    for (var k = firstDraw(o, at); k < lastDraw(o, at); k += strideOf(o)) {
      let pair = draw(o, at, k);
      let into = rows[o.rows + pair.pre * o.delayCount] + atomicAdd(&counts[o.rowCounts + pair.pre], 1u);
      place(o, into, pair.post, pair.ordinal, pair.key);
    }
    return;
  }
  if (at >= o.preSize) { return; }
  var next = rows[o.rows + at * o.delayCount];
  for (var chunk = 0u; chunk < o.chunks; chunk++) {
    var walk = begin(o, at, chunk);
    while (step(o, at, &walk)) {
      place(o, next, walk.post, walk.ordinal, walk.key);
      next++;
    }
  }
}
