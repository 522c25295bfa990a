// Units speak as loudly as they are above zero; one that is cut off says nothing.
fn next(value: vec4f, alive: vec4f) -> vec4f {
  return alive * max(value, vec4f());
}
