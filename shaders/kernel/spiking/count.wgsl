// How many synapses each row of a projection will have, and how many each post neuron: the projection is the turn's.
#import TABLE
#import spiking/connect
#import spiking/scatter
#import lib/grid

@group(0) @binding(0) var<storage, read> plan: array<u32>;
@group(0) @binding(1) var<storage, read> numbers: array<f32>;
@group(0) @binding(2) var<storage, read_write> counts: array<atomic<u32>>;
@group(1) @binding(0) var<uniform> turnIndex: vec4u;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let o = projection(plan[plan[0] + turnIndex.x]);
  let at = flatIndex(group, lane, 64u);
  if (isScattered(o)) {
    for (var k = firstDraw(o, at); k < lastDraw(o, at); k += strideOf(o)) {
      let pair = draw(o, at, k);
      atomicAdd(&counts[o.rowCounts + pair.pre], 1u);
      atomicAdd(&counts[o.fanIn + pair.post], 1u);
    }
    return;
  }
  if (at >= o.preSize) { return; }
  var count = 0u;
  for (var chunk = 0u; chunk < o.chunks; chunk++) {
    var walk = begin(o, at, chunk);
    while (step(o, at, &walk)) {
      atomicAdd(&counts[o.fanIn + walk.post], 1u);
      count++;
    }
  }
  atomicStore(&counts[o.rowCounts + at], count);
}
