/** Which names a person may give: not those of the language itself, nor words that WGSL or TypeScript keeps for itself. */
import { functionNames } from "./functions";

const statements = ["param", "let", "in", "when", "start", "dw", "and", "or", "not"];

/** WGSL's keywords and reserved words (W3C WebGPU Shading Language, section 16), and types and functions that generated code uses. */
const wgsl = new Set(
  `alias break case const const_assert continue continuing default diagnostic discard else enable false fn for if let loop
  override requires return struct switch true var while
  NULL Self abstract active alignas alignof as asm asm_fragment async attribute auto await become cast catch class co_await
  co_return co_yield coherent column_major common compile compile_fragment concept const_cast consteval constexpr constinit crate
  debugger decltype delete demote demote_to_helper do dynamic_cast enum explicit export extends extern external fallthrough filter
  final finally friend from fxgroup get goto groupshared highp impl implements import inline instanceof interface layout lowp macro
  macro_rules match mediump meta mod module move mut mutable namespace new nil noexcept noinline nointerpolation noperspective
  null nullptr of operator package packoffset partial pass patch pixelfragment precise precision premerge priv protected pub public
  readonly ref regardless register reinterpret_cast require resource restrict self set shared sizeof smooth snorm static
  static_assert static_cast std subroutine super target template this thread_local throw trait try type typedef typeid typename
  typeof union unless unorm unsafe unsized use using varying virtual volatile wgsl where with writeonly yield
  bool f16 f32 i32 u32 vec2 vec3 vec4 array atomic ptr sampler texture select pow function`.split(/\s+/),
);

/** What the machine gives to an equation by these names, and numbers that belong to the optimiser and the readout. */
const taken: Readonly<Record<string, string>> = {
  neuron: "the neuron's number on the GPU",
  sample: "the sample's number on the GPU",
  clock: "the steps done",
  turn: "the turn of a repeat",
  seed: "the seed",
  layer: "the layer's number",
  anneal: "the optimiser's falling rate",
  momentum: "the optimiser's momentum",
  variance: "the optimiser's variance",
  epsilon: "the optimiser's epsilon",
  horizon: "the optimiser's horizon",
  readoutRate: "the readout's rate",
  readoutAnneal: "the readout's falling rate",
  tauTrace: "the traces' time constant",
  tauEligibility: "the eligibility's time constant",
  memory: "how long the expected reward is averaged",
  exploration: "how often the readout explores",
  dt: "the time step",
  current: "the neuron's constant input",
};

/** Why a name can't be given, as the end of "… is …", if it can't. */
export function whyTaken(name: string): string | undefined {
  if (functionNames.includes(name)) return "a function";
  if (statements.includes(name)) return "a word of this language";
  if (Object.hasOwn(taken, name)) return taken[name];
  if (wgsl.has(name)) return "a word of the GPU's own language";
  if (name.startsWith("__") || name === "_" || /^(vec|mat|power)\d/.test(name) || name in {})
    return "kept for generated code";
  return undefined;
}
