// Splat: each spike of a submit, where the engine left it, is added to its cell of the raster and to its population's count.
#import view/band
#import view/column

@group(0) @binding(1) var<storage, read> events: array<u32>;
@group(0) @binding(2) var<storage, read_write> image: array<atomic<u32>>;
@group(0) @binding(3) var<storage, read_write> tally: array<atomic<u32>>;
@group(0) @binding(4) var<storage, read> reach: array<u32>; // synapses that leave each neuron
@group(0) @binding(5) var<uniform> now: Now;

fn bandOf(neuron: u32) -> u32 {
  var band = 0u;
  while (band + 1u < BANDS && neuron >= bands[band + 1u].first) { band++; }
  return band;
}

fn sample(step: u32, neuron: u32) {
  let place = atomicAdd(&tally[SAMPLED], 1u);
  if (place >= SAMPLE_ROOM) { return; }
  atomicStore(&tally[LIST + 2u * place], step);
  atomicStore(&tally[LIST + 2u * place + 1u], neuron);
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let listed = min(events[COUNT_AT], ROOM);
  if (id.x == 0u) { atomicAdd(&tally[LOST], events[COUNT_AT] - listed); }
  for (var k = id.x; k < listed; k += 64u * groups.x) {
    let step = events[LIST_AT + 2u * k];
    let neuron = events[LIST_AT + 2u * k + 1u];
    let at = bandOf(neuron);
    let band = bands[at];
    let own = neuron - band.first;
    let column = (step / STEPS) % COLUMNS * COLUMN;
    atomicAdd(&image[column + band.row + own * band.rows / band.size], 1u);
    atomicAdd(&image[column + OF_POPULATION + at], 1u);
    for (var f = 0u; f < FOLLOWED; f++) {
      if (now.followed[f] == neuron) { atomicAdd(&image[column + OF_FOLLOWED + f], 1u); }
    }
    atomicAdd(&tally[at], 1u);
    let before = atomicAdd(&tally[DELIVERED], reach[neuron]);
    if (before + reach[neuron] < before) { atomicAdd(&tally[DELIVERED + 1u], 1u); }
    if (own < SAMPLE) { sample(step, neuron); }
  }
  // Columns are many steps, of which a stimulus may take a few.
  if (now.stimulated == 0u) { return; }
  for (var c = now.first / STEPS + id.x; c * STEPS < now.last; c += 64u * groups.x) {
    atomicMax(&image[c % COLUMNS * COLUMN + STIMULATED], 1u);
  }
}
