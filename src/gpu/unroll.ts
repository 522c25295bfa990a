/**
 * Writes out the tile loops of a kernel. SwiftShader keeps an indexed array in memory, behind a masked gather for
 * every touch; named variables it keeps in registers. The kernels stay readable loops, and this turns
 *
 *   for (var r = 0u; r < ROWS; r++) { sum[r][c] = … }     where ROWS is in `sizes`
 *
 * into ROWS copies of the body, and every array whose extents are all in `sizes` into variables named sum_0_1.
 * Loops over anything else, such as k, stay as they are. The order of operations stays too, and so do the bits.
 *
 * @param sizes the constants to write out, such as { ROWS: 16, COLS4: 2, LANES: 4 }
 */
export function unroll(wgsl: string, sizes: Readonly<Record<string, number>>): string {
  const arrays = new Map<string, { type: string; extents: number[] }>();
  let text = repeat(wgsl.replace(/[ \t]*\/\/.*$/gm, ""), sizes);
  text = text.replace(/\bvar (\w+): (array<.*>);/g, (whole, name: string, type: string) => {
    const found = extentsOf(type, sizes);
    if (!found) return whole;
    arrays.set(name, found);
    return indices(found.extents)
      .map((index) => `var ${name}_${index.join("_")}: ${found.type};`)
      .join("\n");
  });
  for (const [name, { extents }] of arrays) {
    const access = new RegExp(`\\b${name}${"\\[(\\d+)u\\]".repeat(extents.length)}`, "g");
    text = text.replace(access, (...found) => [name, ...found.slice(1, 1 + extents.length)].join("_"));
  }
  return text;
}

const head = /for \(var (\w+) = 0u; \1 < (\w+); \1\+\+\) \{/g;

function repeat(text: string, sizes: Record<string, number>): string {
  let out = "";
  let at = 0;
  for (const loop of text.matchAll(head)) {
    const count = sizes[loop[2]!];
    if (count === undefined || loop.index < at) continue; // another's loop, or inside one already written out
    const start = loop.index + loop[0].length;
    const end = closing(text, start);
    const name = new RegExp(`\\b${loop[1]}\\b`, "g");
    out += text.slice(at, loop.index);
    for (let i = 0; i < count; i++)
      out += `{${repeat(text.slice(start, end).replace(name, `${i}u`), sizes)}}\n`;
    at = end + 1;
  }
  return out + text.slice(at);
}

/** Position of the brace that closes the block opened just before `start`. */
function closing(text: string, start: number): number {
  let depth = 1;
  let at = start;
  while (depth > 0) {
    if (at >= text.length)
      throw new Error(`unroll: the loop that opens at character ${start} is never closed`);
    if (text[at] === "{") depth++;
    if (text[at] === "}") depth--;
    at++;
  }
  return at - 1;
}

function extentsOf(
  type: string,
  sizes: Record<string, number>,
): { type: string; extents: number[] } | undefined {
  const array = /^array<(.*), (\w+)>$/.exec(type);
  if (!array) return { type, extents: [] };
  const inner = extentsOf(array[1]!, sizes);
  const extent = sizes[array[2]!];
  return inner && extent !== undefined
    ? { type: inner.type, extents: [extent, ...inner.extents] }
    : undefined;
}

function indices(extents: number[]): number[][] {
  return extents.reduce<number[][]>(
    (all, n) => all.flatMap((index) => Array.from({ length: n }, (_, i) => [...index, i])),
    [[]],
  );
}
