// Which tile of a product a workgroup computes: TILES_X of them side by side, the whole grid spread over x and y, since
// one dimension holds no more than 65,535 workgroups. z is the chunk of a split sum.
#import lib/grid

fn tileOf(group: vec3u) -> vec3u {
  let index = flatGroup(group);
  return vec3u(index % TILES_X, index / TILES_X, group.z);
}
