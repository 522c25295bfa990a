/** Oracle: the text of the files that each test makes up. */
import { describe, expect, it } from "vitest";
import { parseBindings } from "../../src/gpu/kernel";
import { describeMessages, linkShader } from "../../src/gpu/shader";
import { unroll } from "../../src/gpu/unroll";

const files = {
  "kernel/a": "#import lib/b\n#import lib/c\nfn main() {}",
  "lib/b": "#import lib/c\nconst B = 1;",
  "lib/c": "const C = 2;",
  "kernel/slot": "// head\n#import RULE\nfn main() {}",
  "kernel/lost": "// head\n#import lib/nowhere",
};

describe("linking", () => {
  it("takes each file in once, before what needs it, and remembers where lines came from", () => {
    const { code, origin } = linkShader("kernel/a", {}, files);
    expect(code).toBe("const C = 2;\nconst B = 1;\nfn main() {}");
    expect(origin).toEqual([
      { file: "shaders/lib/c.wgsl", line: 1 },
      { file: "shaders/lib/b.wgsl", line: 2 },
      { file: "shaders/kernel/a.wgsl", line: 3 },
    ]);
  });

  it("names file and line of an unknown import", () => {
    expect(() => linkShader("kernel/lost", {}, files)).toThrow(
      /shaders\/kernel\/lost\.wgsl:2 imports "lib\/nowhere".*shaders\/lib\/nowhere\.wgsl/,
    );
    expect(() => linkShader("kernel/none", {}, files)).toThrow(/"kernel\/none"/);
  });

  it("fills slots with a file or with text, and says which is empty", () => {
    expect(linkShader("kernel/slot", { RULE: "lib/c" }, files).code).toBe(
      "// head\nconst C = 2;\nfn main() {}",
    );
    const text = linkShader("kernel/slot", { RULE: { name: "made up", text: "const D = 3;" } }, files);
    expect(text.code).toContain("const D = 3;");
    expect(text.origin[1]).toEqual({ file: "<made up>", line: 1 });
    expect(() => linkShader("kernel/slot", {}, files)).toThrow(
      "shaders/kernel/slot.wgsl:2 has the slot RULE",
    );
    expect(() => linkShader("kernel/slot", { RULE: "lib/x" }, files)).toThrow(
      /shaders\/kernel\/slot\.wgsl:2 \(slot RULE\) imports "lib\/x"/,
    );
  });

  it("puts a compiler's messages where their text was written", () => {
    const message = { lineNum: 2, linePos: 7, message: "what is B?", type: "error" } as GPUCompilationMessage;
    expect(describeMessages(linkShader("kernel/a", {}, files), [message])).toBe(
      "shaders/lib/b.wgsl:2:7 what is B?\n    const B = 1;",
    );
  });
});

describe("bindings", () => {
  const shader = (code: string) => ({ name: "kernel/x", code, origin: [] });

  it("are read from the WGSL, comments left out", () => {
    const code = `@group(0) @binding(2) var<storage, read> x: array<f32>;
      // @group(0) @binding(2) var<storage, read> old: array<f32>;
      @group(0) @binding(0) var<storage, read_write> y: array<f32>;
      @group(1) @binding(0) var<uniform> turn: vec4u;`;
    expect(parseBindings(shader(code))).toEqual([
      { name: "x", group: 0, binding: 2, type: "read-only-storage" },
      { name: "y", group: 0, binding: 0, type: "storage" },
      { name: "turn", group: 1, binding: 0, type: "uniform" },
    ]);
  });

  it("refuse a number used twice, with both names", () => {
    const twice = `@group(0) @binding(1) var<storage> left: array<f32>;
      @group(0) @binding(1) var<storage> right: array<f32>;`;
    expect(() => parseBindings(shader(twice))).toThrow(
      /kernel\/x: "left" and "right" are both at @group\(0\) @binding\(1\)/,
    );
  });
});

describe("unrolling", () => {
  /** Runs the loops' statements as JavaScript, since both write them alike. */
  const result = (body: string, names: string) =>
    new Function(
      `const ROWS = 3, COLS = 2; let log = []; ${body.replace(/(\d)u\b/g, "$1")}; return ${names};`,
    )();

  it("writes loops over sizes out, in the same order, and leaves others", () => {
    const loops = `for (var k = 0u; k < N; k++) {
      for (var r = 0u; r < ROWS; r++) { // rows
        for (var c = 0u; c < COLS; c++) { log.push(k * 100u + r * 10u + c); }
        if (r < 2u) { log.push(r); }
      }
    }`;
    const out = unroll(loops, { ROWS: 3, COLS: 2 });
    expect(out).toContain("k < N; k++");
    expect(out).not.toMatch(/ROWS|COLS|rows/);
    expect(result(`const N = 2; ${out}`, "log")).toEqual(
      result(`const N = 2; ${loops.replace("// rows", "")}`, "log"),
    );
  });

  it("makes variables of arrays whose extents are sizes, and keeps other arrays", () => {
    const text = `var sum: array<array<vec4f, COLS>, ROWS>;
var other: array<f32, N>;
for (var r = 0u; r < ROWS; r++) { for (var c = 0u; c < COLS; c++) { sum[r][c] = f(other[r]); } }`;
    const out = unroll(text, { ROWS: 2, COLS: 1 });
    expect(out).toContain("var sum_0_0: vec4f;\nvar sum_1_0: vec4f;");
    expect(out).toContain("sum_1_0 = f(other[1u]);");
    expect(out).toContain("var other: array<f32, N>;");
    expect(out).not.toContain("sum[");
  });

  it("refuses a loop that never closes", () => {
    expect(() => unroll("for (var r = 0u; r < ROWS; r++) { {", { ROWS: 1 })).toThrow("never closed");
  });
});
