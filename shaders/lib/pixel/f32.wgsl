// Values as they are.
@group(0) @binding(0) var<storage, read> data: array<vec4f>;

fn fourPixels(row: u32, quad: u32, quads: u32) -> vec4f {
  return data[row * quads + quad];
}
