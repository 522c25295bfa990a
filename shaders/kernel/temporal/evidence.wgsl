// Evidence accumulation (Morcos & Harvey 2016; Bellec et al. 2020, figure 3): cues come from the left or the right, one after
// the other; after a delay a recall signal asks which were more. Four populations of inputs fire at random, by the trial's own
// numbers: left cues, right cues, recall, and background noise all along.
#import lib/grid
#import lib/time
#import lib/random

override BATCH: u32;
override SIZE: u32;
override STEPS: u32;
override SEED: u32;
override CUES: u32;
override CUE: u32;      // steps of a cue
override INTERVAL: u32; // steps from one cue to the next; a cue ends its interval
override RECALL: u32;   // steps of the recall signal, which ends the trial
override LIKELY: f32;   // chance that a cue comes from the trial's likelier side
override ACTIVE: f32;   // chance of a spike in a step, of an input that is told something
override NOISE: f32;    // the same, of background

@group(0) @binding(0) var<storage, read_write> spikes: array<vec4f>;  // [ROWS, BATCH, SIZE]
@group(0) @binding(1) var<storage, read_write> label: array<u32>;     // [BATCH]: 0 left, 1 right
@group(0) @binding(6) var<uniform> clock: vec4u;

fn cueOf(trial: u32, likely: u32, cue: u32) -> u32 {
  return select(1u - likely, likely, unit(hash(SEED, 0xc0e1u + cue, trial)) < LIKELY);
}

fn chance(population: u32, t: u32, cue: u32) -> f32 {
  let into = t % INTERVAL;
  let cued = t < CUES * INTERVAL && into >= INTERVAL - CUE;
  let told = select(population == 2u && t + RECALL >= STEPS, population == cue && cued, population < 2u);
  return select(select(0.0, ACTIVE, told), NOISE, population == 3u);
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = flatIndex(group, lane, 64u);
  let quads = (SIZE + 3u) / 4u;
  if (at >= BATCH * quads) { return; }
  let sample = at / quads;
  let trial = clock.x * BATCH + sample;
  let likely = select(0u, 1u, unit(hash(SEED, 0x51deu, trial)) < 0.5);
  var right = 0u;
  for (var cue = 0u; cue < CUES; cue++) { right += cueOf(trial, likely, cue); }
  if (at % quads == 0u) { label[sample] = select(0u, 1u, 2u * right > CUES); }
  for (var k = 0u; k < SPAN; k++) {
    let t = stepAt(k);
    let cue = cueOf(trial, likely, min(t / INTERVAL, CUES - 1u));
    var s = vec4f();
    for (var c = 0u; c < 4u; c++) {
      let neuron = at % quads * 4u + c;
      let draw = unit(hash(SEED ^ trial, 0x5e1fu + neuron, t));
      if (neuron < SIZE && draw < chance(neuron * 4u / SIZE, t, cue)) { s[c] = 1.0; }
    }
    spikes[rowOf(t) * BATCH * quads + at] = s;
  }
}
