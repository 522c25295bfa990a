// What a neuron says when noise of standard deviation `noise` joins its drive.
#import ACTIVATION

fn next(drive: vec4f, stray: vec4f, noise: f32) -> vec4f {
  return activate(drive + noise * stray);
}
