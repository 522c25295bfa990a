// correlate, event-driven: every spike that an input sent in the span, latest first, adds the error of the post neurons at its
// step to its synapses. One chain of sums a synapse, so that segments of time and spans leave its bits alone.
#import lib/grid
#import lib/time
#import lib/event

override BATCH: u32;
override IN: u32;
override OUT: u32;

@group(0) @binding(0) var<storage, read> events: array<u32>;             // [IN, BATCH], latest first, rows padded to four
@group(0) @binding(1) var<storage, read> error: array<vec4f>;            // [ROWS, BATCH, OUT]
@group(0) @binding(2) var<storage, read_write> gradient: array<vec4f>;   // [IN, OUT]

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = flatIndex(group, lane, 64u);
  let quads = (OUT + 3u) / 4u;
  if (at >= IN * quads) { return; }
  let quad = at % quads;
  let row = at / quads * ((BATCH + 3u) / 4u * 4u);
  let latest = stepBack(0u);
  let earliest = stepBack(SPAN - 1u);
  var sum = gradient[at];
  for (var next = 0u; next < BATCH; next++) {
    let event = events[row + next];
    let t = timeOf(event);
    if (event == NO_EVENT || t < earliest) { break; }
    if (t <= latest) { sum += error[(rowOf(t) * BATCH + itemOf(event)) * quads + quad]; }
  }
  gradient[at] = sum;
}
