// Up to four outputs that integrate, y ← κ y + drive, and vote by softmax in the last WINDOW steps: the error π − π* of each
// step's cross-entropy, a WINDOW-th of it, and for each sample its loss, its votes and whether most went to the label.
#import lib/grid
#import lib/time

override BATCH: u32;
override SIZE: u32;
override STEPS: u32;
override WINDOW: u32;
override KEEPS: f32;

@group(0) @binding(0) var<storage, read> drive: array<vec4f>;            // [SPAN, BATCH, SIZE]
@group(0) @binding(1) var<storage, read> label: array<u32>;              // [BATCH]
@group(0) @binding(2) var<storage, read_write> membrane: array<vec4f>;   // [BATCH, SIZE]
@group(0) @binding(3) var<storage, read_write> votes: array<vec4f>;      // [BATCH, SIZE]
@group(0) @binding(4) var<storage, read_write> error: array<vec4f>;      // [ROWS, BATCH, SIZE]
@group(0) @binding(5) var<storage, read_write> score: array<vec4f>;      // [BATCH, 2]: loss, correctness

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = flatIndex(group, lane, 64u);
  if (at >= BATCH) { return; }
  let exists = vec4u(0u, 1u, 2u, 3u) < vec4u(SIZE);
  let wanted = select(vec4f(0.0), vec4f(1.0), vec4u(0u, 1u, 2u, 3u) == vec4u(label[at]));
  var y = membrane[at];
  var vote = votes[at];
  var loss = score[at].x;
  for (var k = 0u; k < SPAN; k++) {
    let t = stepAt(k);
    y = KEEPS * y + drive[k * BATCH + at];
    var e = vec4f();
    if (t + WINDOW >= STEPS) {
      let seen = select(vec4f(y.x), y, exists);
      let highest = max(max(seen.x, seen.y), max(seen.z, seen.w));
      let share = select(vec4f(0.0), exp(seen - highest), exists);
      let sum = dot(share, vec4f(1.0));
      vote += share / sum;
      loss += (log(sum) + highest - dot(y, wanted)) / f32(WINDOW);
      e = (share / sum - wanted) / f32(WINDOW);
    }
    error[rowOf(t) * BATCH + at] = e;
  }
  let masked = select(vec4f(-1.0), vote, exists);
  let most = max(max(masked.x, masked.y), max(masked.z, masked.w));
  membrane[at] = y;
  votes[at] = vote;
  score[at] = vec4f(loss, select(0.0, 1.0, most > 0.0 && dot(masked, wanted) == most), 0.0, 0.0);
}
