// What an invocation owns: an excitatory neuron and its inhibitory partner, kept in registers while an image is shown.
@group(0) @binding(0) var<storage, read_write> state: array<f32>;   // [VARIABLES, NEURONS] between images
@group(0) @binding(1) var<storage, read_write> weights: array<f32>; // [INPUTS, NEURONS]
@group(0) @binding(2) var<storage, read_write> results: array<u32>; // the head below, then [images, 1 + NEURONS]

// The head of `results`, for learning; then for each image of a submit the intensity that it was last shown with, and spikes
// a neuron.
const CLOCK = 0u;          // the next step
const LAST = 1u;           // when each pixel last fired
const HEAD = 1u + INPUTS;

struct Own {
  excitatory: Neuron_A,
  inhibitory: Neuron_A,
  post: Post_C,      // traces of the excitatory neuron
  arriving: i32,     // sum of weights for the next step, fixed-point
  fires: bool,       // the excitatory neuron, in this step
  inhibits: bool,    // the inhibitory one
  count: u32,        // spikes while the image is shown
}

var<private> mine: array<Own, EACH>;
var<workgroup> inhibiting: array<atomic<u32>, 3>; // how many inhibitory neurons fired, for three steps in turn

const VARIABLES = 14u;

// The state between images; while weights are fixed, that of a network at rest but for its thresholds.
fn load(lane: u32) {
  for (var k = 0u; k < EACH; k++) {
    let at = min(lane + k * LANES, NEURONS - 1u);
    mine[k].excitatory = neuronAt(at);
    mine[k].inhibitory = neuronAt(at + 6u * NEURONS);
    mine[k].post = Post_C(state[at + 12u * NEURONS], state[at + 13u * NEURONS]);
    mine[k].arriving = 0;
    mine[k].fires = false;
    mine[k].inhibits = false;
    mine[k].count = 0u;
  }
  if (lane < 3u) { atomicStore(&inhibiting[lane], 0u); }
  loadInputs(lane);
}

fn neuronAt(at: u32) -> Neuron_A {
  return Neuron_A(
    state[at], state[at + NEURONS], state[at + 2u * NEURONS],
    state[at + 3u * NEURONS], state[at + 4u * NEURONS], state[at + 5u * NEURONS],
  );
}

fn keep(at: u32, n: Neuron_A) {
  state[at] = n.v;
  state[at + NEURONS] = n.hold;
  state[at + 2u * NEURONS] = n.barred;
  state[at + 3u * NEURONS] = n.excitatory;
  state[at + 4u * NEURONS] = n.inhibitory;
  state[at + 5u * NEURONS] = n.theta;
}

fn save(lane: u32, row: u32, intensity: u32) {
  let into = HEAD + row * (1u + NEURONS);
  if (lane == 0u) { results[into] = intensity; }
  if (LEARNS) { saveInputs(lane); }
  for (var k = 0u; k < EACH; k++) {
    let neuron = lane + k * LANES;
    if (neuron < NEURONS) { results[into + 1u + neuron] = mine[k].count; }
    if (LEARNS && neuron < NEURONS) {
      keep(neuron, mine[k].excitatory);
      keep(neuron + 6u * NEURONS, mine[k].inhibitory);
      state[neuron + 12u * NEURONS] = mine[k].post.y1;
      state[neuron + 13u * NEURONS] = mine[k].post.y2;
    }
  }
}

// The two neurons take what the step before sent them: each excites its partner, and each inhibits all but its partner.
fn advanceOwn(k: u32, neuron: u32, time: u32) {
  let now = Now(neuron, time, 0u, false);
  let others = f32(atomicLoad(&inhibiting[(time + 2u) % 3u]) - u32(mine[k].inhibits));
  let excited = f32(mine[k].fires);
  var n = mine[k].excitatory;
  mine[k].fires = advance_A(&n, EXCITATORY, Arriving_A(f32(mine[k].arriving) * UNIT, INHIBITS * others), now);
  mine[k].excitatory = n;
  n = mine[k].inhibitory;
  mine[k].inhibits = advance_A(&n, INHIBITORY, Arriving_A(EXCITES * excited, 0.0), now);
  mine[k].inhibitory = n;
  if (mine[k].inhibits) { atomicAdd(&inhibiting[time % 3u], 1u); }
}
