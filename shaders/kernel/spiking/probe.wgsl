// Values that someone watches, a row for each step of the submit.
#import spiking/bindings
#import NETWORK
#import spiking/probe

@group(1) @binding(0) var<uniform> turnIndex: vec4u;

@compute @workgroup_size(WIDTH)
fn main(@builtin(local_invocation_index) lane: u32) {
  if (turnIndex.x >= submitted.y) { return; }
  probeAt(lane, turnIndex.x);
}
