/** A profile for programs: as one object, and as a table. ms, µs for the empty dispatch, GFLOP/s and GB/s; shares are fractions. */
import type { AdapterFacts } from "../gpu/device";
import { kernelName, type ProfileRow } from "../gpu/profile-row";
import { isSpiking } from "./profile-plan";
import type { Measured } from "./profile-run";

/** FLOPs and bytes are null where they don't follow from the shapes. */
function kernelJson(row: ProfileRow, { compileMs, counted }: Measured) {
  const known = <Value>(value: Value) => (counted ? value : null);
  return {
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
    flops: known(row.flops),
    bytes: known(row.bytes),
    gflops: known(row.gflops),
    gbytes: known(row.gbytes),
    ofPeak: known(row.ofPeak ?? null),
    boundBy: known(row.roof ?? null),
    compileMs: compileMs.get(row.record) ?? null,
    firstMs: row.firstMs,
    repeats: row.repeats,
    times: row.times,
  };
}

export function profileJson(facts: AdapterFacts, measured: Measured) {
  const { plan, peaks, profile, timeSteps } = measured;
  const { step, sum, overhead, clock, rows, quantumMs } = profile;
  const { fma, product, copy, copyBytes, dispatch } = peaks;
  return {
    adapter: facts,
    ...plan,
    clock,
    quantumMs: quantumMs ?? null,
    peaks: { fma, product: product ?? null, copy, copyBytes, dispatchUs: dispatch },
    kernels: rows.map((row) => kernelJson(row, measured)),
    step: {
      ms: step.ms,
      least: step.least,
      spread: step.spread,
      times: step.times,
      sumOfKernels: sum,
      overhead,
      encodeMs: step.encodeMs,
      gpuMs: step.gpuMs ?? null,
      stepsPerSubmit: step.count,
      timeSteps,
      samplesPerSecond: isSpiking(plan) ? null : (1e3 * plan.batch) / step.ms,
    },
  };
}

const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** One line a kernel, the first their names; what is not known is left empty. */
export function profileCsv(measured: Measured): string {
  const rows = measured.profile.rows.map((row) => {
    const { times: _, shaders: __, ...told } = kernelJson(row, measured);
    return { ...told, shaders: kernelName(row) };
  });
  const names = Object.keys(rows[0] ?? {});
  const lines = rows.map((row) => Object.values(row).map((value) => quoted(String(value ?? ""))));
  return `${[names, ...lines].map((cells) => cells.join(",")).join("\n")}\n`;
}
