// Asynchronous updates of a recurrent network, exactly: each neuron, in a seeded random order, looks at its local field as
// all earlier updates left it. A workgroup settles one probe. Local fields are kept, and change only when a neuron
// flips: then the workgroup adds that neuron's outgoing synapses to them. Between two flips nobody's field
// changes, so a window of neurons looks at once, and the first of them in the order that would flip is the next to do so.
// Neither LANES nor the window changes a result.
#import lib/grid
#import lib/position/shuffled

override OUT4: u32; // neurons in fours
override TURNS: u32; // updates in a step
override CHUNK: u32; // of them in one dispatch
override PROBES: u32;

@group(0) @binding(0) var<storage, read> weight: array<vec4f>; // [COUNT + 1, COUNT], symmetric
@group(0) @binding(1) var<storage, read_write> state: array<f32>; // [PROBES, COUNT], ±1
@group(0) @binding(2) var<storage, read_write> field: array<vec4f>; // [PROBES, COUNT]
@group(0) @binding(3) var<storage, read_write> moved: array<vec4f>; // [PROBES, 1], flips in this step
@group(1) @binding(0) var<uniform> turnIndex: vec4u;

const WINDOW = LANES * LOOKS;
const NOBODY = 0xffffffffu;

var<workgroup> order: array<u32, WINDOW>; // the window's neurons
var<workgroup> first: atomic<u32>; // the first place in it whose neuron would flip
var<workgroup> next: u32;
var<workgroup> change: f32; // of the neuron that flips

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let probe = flatGroup(group);
  if (probe >= PROBES) { return; }
  let row = probe * OUT4;
  var flips = 0u;
  if (lane == 0u) { atomicStore(&first, NOBODY); }
  let end = min((turnIndex.x + 1u) * CHUNK, TURNS);
  for (var base = turnIndex.x * CHUNK; base < end; base += WINDOW) {
    for (var place = lane; place < WINDOW; place += LANES) {
      let position = clock.x * TURNS + base + place;
      order[place] = permute(position % COUNT, COUNT, hash(SEED, 0x5a17u, position / COUNT));
    }
    workgroupBarrier();
    var start = 0u;
    loop {
      for (var place = lane; place < min(WINDOW, end - base); place += LANES) {
        let neuron = order[place];
        if (place >= start && field[row + neuron / 4u][neuron % 4u] * state[row * 4u + neuron] < 0.0) {
          atomicMin(&first, place);
          break;
        }
      }
      workgroupBarrier();
      if (lane == 0u) {
        next = atomicLoad(&first);
        atomicStore(&first, NOBODY);
        if (next != NOBODY) {
          let own = row * 4u + order[next];
          change = -2.0 * state[own];
          state[own] = -state[own];
        }
      }
      let now = workgroupUniformLoad(&next);
      if (now == NOBODY) { break; }
      let synapses = order[now] * OUT4;
      for (var quad = lane; quad < OUT4; quad += LANES) { field[row + quad] += change * weight[synapses + quad]; }
      storageBarrier();
      flips += 1u;
      start = now + 1u;
    }
  }
  if (lane == 0u) { moved[probe] = vec4f(select(moved[probe].x, 0.0, turnIndex.x == 0u) + f32(flips), 0.0, 0.0, 0.0); }
}
