// Raster: the ring of columns as a picture, the newest at the right; below it, on the same axis, each population's rate and the
// membranes that are followed.
#import view/band
#import view/column

// What a lane shows: values from `low` to `high` over so many pixels of the canvas.
struct Lane {
  top: u32,
  height: u32,
  low: f32,
  high: f32,
  colour: vec4f,
  mark: f32,  // where a broken line stands: a membrane's threshold
  since: u32, // the first column that is its own: what came before was another neuron's
}

struct View {
  columns: u32,     // that have been begun so far
  stimulusTop: u32, // pixels of the bar that says when a stimulus was on
  stimulusHeight: u32,
  thick: f32,       // half of a line's thickness, in pixels
  paper: vec4f,
  faint: vec4f,
  ink: vec4f,
}

@group(0) @binding(1) var<storage, read> image: array<u32>;
@group(0) @binding(2) var<uniform> view: View;
@group(0) @binding(3) var<storage, read> courses: array<f32>;
@group(0) @binding(4) var<storage, read> lanes: array<Lane>;

@vertex
fn corner(@builtin(vertex_index) index: u32) -> @builtin(position) vec4f {
  return vec4f(f32(index % 2u) * 4.0 - 1.0, f32(index / 2u) * 4.0 - 1.0, 0.0, 1.0);
}

fn spikesAt(column: u32, y: u32) -> vec4f {
  for (var k = 0u; k < BANDS; k++) {
    let band = bands[k];
    if (y >= band.top && y < band.top + band.height) {
      let spikes = f32(image[column % COLUMNS * COLUMN + band.row + (y - band.top) * band.rows / band.height]);
      return mix(view.paper, band.colour, 1.0 - exp(-2.3 * spikes / band.full));
    }
  }
  return view.paper;
}

// Whether a followed neuron fired in a column; its stroke is two columns wide.
fn fired(column: u32, k: u32, old: bool) -> bool {
  let now = image[column % COLUMNS * COLUMN + OF_FOLLOWED + k];
  return now > 0u || (!old && image[(column - 1u) % COLUMNS * COLUMN + OF_FOLLOWED + k] > 0u);
}

// A line from the column before to this one, filled below where it is a rate; `old` where there is no column before.
fn line(lane: u32, column: u32, y: f32, old: bool) -> vec4f {
  let one = lanes[lane];
  let at = 3u * (column % COLUMNS * LANES + lane);
  let before = 3u * ((column - select(1u, 0u, old)) % COLUMNS * LANES + lane);
  let joined = select(courses[before + 2u], courses[at], old);
  let scale = f32(one.height) / (one.high - one.low);
  let bottom = f32(one.top + one.height);
  let upper = bottom - (max(courses[at + 1u], joined) - one.low) * scale;
  let lower = bottom - (min(courses[at], joined) - one.low) * scale;
  let isMembrane = lane >= BANDS;
  let marked = bottom - (one.mark - one.low) * scale;
  if (isMembrane && fired(column, lane - BANDS, old) && y <= marked) { return view.ink; }
  if (y >= upper - view.thick && y <= lower + view.thick) { return one.colour; }
  if (!isMembrane) { return mix(view.paper, one.colour, select(0.0, 0.25, y > upper)); }
  let onMark = abs(y - marked) <= 0.5 && column / 4u % 2u == 0u;
  return select(view.paper, view.faint, onMark);
}

@fragment
fn shade(@builtin(position) at: vec4f) -> @location(0) vec4f {
  let x = u32(at.x);
  let y = u32(at.y);
  let age = COLUMNS - 1u - min(x, COLUMNS - 1u);
  if (age >= view.columns) { return view.paper; }
  let column = view.columns - 1u - age;
  let oldest = column == 0u || age + 1u >= COLUMNS;
  for (var k = 0u; k < LANES; k++) {
    let one = lanes[k];
    if (y < one.top || y >= one.top + one.height) { continue; }
    if (column < one.since) { return view.paper; }
    return line(k, column, at.y, oldest || column == one.since);
  }
  if (y >= view.stimulusTop && y < view.stimulusTop + view.stimulusHeight) {
    return select(view.paper, view.ink, image[column % COLUMNS * COLUMN + STIMULATED] > 0u);
  }
  return spikesAt(column, y);
}
