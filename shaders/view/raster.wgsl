// Raster: the ring of columns as a picture, the newest at the right; below it the activity of all neurons in each column.
#import view/band

struct View {
  columns: u32,  // that have been begun so far
  stripTop: u32, // pixels of the activity
  stripHeight: u32,
  most: f32,     // spikes in a column that reach its top
  paper: vec4f,
  ink: vec4f,
}

@group(0) @binding(1) var<storage, read> image: array<u32>; // [COLUMNS, ROWS + 1]
@group(0) @binding(2) var<uniform> view: View;

@vertex
fn corner(@builtin(vertex_index) index: u32) -> @builtin(position) vec4f {
  return vec4f(f32(index % 2u) * 4.0 - 1.0, f32(index / 2u) * 4.0 - 1.0, 0.0, 1.0);
}

@fragment
fn shade(@builtin(position) at: vec4f) -> @location(0) vec4f {
  let x = u32(at.x);
  let y = u32(at.y);
  let age = COLUMNS - 1u - min(x, COLUMNS - 1u);
  if (age >= view.columns) { return view.paper; }
  let column = (view.columns - 1u - age) % COLUMNS * (ROWS + 1u);
  if (y >= view.stripTop) {
    let height = f32(image[column + ROWS]) / view.most * f32(view.stripHeight);
    return select(view.paper, view.ink, height >= f32(view.stripTop + view.stripHeight - y) - 0.5);
  }
  for (var k = 0u; k < BANDS; k++) {
    let band = bands[k];
    if (y >= band.top && y < band.top + band.height) {
      let spikes = f32(image[column + band.row + (y - band.top) * band.rows / band.height]);
      return mix(view.paper, band.colour, 1.0 - exp(-2.3 * spikes / band.full));
    }
  }
  return view.paper;
}
