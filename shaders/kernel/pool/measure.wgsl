// The sum over a population of an equation's terms, averaged over the batch, in fixed order, into one cell of a metric:
// a column for each layer; the row of the turn, counted from ROW. START and STRIDE leave out rows of the batch.
#import EQUATION
#import ARGUMENTS

override ROWS: u32;
override COLUMNS: u32;
override START: u32;
override STRIDE: u32;
override SCALE: f32;
override ROW: u32;
override COLUMN: u32;
override LAYERS: u32;

@group(0) @binding(0) var<storage, read_write> result: array<vec4f>; // [steps, LAYERS]
@group(1) @binding(0) var<uniform> turnIndex: vec4u;

var<workgroup> partial: array<f32, 256>;

@compute @workgroup_size(256)
fn main(@builtin(local_invocation_index) lane: u32) {
  let quads = (COLUMNS + 3u) / 4u;
  let chosen = (ROWS - START + STRIDE - 1u) / STRIDE;
  var sum = 0.0;
  for (var i = lane; i < chosen * quads; i += 256u) {
    let row = START + i / quads * STRIDE;
    let quad = i % quads;
    let neuron = vec4u(quad * 4u) + vec4u(0u, 1u, 2u, 3u);
    let terms = evaluate(row * quads + quad, row, quad, neuron);
    sum += dot(select(vec4f(), terms, neuron < vec4u(COLUMNS)), vec4f(1.0));
  }
  partial[lane] = sum;
  for (var width = 128u; width > 0u; width /= 2u) {
    workgroupBarrier();
    if (lane < width) { partial[lane] += partial[lane + width]; }
  }
  if (lane == 0u) {
    result[(ROW + turnIndex.x) * ((LAYERS + 3u) / 4u) + COLUMN / 4u][COLUMN % 4u] = SCALE * partial[0] / f32(chosen);
  }
}
