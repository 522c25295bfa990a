// One number for each invocation (or workgroup) of a grid that the host spread over x and y; see src/gpu/lower.ts.
const MAX_WORKGROUPS = 65535u;

fn flatGroup(group: vec3u) -> u32 {
  return group.x + group.y * MAX_WORKGROUPS;
}

fn flatIndex(group: vec3u, local: u32, size: u32) -> u32 {
  return flatGroup(group) * size + local;
}
