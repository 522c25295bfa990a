// Four bytes to a word, 0 to 255, read as 0 to 1.
@group(0) @binding(0) var<storage, read> data: array<u32>;

fn fourPixels(row: u32, quad: u32, quads: u32) -> vec4f {
  return unpack4x8unorm(data[row * quads + quad]);
}
