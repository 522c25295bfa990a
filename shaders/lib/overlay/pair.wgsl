// Copy 0 bears the true label, copy 1 a wrong one, chosen by a number from 0 to 1 and each as likely.
override CLASSES: u32;
override BRIGHTNESS: f32;

@group(0) @binding(2) var<storage, read> label: array<u32>;
@group(0) @binding(3) var<storage, read> choice: array<vec4f>; // [BATCH, 1]

fn labelPixels(sample: u32, copy: u32, pixel: vec4u) -> vec4f {
  let truth = label[sample];
  if (truth >= CLASSES) { return vec4f(); }
  let off = 1u + min(u32(choice[sample].x * f32(CLASSES - 1u)), CLASSES - 2u);
  let shown = select(truth, (truth + off) % CLASSES, copy == 1u);
  return select(vec4f(), vec4f(BRIGHTNESS), pixel == vec4u(shown));
}
