/** A profile for people, as aligned columns. */
import { planText } from "../experiment/profile-plan";
import type { Measured } from "../experiment/profile-run";
import type { TunedProduct } from "../experiment/tune";
import type { AdapterFacts } from "../gpu/device";
import { formatBytes } from "../gpu/memory";
import { kernelName } from "../gpu/profile-row";
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
    ["Step", planText(plan)],
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
      `${"batch" in plan ? `${grouped((1e3 * plan.batch) / step.ms)} samples/s, ` : ""}${figures(flops / step.ms / 1e6)} GFLOP/s`,
    ],
  ];
  return [table(facts2), table([head, ...body], [1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14]), table(whole)].join(
    "\n",
  );
}

/** GFLOP/s by product and tile: in brackets the usual one, with a star the one taken. */
export function tunedText(tuned: readonly TunedProduct[]): string {
  const names = [...new Set(tuned.flatMap(({ tried }) => tried.map(({ name }) => name)))];
  const rows = tuned.map(({ product, shape, tried, usual, taken }) => [
    product,
    `${shape.batch} × ${shape.pre} × ${shape.post}`,
    ...names.map((name) => {
      const one = tried.find((other) => other.name === name);
      if (!one) return "";
      const speed = one.sameBits ? figures(one.gflops) : "other bits";
      return `${name === usual ? `(${speed})` : speed}${name === taken ? "*" : ""}`;
    }),
  ]);
  const head = ["product", "batch × pre × post", ...names];
  return `${table(
    [head, ...rows],
    names.map((_, index) => index + 2),
  )}
GFLOP/s in the median round; in brackets the usual tile, a star at the one taken: another only where it is faster beyond
doubt (bootstrap, 95 %) and writes the same bits.
`;
}

export function tunedJson({ product, shape, tried, usual, taken }: TunedProduct) {
  return {
    product,
    ...shape,
    usual,
    taken,
    tried: tried.map(({ name, ms, gflops, sameBits, toUsual }) => ({
      tile: name,
      ms,
      gflops,
      sameBits,
      toUsual: toUsual ?? null,
    })),
  };
}
