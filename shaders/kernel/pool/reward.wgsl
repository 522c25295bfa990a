// Each sample's reward, 1 where the network chose the right neuron and 0 elsewhere, and the dopamine that everyone hears:
// how much better that is than was expected. A missing sample (label 0xffffffff) brings neither.
#import lib/grid

override ROWS: u32;
override SIZE: u32;
override RELATIVE: u32; // 1: in parts of the expectation, of which a tenth is taken at the least
override OWN: u32; // 1: every sample has an expectation of its own, 0: one holds for all

@group(0) @binding(0) var<storage, read> choice: array<f32>; // [ROWS, SIZE], padded
@group(0) @binding(1) var<storage, read> label: array<u32>; // [ROWS]
@group(0) @binding(2) var<storage, read> expectation: array<vec4f>; // [ROWS, 1] or [1, 1]
@group(0) @binding(3) var<storage, read_write> reward: array<vec4f>; // [ROWS, 1]
@group(0) @binding(4) var<storage, read_write> dopamine: array<vec4f>; // [ROWS, 1]

const LEAST = 0.1;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = flatIndex(group, lane, 64u);
  if (i >= ROWS) { return; }
  let stride = (SIZE + 3u) / 4u * 4u;
  let there = label[i] < SIZE;
  let earned = select(0.0, choice[i * stride + select(0u, label[i], there)], there);
  let expected = expectation[i * OWN].x;
  let surprise = (earned - expected) / select(1.0, max(expected, LEAST), RELATIVE == 1u);
  reward[i] = vec4f(earned, 0.0, 0.0, 0.0);
  dopamine[i] = vec4f(select(0.0, surprise, there), 0.0, 0.0, 0.0);
}
