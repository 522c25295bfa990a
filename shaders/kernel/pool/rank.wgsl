// The place of the neurons of a layer in the order of their values: the first gets 1, the one at PLACE gets PLACE, all
// others 0. Of equals the earlier neuron comes first. A workgroup for each sample finds one place after the other.
#import lib/grid

override BATCH: u32;
override SIZE: u32;
override PLACE: u32;

@group(0) @binding(0) var<storage, read> value: array<f32>;         // [BATCH, SIZE]
@group(0) @binding(1) var<storage, read_write> place: array<f32>;   // [BATCH, SIZE]

var<workgroup> highest: array<f32, 64>;
var<workgroup> holder: array<u32, 64>;

const NOBODY = 0xffffffffu;

fn comes(a: f32, i: u32, b: f32, j: u32) -> bool { return i != NOBODY && (j == NOBODY || a > b || (a == b && i < j)); }

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let sample = flatGroup(group);
  if (sample >= BATCH) { return; }
  let stride = (SIZE + 3u) / 4u * 4u;
  let row = sample * stride;
  for (var n = lane; n < stride; n += 64u) { place[row + n] = 0.0; }
  var last = NOBODY;
  var above = 0.0;
  for (var turn = 1u; turn <= PLACE; turn++) {
    var best = 0.0;
    var who = NOBODY;
    for (var n = lane; n < SIZE; n += 64u) {
      let candidate = value[row + n];
      let open = turn == 1u || comes(above, last, candidate, n);
      if (open && comes(candidate, n, best, who)) { best = candidate; who = n; }
    }
    highest[lane] = best;
    holder[lane] = who;
    for (var width = 32u; width > 0u; width /= 2u) {
      workgroupBarrier();
      if (lane < width && comes(highest[lane + width], holder[lane + width], highest[lane], holder[lane])) {
        highest[lane] = highest[lane + width];
        holder[lane] = holder[lane + width];
      }
    }
    workgroupBarrier();
    above = highest[0];
    last = holder[0];
    workgroupBarrier();
    // The lane that cleared a place is the one that fills it.
    if ((turn == 1u || turn == PLACE) && last % 64u == lane) { place[row + last] = f32(turn); }
  }
}
