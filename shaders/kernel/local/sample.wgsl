// One workgroup puts one sample of the dataset into the input population, and its label into the target. Each lane
// finds the sample for itself, so there are few of them: on software adapters the shuffle costs more than the copy.
#import lib/grid
#import POSITION
#import PIXEL

override SIZE: u32;

@group(0) @binding(1) var<storage, read> labels: array<u32>;
@group(0) @binding(2) var<storage, read_write> activity: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> label: array<u32>;

const LANES = 8u;

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = flatGroup(group);
  if (i >= BATCH) { return; }
  let chosen = samplePosition(i);
  let there = chosen != NO_SAMPLE;
  let quads = (SIZE + 3u) / 4u;
  for (var quad = lane; quad < quads; quad += LANES) {
    activity[i * quads + quad] = select(vec4f(0.0), fourPixels(select(0u, chosen, there), quad, quads), there);
  }
  if (lane == 0u) {
    label[i] = select(NO_SAMPLE, labels[select(0u, chosen, there)], there);
  }
}
