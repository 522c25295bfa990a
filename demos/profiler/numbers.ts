/** Numbers: the facts beside the pictures, where each says what it was measured by. */
import { isSpiking, planText } from "../../src/experiment/profile-plan";
import type { Measured } from "../../src/experiment/profile-run";
import type { AdapterFacts } from "../../src/gpu/device";
import { formatBytes } from "../../src/gpu/memory";
import type { Profile } from "../../src/gpu/profiler";
import type { Cuts } from "../../src/net/tiles";
import { count, percent, rough } from "../../src/view/format";
import { time } from "./times";

/** How the clock was worked around. */
export function clockText({ clock, quantumMs, rows }: Profile): string {
  const least = Math.min(...rows.map(({ repeats, ms }) => repeats * ms));
  const steps =
    quantumMs === undefined
      ? "were all the same here"
      : `were seen to move in steps of ${time(quantumMs)} here`;
  const repeated =
    quantumMs === undefined
      ? `Each kernel was repeated within its pass for at least ${time(least)}.`
      : `So that such a step matters little, each kernel was repeated within its pass for at least ${time(least)}, of which a step is ${share(quantumMs / least)}.`;
  return clock === "timestamps"
    ? `The GPU’s timestamps, which Chrome coarsens to about 100\u202fµs unless started with a flag; they ${steps}. ${repeated}`
    : `The host’s clock around submits, as this device has no timestamp queries: short kernels look slower than they are. Its readings ${steps}. ${repeated}`;
}

const share = (fraction: number) => (fraction < 5e-4 ? "less than 0.1\u202f%" : percent(fraction));

const sizeOf = ({ plan, timeSteps }: Measured): string =>
  isSpiking(plan) ? `${planText(plan)}: a step here is ${count(timeSteps)} steps of time` : planText(plan);

export function factsOf(
  { name, software }: AdapterFacts,
  measured: Measured & { readonly cuts: Cuts },
): Record<string, string> {
  const { peaks, profile, plan, counted } = measured;
  const { step, sum, rows } = profile;
  const flops = rows.reduce((all, row) => all + row.calls * row.flops, 0);
  const { overhead } = profile;
  return {
    Measured: `${sizeOf(measured)}${measured.cuts.size > 0 ? "; products in tuned tiles" : ""}`,
    Adapter: software ? `${name}: a program that plays a GPU, so the usual network is a small one` : name,
    "Timed by": clockText(profile),
    "Sum of kernels": `${time(sum)}${counted ? `, ${rough(flops / 1e6)} MFLOP` : ""}`,
    "Whole step": `${time(step.ms)} ± ${percent(step.spread / 2 / step.ms)}, by the host’s clock, ${count(step.count)} to a submit`,
    Overhead:
      overhead >= 0
        ? `${percent(overhead)} of the whole step is not the kernels’: encoding, starting and waiting`
        : `none: the whole step takes ${percent(-overhead)} less than its kernels apart, as data stay in caches or kernels overlap`,
    "Of it encoding": `${time(step.encodeMs)}${step.gpuMs === undefined ? "" : `; on the GPU ${time(step.gpuMs)}`}`,
    ...(isSpiking(plan)
      ? {}
      : {
          Speed: `${count((1e3 * plan.batch) / step.ms)} samples/s, ${rough(flops / step.ms / 1e6)} GFLOP/s`,
        }),
    "Peak of arithmetic": `${rough(peaks.fma)} GFLOP/s in chained multiply-adds${peaks.product === undefined ? "" : `, ${rough(peaks.product)} in this engine’s own large product`}`,
    "Peak of memory": `${rough(peaks.copy)} GB/s, reading and writing ${formatBytes(peaks.copyBytes)}`,
    "An empty dispatch": time(peaks.dispatch / 1e3),
  };
}
