// The second pass of a project whose inputs were split: adds the chunks' sums in ascending order, then activates.
#import lib/grid
#import ACTIVATION

@group(0) @binding(0) var<storage, read> partial: array<vec4f>;    // [CHUNKS, BATCH, OUT4]
@group(0) @binding(1) var<storage, read_write> post: array<vec4f>; // [BATCH, OUT4]

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = flatIndex(group, lane, 64u);
  if (at >= BATCH * OUT4) { return; }
  var sum = partial[at];
  for (var chunk = 1u; chunk < CHUNKS; chunk++) { sum += partial[chunk * BATCH * OUT4 + at]; }
  let real = vec4u(at % OUT4 * 4u) + vec4u(0u, 1u, 2u, 3u) < vec4u(OUT);
  post[at] = select(vec4f(), activate(sum), real);
}
