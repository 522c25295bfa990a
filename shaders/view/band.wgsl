// A population's place in a raster: its neurons share rows of the image, which are shown over so many pixels of the canvas.
struct Band {
  first: u32,  // the number of its first neuron
  size: u32,
  row: u32,    // rows of the image, from `row` on
  rows: u32,
  top: u32,    // pixels of the canvas, from `top` on
  height: u32,
  full: f32,   // spikes in one cell that leave little paper to be seen
  spare: f32,
  colour: vec4f,
}

@group(0) @binding(0) var<storage, read> bands: array<Band>;
