// Uniform noise of mean 0 and variance 1, a value for each neuron and sample, new at every step.
#import lib/grid
#import lib/random

override BATCH: u32;
override SIZE: u32;
override SEED: u32;
override STREAM: u32;

@group(0) @binding(0) var<storage, read_write> result: array<vec4f>;
@group(0) @binding(1) var<uniform> clock: vec4u;

const HALF_WIDTH = 1.7320508; // √3

fn draw(key: u32, index: u32, column: u32) -> f32 {
  return select(0.0, HALF_WIDTH * (2.0 * unit(hash(key, STREAM, index)) - 1.0), column < SIZE);
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = flatIndex(group, lane, 64u);
  let quads = (SIZE + 3u) / 4u;
  if (at >= BATCH * quads) { return; }
  let column = (at % quads) * 4u;
  let key = hash(SEED, 0x401eu, clock.x);
  let first = at * 4u;
  result[at] = vec4f(
    draw(key, first, column),
    draw(key, first + 1u, column + 1u),
    draw(key, first + 2u, column + 2u),
    draw(key, first + 3u, column + 3u),
  );
}
