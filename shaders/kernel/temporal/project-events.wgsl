// project, event-driven: each spike adds its synapses' weights to the drive of its step, and nothing else is touched.
// An invocation owns four post neurons of a sample through the span; spikes come in the order of time, then of neurons.
#import lib/grid
#import lib/time
#import lib/event

override BATCH: u32;
override IN: u32;
override OUT: u32;

@group(0) @binding(0) var<storage, read> events: array<u32>;          // [BATCH, IN], rows padded to four
@group(0) @binding(1) var<storage, read> weight: array<vec4f>;        // [IN, OUT]
@group(0) @binding(2) var<storage, read_write> drive: array<vec4f>;   // [SPAN, BATCH, OUT]

// The event behind the one at `next`, which moves on.
fn after(row: u32, next: ptr<function, u32>) -> u32 {
  *next += 1u;
  return select(NO_EVENT, events[row + min(*next, IN - 1u)], *next < IN);
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = flatIndex(group, lane, 64u);
  let quads = (OUT + 3u) / 4u;
  if (at >= BATCH * quads) { return; }
  let quad = at % quads;
  let row = at / quads * ((IN + 3u) / 4u * 4u);
  var next = 0u;
  var event = events[row];
  while (timeOf(event) < stepAt(0u)) { event = after(row, &next); }
  for (var k = 0u; k < SPAN; k++) {
    var sum = vec4f();
    while (timeOf(event) == stepAt(k)) {
      sum += weight[itemOf(event) * quads + quad];
      event = after(row, &next);
    }
    drive[k * BATCH * quads + at] = sum;
  }
}
