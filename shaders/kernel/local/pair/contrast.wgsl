// The contrastive update in the sign that correlate descends: (1/Δβ) (u uᵀ of the nudged copy − u uᵀ of the other). Each
// copy's activity over the difference of their nudges, doubled because correlate's mean runs over both copies.
#import lib/grid

override ROWS: u32;
override COLUMNS: u32;

@group(0) @binding(0) var<storage, read> pair: array<vec4f>;          // [ROWS, COLUMNS]
@group(0) @binding(1) var<storage, read> nudge: array<vec4f>;         // [ROWS, 1]
@group(0) @binding(2) var<storage, read_write> result: array<vec4f>;  // [ROWS, COLUMNS]

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = flatIndex(group, lane, 64u);
  let quads = (COLUMNS + 3u) / 4u;
  if (at >= ROWS * quads) { return; }
  let row = at / quads;
  // Positive in the first copy, negative in the second: the other's nudge less its own changes sign with the row.
  result[at] = pair[at] * 2.0 / (nudge[row ^ 1u].x - nudge[row].x);
}
