// Splat: each spike of a submit, where the engine left it, is added to its cell of the raster and to its population's count.
#import view/band

@group(0) @binding(1) var<storage, read> events: array<u32>;
@group(0) @binding(2) var<storage, read_write> image: array<atomic<u32>>; // [COLUMNS, ROWS + 1]: a ring; the last row counts all
@group(0) @binding(3) var<storage, read_write> tally: array<atomic<u32>>;

// The words of `tally`, behind one count a population.
const PEAK = BANDS;          // the most spikes of one column
const SAMPLED = BANDS + 1u;  // spikes of the few neurons whose intervals the host looks at, and from LIST on (step, neuron) of each
const LOST = BANDS + 2u;     // spikes that the engine's list had no room for
const LIST = BANDS + 3u;

fn bandOf(neuron: u32) -> u32 {
  var band = 0u;
  while (band + 1u < BANDS && neuron >= bands[band + 1u].first) { band++; }
  return band;
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
    let column = (step / STEPS) % COLUMNS * (ROWS + 1u);
    atomicAdd(&image[column + band.row + own * band.rows / band.size], 1u);
    atomicMax(&tally[PEAK], atomicAdd(&image[column + ROWS], 1u) + 1u);
    atomicAdd(&tally[at], 1u);
    if (own < SAMPLE) {
      let place = atomicAdd(&tally[SAMPLED], 1u);
      if (place < SAMPLE_ROOM) {
        atomicStore(&tally[LIST + 2u * place], step);
        atomicStore(&tally[LIST + 2u * place + 1u], neuron);
      }
    }
  }
}
