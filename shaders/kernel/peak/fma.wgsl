// The peak of arithmetic: chains of fused multiply-adds in registers, with nothing read on the way.
//
// CHAINS vec4 chains an invocation hide each other's latency; more than a few would spill from a CPU's registers.
// The host prepends: const CHAINS, STRETCH (links a turn, written out), TURNS, all u32.
// FLOPs of an invocation: 2 · 4 · CHAINS · STRETCH · TURNS.
@group(0) @binding(0) var<storage, read> operand: array<vec4f>;     // [2]: a factor and a summand that no compiler knows
@group(0) @binding(1) var<storage, read_write> result: array<vec4f>; // [invocations]

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) at: vec3u) {
  let factor = operand[0];
  let summand = operand[1];
  var chain: array<vec4f, CHAINS>;
  for (var c = 0u; c < CHAINS; c++) { chain[c] = vec4f(f32(at.x + c)); }
  for (var turn = 0u; turn < TURNS; turn++) {
    for (var s = 0u; s < STRETCH; s++) {
      for (var c = 0u; c < CHAINS; c++) { chain[c] = fma(chain[c], factor, summand); }
    }
  }
  var sum = vec4f();
  for (var c = 0u; c < CHAINS; c++) { sum += chain[c]; }
  result[at.x] = sum;
}
