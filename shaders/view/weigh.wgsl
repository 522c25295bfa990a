// Weigh: how many of a run of weights fall into each bin, those beyond the ends into the outermost. Each workgroup counts by itself
// first, as all weights may be much alike.
struct Weighed {
  at: u32,    // the run
  count: u32,
  low: f32,   // where the first bin begins, and bins to a unit of weight
  perUnit: f32,
}

@group(0) @binding(0) var<storage, read> weights: array<f32>;
@group(0) @binding(1) var<storage, read_write> bins: array<atomic<u32>>;
@group(0) @binding(2) var<uniform> weighed: Weighed;

var<workgroup> own: array<atomic<u32>, BINS>;

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3u,
  @builtin(local_invocation_index) lane: u32,
  @builtin(num_workgroups) groups: vec3u,
) {
  for (var k = lane; k < BINS; k += 64u) { atomicStore(&own[k], 0u); }
  workgroupBarrier();
  for (var k = id.x; k < weighed.count; k += 64u * groups.x) {
    let bin = floor((weights[weighed.at + k] - weighed.low) * weighed.perUnit);
    atomicAdd(&own[u32(clamp(bin, 0.0, f32(BINS - 1u)))], 1u);
  }
  workgroupBarrier();
  for (var k = lane; k < BINS; k += 64u) {
    let count = atomicLoad(&own[k]);
    if (count > 0u) { atomicAdd(&bins[k], count); }
  }
}
