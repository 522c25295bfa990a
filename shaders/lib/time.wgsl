// Which time steps a record works on. It takes SPAN of them at a time, in the order of time or against it, from a segment
// of ROWS steps that begins at FIRST; of what is kept for a segment, each step has its row.
override FIRST: u32;
override SPAN: u32;
override ROWS: u32;

@group(1) @binding(0) var<uniform> turnIndex: vec4u;

// The k'th step of the span, in the order of time.
fn stepAt(k: u32) -> u32 {
  return FIRST + turnIndex.x * SPAN + k;
}

// The k'th step of the span, from the segment's end to its beginning.
fn stepBack(k: u32) -> u32 {
  return FIRST + ROWS - 1u - (turnIndex.x * SPAN + k);
}

fn rowOf(t: u32) -> u32 {
  return t % ROWS;
}
