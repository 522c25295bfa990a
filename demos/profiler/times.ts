/** Times and sizes for people. */
import { rough } from "../../src/view/format";

/** 1.24 s, 3.1 ms, 42 µs, 0.5 µs, 1 ns. */
export function time(ms: number): string {
  if (ms === 0) return "0";
  if (Math.abs(ms) >= 1000) return `${rough(ms / 1e3)}\u202fs`;
  if (Math.abs(ms) >= 1) return `${rough(ms)}\u202fms`;
  return Math.abs(ms) >= 1e-4 ? `${rough(1e3 * ms)}\u202fµs` : `${rough(1e6 * ms)}\u202fns`;
}

/** Three figures, where zeros would not hide them. */
export const speed = (value: number): string => (value > 0 && value < 0.001 ? "< 0.001" : rough(value));

const steps = ["", "k", "M", "G", "T"];

/** 52.4 M, 1.2 G: thousands, with three figures. */
export function scaled(value: number): string {
  const power = Math.max(0, Math.min(steps.length - 1, Math.floor(Math.log10(Math.max(1, value)) / 3)));
  return `${rough(value / 1e3 ** power)}${power > 0 ? `\u202f${steps[power]}` : ""}`;
}
