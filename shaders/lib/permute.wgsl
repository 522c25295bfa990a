// A keyed bijection of 0 … count − 1: a Feistel network of four rounds permutes 0 … 4^h − 1, and walking on until the value
// is under `count` makes it one of count values (Black & Rogaway 2002, cycle walking).
#import lib/random

fn permute(place: u32, count: u32, key: u32) -> u32 {
  let bits = max(1u, (33u - countLeadingZeros(max(count, 2u) - 1u)) / 2u);
  let mask = (1u << bits) - 1u;
  var value = place;
  loop {
    var left = value >> bits;
    var right = value & mask;
    for (var round = 0u; round < 4u; round++) {
      let next = left ^ (hash(key, round, right) & mask);
      left = right;
      right = next;
    }
    value = (left << bits) | right;
    if (value < count) { return value; }
  }
}
