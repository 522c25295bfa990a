// The image as trains of spikes: each pixel fires at random, the brighter the more often.
@group(0) @binding(3) var<storage, read> images: array<u32>;    // [images, INPUTS / 4], four pixels to a word
@group(0) @binding(4) var<storage, read> chances: array<vec2f>; // [INTENSITIES, 256] of the Poisson model

var<private> chance: array<vec2f, PIXELS_EACH>;
var<private> recent: array<u32, PIXELS_EACH>;         // the steps of the last 32 in which the pixel fired, a bit each
var<workgroup> fired: array<u32, LISTS>;              // lists of the pixels that fire, for three steps in turn
var<workgroup> firedCount: array<atomic<u32>, 3>;

// What others see of a pixel's past: `recent`, and the step of the last spike that is OLD steps old or more. Neurons may
// look at it while their neighbours are one step ahead: so the bit of an old spike stands on for two steps more.
var<workgroup> history: array<atomic<u32>, INPUTS>;
var<workgroup> older: array<atomic<u32>, INPUTS>;

const OLD = 24u; // more than the longest delay

struct Now {
  neuron: u32,
  step: u32,
  key: u32,
  due: bool,
}

// As every population's (spiking/neurons).
fn random(now: Now, k: u32) -> f32 {
  return unit(pcg(now.neuron ^ pcg(k ^ now.key)));
}

// Between images there are more than 32 dark steps.
fn loadInputs(lane: u32) {
  if (lane < 3u) { atomicStore(&firedCount[lane], 0u); }
  if (!LEARNS) { return; }
  for (var k = 0u; k < PIXELS_EACH; k++) {
    let pixel = lane + k * LANES;
    recent[k] = 0u;
    if (pixel < INPUTS) {
      atomicStore(&history[pixel], 0u);
      atomicStore(&older[pixel], results[LAST + pixel]);
    }
  }
}

fn saveInputs(lane: u32) {
  for (var pixel = lane; pixel < INPUTS; pixel += LANES) { results[LAST + pixel] = atomicLoad(&older[pixel]); }
}

fn brighten(lane: u32, image: u32, intensity: u32) {
  for (var k = 0u; k < PIXELS_EACH; k++) {
    let at = image * INPUTS + min(lane + k * LANES, INPUTS - 1u);
    let byte = (images[at / 4u] >> (8u * (at % 4u))) & 0xffu;
    chance[k] = select(vec2f(0.0), chances[intensity * 256u + byte], lane + k * LANES < INPUTS);
  }
}

fn fires(chance: vec2f, now: Now) -> bool {
  var none = Neuron_B(0.0);
  return advance_B(&none, Parameters_B(chance.x, chance.y), Arriving_B(0.0), now);
}

fn drawInputs(lane: u32, time: u32, shown: bool) {
  let key = pcg(time ^ INPUT_KEY);
  for (var k = 0u; k < PIXELS_EACH; k++) {
    let pixel = lane + k * LANES;
    var word = recent[k];
    if (LEARNS && word != 0u) {
      if (((word >> ((time - OLD) % 32u)) & 1u) != 0u) { atomicStore(&older[pixel], time - OLD); }
      word &= ~(1u << ((time - OLD - 2u) % 32u));
    }
    // Most pixels are dark, neighbours together.
    if (shown && chance[k].x > 0.0 && fires(chance[k], Now(pixel, time, key, false))) {
      fired[(time % 3u) * INPUTS + atomicAdd(&firedCount[time % 3u], 1u)] = pixel;
      word |= 1u << (time % 32u);
    }
    if (LEARNS && word != recent[k]) {
      recent[k] = word;
      atomicStore(&history[pixel], word);
    }
  }
}

// How long ago the pixel last fired, as a synapse with this delay sees it.
fn ageOf(pixel: u32, delay: u32, time: u32) -> u32 {
  for (var age = delay; age <= OLD; age++) {
    if (((atomicLoad(&history[pixel]) >> ((time - age) % 32u)) & 1u) != 0u) { return age - delay; }
  }
  return time - delay - atomicLoad(&older[pixel]);
}

// The lists after next are empty; they were last read a step ago.
fn clearLists(lane: u32, time: u32) {
  if (lane != 0u) { return; }
  atomicStore(&firedCount[(time + 2u) % 3u], 0u);
  atomicStore(&inhibiting[(time + 2u) % 3u], 0u);
}
