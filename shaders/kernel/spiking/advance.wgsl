// Neurons, a block to a workgroup, for as many steps as no spike can cross from one block to another.
#import spiking/bindings
#import NETWORK
#import spiking/phases
#import lib/grid

@group(1) @binding(0) var<uniform> turnIndex: vec4u;

@compute @workgroup_size(WIDTH)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let block = flatGroup(group);
  if (block >= BLOCKS) { return; }
  let first = turnIndex.x * WINDOW;
  for (var k = first; k < min(first + WINDOW, submitted.y); k++) { advanceBlock(block, lane, submitted.x + k); }
}
