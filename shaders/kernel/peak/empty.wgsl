// As little as a dispatch can do. It writes one word, so that each waits for the one before, as a schedule's do.
@group(0) @binding(0) var<storage, read_write> word: array<u32>;

@compute @workgroup_size(1)
fn main() {
  word[0] = 1u;
}
