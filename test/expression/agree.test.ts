/** The WGSL that is written and the evaluator in float64 agree: on random rules and points, within what f32 can hold. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { ExpressionError } from "../../src/expression/error";
import { evaluate, evaluateRule } from "../../src/expression/evaluate";
import { functions } from "../../src/expression/functions";
import { parseRule, seenList } from "../../src/expression/rule";
import { changeArguments, changeWgsl } from "../../src/expression/rule-wgsl";
import type { RuleProgram } from "../../src/expression/syntax";
import { testDevice } from "../support/device";
import { type Bounded, bounded } from "../support/error-bound";
import { uniform } from "../support/random";

const points = 16;
const names = [...seenList, "gain"];

/** Random texts of the whole language: every operator, every function, lets and a parameter. */
const { numeric, truth } = fc.letrec<{ numeric: string; truth: string }>((tie) => {
  const [n, t] = [tie("numeric"), tie("truth")];
  const call = fc
    .constantFrom(...Object.entries(functions))
    .chain(([name, { least }]) =>
      fc.array(n, { minLength: least, maxLength: least }).map((all) => `${name}(${all.join(", ")})`),
    );
  const pair = (operators: readonly string[], of: fc.Arbitrary<string>) =>
    fc.tuple(of, fc.constantFrom(...operators), of).map(([a, operator, b]) => `${a} ${operator} ${b}`);
  return {
    numeric: fc.oneof(
      { maxDepth: 4, depthIdentifier: "rule" },
      fc.constantFrom(...names, "y"),
      fc.constantFrom("0.5", "1", "2", "3", "1.7", "0.1"),
      pair(["+", "-", "*", "/"], n),
      n.map((a) => `(${a})`),
      n.map((a) => `-${a}`),
      call,
      fc
        .tuple(n, fc.constantFrom("2", "3", "-1", "-2", "0", "1", "5", "0.5", "1.5", "w"))
        .map(([a, b]) => `(${a})^${b}`),
      fc.tuple(t, n, n).map(([c, a, b]) => `where(${c}, ${a}, ${b})`),
      fc.tuple(t, n, n).map(([c, a, b]) => `((${c}) ? ${a} : ${b})`),
    ),
    truth: fc.oneof(
      { maxDepth: 4, depthIdentifier: "rule" },
      pair(["<", "<=", ">", ">=", "==", "!="], n),
      pair(
        ["&&", "||", "and", "or"],
        t.map((a) => `(${a})`),
      ),
      t.map((a) => `!(${a})`),
    ),
  };
});

const texts = fc
  .tuple(numeric, numeric, truth)
  .map(
    ([y, change, when]) =>
      `param gain = 0.7\nlet y = ${y.replace(/\by\b/g, "post")}\ndw = where(${when}, ${change}, y)`,
  );

/** All rules in one kernel, each at every point: [rules, points]. */
async function onGpu(programs: readonly RuleProgram[], seen: Float32Array): Promise<Float32Array> {
  const { gpu } = await testDevice();
  const functionsText = programs.map((program, k) =>
    changeWgsl(program).replace(/\b(change|power\d+)\(/g, `$1_${k}(`),
  );
  const calls = programs.map((program, k) => {
    const all = changeArguments(program).map(
      (name) => `seen[at * ${names.length}u + ${names.indexOf(name)}u]`,
    );
    return `result[${k}u * ${points}u + at] = change_${k}(${all.join(", ")});`;
  });
  const code = `${functionsText.join("\n")}
@group(0) @binding(0) var<storage, read> seen: array<f32>;
@group(0) @binding(1) var<storage, read_write> result: array<f32>;
@compute @workgroup_size(${points}) fn main(@builtin(local_invocation_index) at: u32) {
${calls.join("\n")}
}`;
  const bound = (binding: number, type: GPUBufferBindingType) => ({
    binding,
    visibility: GPUShaderStage.COMPUTE,
    buffer: { type },
  });
  const layout = gpu.createBindGroupLayout({ entries: [bound(0, "read-only-storage"), bound(1, "storage")] });
  const pipeline = await gpu.createComputePipelineAsync({
    layout: gpu.createPipelineLayout({ bindGroupLayouts: [layout] }),
    compute: { module: gpu.createShaderModule({ code }), entryPoint: "main" },
  });
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const input = gpu.createBuffer({ size: seen.byteLength, usage });
  const result = gpu.createBuffer({ size: 4 * points * programs.length, usage });
  gpu.queue.writeBuffer(input, 0, seen as Float32Array<ArrayBuffer>);
  const entries = [input, result].map((buffer, binding) => ({ binding, resource: { buffer } }));
  const encoder = gpu.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, gpu.createBindGroup({ layout, entries }));
  pass.dispatchWorkgroups(1);
  pass.end();
  gpu.queue.submit([encoder.finish()]);
  const values = new Float32Array(await (await testDevice()).readBuffer(result));
  for (const buffer of [input, result]) buffer.destroy();
  return values;
}

function taken(text: string): RuleProgram | undefined {
  try {
    return parseRule(text);
  } catch (error) {
    expect(error, text).toBeInstanceOf(ExpressionError); // a constant that f32 can't hold, or too deep
    return undefined;
  }
}

it("on 180 random rules at 16 points each", async () => {
  const seen = uniform(points * names.length, 3, 2);
  const tally = { compared: 0, left: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(texts, { minLength: 6, maxLength: 6 }), async (all) => {
      const programs = all.flatMap((text) => taken(text) ?? []);
      const results = await onGpu(programs, seen);
      for (const [k, program] of programs.entries())
        for (let at = 0; at < points; at++) {
          const own = names.map((name, i) => [name, seen[at * names.length + i]!] as const);
          const values = new Map<string, Bounded>(own.map(([name, value]) => [name, { value, error: 0 }]));
          for (const { name, value } of program.lets)
            values.set(
              name,
              bounded(value, values) ?? { value: Number.NaN, error: Number.POSITIVE_INFINITY },
            );
          const expected = bounded(program.change, values);
          const exact = evaluateRule(program, new Map(own));
          if (expected === undefined || !Number.isFinite(expected.value + expected.error)) {
            tally.left++;
            continue;
          }
          expect(expected.value, program.text).toBe(exact);
          const off = Math.abs(results[k * points + at]! - exact);
          const where = `${program.text}\nat ${JSON.stringify(Object.fromEntries(own))}: ${results[k * points + at]}, not ${exact}`;
          expect(off <= 4 * expected.error + 1e-6 * Math.abs(exact), where).toBe(true);
          tally.compared++;
        }
    }),
    { numRuns: 30, seed: 11, endOnFailure: true },
  );
  expect(tally.compared).toBeGreaterThan(1500);
  expect(tally.compared).toBeGreaterThan(tally.left);
});

it.each([
  ["1 + 2 * 3 ^ 2", 19],
  ["-2 ^ 2", -4],
  ["2 ^ 3 ^ 2", 512],
  ["2 ^ -1", 0.5],
  ["(-2) ^ 3", -8],
  ["7 - 4 - 2", 1],
  ["8 / 4 / 2", 1],
  ["1 < 2 and not 2 > 3 ? 5 : 6", 5],
  ["1 > 2 ? 1 : 3 > 2 ? 2 : 3", 2],
  ["where(1 == 1 || 1 / 2 > 1, 1, 2)", 1],
  ["step(0) + step(1e-9) + sign(-3) + relu(-1)", 0],
  ["clamp(5, 0, 2) + min(3, 1, 2) * max(1, 4)", 6],
  ["log(-1) - log(1e-30) + sqrt(-4)", 0],
  ["sigmoid(0) + tanh(0) + exp(0) + abs(-1)", 2.5],
])("%s is %d", (text, value) => {
  expect(evaluate(parseRule(text).change, new Map())).toBeCloseTo(value, 12);
});
