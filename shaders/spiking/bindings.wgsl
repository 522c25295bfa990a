// What every kernel of a running network is bound to. The plan's tables and the constants are generated for the network.
@group(0) @binding(0) var<storage, read> plan: array<u32>;                // tables of populations and projections
@group(0) @binding(1) var<storage, read> numbers: array<f32>;             // parameters, places, given spike times
@group(0) @binding(2) var<storage, read_write> state: array<f32>;         // state variables, traces, probes
@group(0) @binding(3) var<storage, read_write> arriving: array<atomic<i32>>; // [SLOTS, CELLS] sums of weights, fixed-point
@group(0) @binding(4) var<storage, read_write> events: array<atomic<u32>>; // health, spike counts and lists
@group(0) @binding(5) var<storage, read> rows: array<u32>;                // where each row's synapses start
@group(0) @binding(6) var<storage, read> synapses: array<u32>;            // post neuron | delay << 24
@group(0) @binding(7) var<storage, read_write> weights: array<f32>;       // weights, and the synapses' own state
@group(0) @binding(8) var<uniform> submitted: vec4u;                      // the first step of this submit, and how many

const NONE = 0xffffffffu;

// The words of `events`.
const RECORDED = 0u;     // spikes kept for the host, or more than there was room for
const OVERFLOWS = 1u;    // 1 + a cell whose sum left the range of i32
const SICK_STEP = 2u;    // the first step in which a state variable was not finite, and the neuron
const SICK_NEURON = 3u;
const COUNTS = 16u;      // from here one count a neuron

// Infinite or not a number: the exponent is all ones. Comparisons can't tell (a compiler may assume there are none).
fn isSick(value: f32) -> bool {
  return (bitcast<u32>(value) & 0x7f800000u) == 0x7f800000u;
}
