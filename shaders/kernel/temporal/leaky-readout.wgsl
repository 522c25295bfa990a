// Output neurons that integrate and never fire, y ← β y + i, i ← α i + drive, and remember the highest y so far and when it was.
#import lib/grid
#import lib/time

override BATCH: u32;
override SIZE: u32;
override MEMBRANE_KEEPS: f32;
override CURRENT_KEEPS: f32;

@group(0) @binding(0) var<storage, read> drive: array<vec4f>;            // [SPAN, BATCH, SIZE]
@group(0) @binding(1) var<storage, read_write> membrane: array<vec4f>;   // [BATCH, SIZE]
@group(0) @binding(2) var<storage, read_write> current: array<vec4f>;    // [BATCH, SIZE]
@group(0) @binding(3) var<storage, read_write> highest: array<vec4f>;    // [BATCH, SIZE]
@group(0) @binding(4) var<storage, read_write> when: array<vec4u>;       // [BATCH, SIZE]: steps gone by then; 0 at rest

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = flatIndex(group, lane, 64u);
  let total = BATCH * ((SIZE + 3u) / 4u);
  if (at >= total) { return; }
  var y = membrane[at];
  var i = current[at];
  var best = highest[at];
  var then = when[at];
  for (var k = 0u; k < SPAN; k++) {
    y = MEMBRANE_KEEPS * y + i;
    i = CURRENT_KEEPS * i + drive[k * total + at];
    then = select(then, vec4u(stepAt(k) + 1u), y > best);
    best = max(best, y);
  }
  membrane[at] = y;
  current[at] = i;
  highest[at] = best;
  when[at] = then;
}
