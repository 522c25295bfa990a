// What a neuron says of its drive.
#import ACTIVATION

fn next(drive: vec4f) -> vec4f {
  return activate(drive);
}
