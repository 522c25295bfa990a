/** A profile for people, as aligned columns, and for programs, as one object. */
import type { AdapterFacts } from "../gpu/device";
import { formatBytes } from "../gpu/memory";
import type { ProfileRow } from "../gpu/profiler";
import type { Measured } from "./profile";
import { grouped, table } from "./text";

const clocks = {
  timestamps: "the GPU's timestamps",
  wall: "the host's clock around submits: this device has no timestamps, so short kernels look slower than they are",
};

/** Three figures, without an exponent: 1224, 52.4, 0.0128. */
function figures(value: number): string {
  if (value === 0) return "0";
  return Math.abs(value) >= 100 ? grouped(value) : String(Number(value.toPrecision(3)));
}

const share = (value: number): string => `${(100 * value).toFixed(1)} %`;

/** The record's shaders, the second without the folder that it shares with the first: `dense/project-quad + sum`. */
function kernelName({ shaders: [first = "", ...rest] }: ProfileRow): string {
  const folder = first.slice(0, first.lastIndexOf("/") + 1);
  return [first, ...rest.map((shader) => shader.replace(folder, ""))].join(" + ");
}

export function profileText(facts: AdapterFacts, { plan, peaks, profile, compileMs }: Measured): string {
  const { rows, step, sum } = profile;
  const head = [
    "kernel",
    "layer",
    "phase",
    "calls",
    "ms",
    "±",
    "least",
    "share",
    "MFLOP",
    "bytes",
    "GFLOP/s",
    "GB/s",
    "% of peak",
    "bound by",
    "compile",
  ];
  const body = rows.map((row) => [
    kernelName(row),
    String(row.layer),
    row.phase,
    String(row.calls),
    figures(row.ms),
    share(row.spread / 2 / row.ms),
    figures(row.least),
    share(row.share),
    figures(row.flops / 1e6),
    formatBytes(row.bytes),
    figures(row.gflops),
    figures(row.gbytes),
    share(row.ofPeak ?? 0),
    row.roof ?? "",
    `${figures(Math.round((compileMs.get(row.record) ?? 0) + Math.max(0, row.firstMs - row.ms)))} ms`,
  ]);
  const product = peaks.product === undefined ? [] : [["Own product", `${figures(peaks.product)} GFLOP/s`]];
  const facts2 = [
    ["Adapter", facts.name],
    ["Step", `${plan.rule}, ${plan.layers.join("-")}, batch ${plan.batch}, ${plan.optimizer}`],
    ["Timed by", clocks[profile.clock]],
    ["Multiply-add", `${figures(peaks.fma)} GFLOP/s in registers`],
    ...product,
    ["Copy", `${figures(peaks.copy)} GB/s, read and written, of ${formatBytes(peaks.copyBytes)}`],
    ["Dispatch", `${figures(peaks.dispatch)} µs, empty`],
  ];
  const flops = rows.reduce((all, row) => all + row.calls * row.flops, 0);
  const whole = [
    ["Sum of kernels", `${figures(sum)} ms, ${figures(flops / 1e6)} MFLOP`],
    [
      "Whole step",
      `${figures(step.ms)} ms ± ${share(step.spread / 2 / step.ms)}, ${step.count} to a submit: ${share(profile.overhead)} beyond the kernels, encoding ${figures(step.encodeMs)} ms${step.gpuMs === undefined ? "" : `, on the GPU ${figures(step.gpuMs)} ms`}`,
    ],
    [
      "Speed",
      `${grouped((1e3 * plan.batch) / step.ms)} samples/s, ${figures(flops / step.ms / 1e6)} GFLOP/s`,
    ],
  ];
  return [table(facts2), table([head, ...body], [1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14]), table(whole)].join(
    "\n",
  );
}

/** ms, µs for the empty dispatch, GFLOP/s and GB/s; shares are fractions. */
export function profileJson(facts: AdapterFacts, { plan, peaks, profile, compileMs }: Measured) {
  const { rule, layers, batch, optimizer } = plan;
  const { step, sum, overhead, clock, rows } = profile;
  const { fma, product, copy, copyBytes, dispatch } = peaks;
  return {
    adapter: facts,
    rule,
    layers,
    batch,
    optimizer,
    clock,
    peaks: { fma, product: product ?? null, copy, copyBytes, dispatchUs: dispatch },
    kernels: rows.map((row) => ({
      kernel: row.record.kernel,
      shaders: row.shaders,
      verb: row.verb,
      layer: row.layer,
      phase: row.phase,
      calls: row.calls,
      ms: row.ms,
      least: row.least,
      spread: row.spread,
      share: row.share,
      flops: row.flops,
      bytes: row.bytes,
      gflops: row.gflops,
      gbytes: row.gbytes,
      ofPeak: row.ofPeak ?? null,
      boundBy: row.roof ?? null,
      compileMs: compileMs.get(row.record) ?? null,
      firstMs: row.firstMs,
    })),
    step: {
      ms: step.ms,
      least: step.least,
      spread: step.spread,
      sumOfKernels: sum,
      overhead,
      encodeMs: step.encodeMs,
      gpuMs: step.gpuMs ?? null,
      stepsPerSubmit: step.count,
      samplesPerSecond: (1e3 * batch) / step.ms,
    },
  };
}
