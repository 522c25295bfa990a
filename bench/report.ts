/** What the benchmark prints and keeps: Markdown tables, in one section for each place that was measured. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { dirname, join } from "node:path";
import type { Outcome } from "./step/contest";
import { batch, type Problem } from "./step/problem";
import type { Spread } from "./step/statistics";

export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

const digits = (value: number) =>
  value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : value.toFixed(0);
const shown = ({ median, min, max }: Spread) => `**${digits(median)}** (${digits(min)}–${digits(max)})`;

/** Times are of a whole training step; a ratio is the median of the rounds' own, with their extremes. */
export function contestTable(results: readonly (readonly [Problem, Outcome])[]): string {
  const rows = results.flatMap(([problem, { standings, absent }]) => [
    ...standings.map(({ name, losses, steps, wall, cpu }, place) => [
      `${problem.name} ${problem.layers.join("-")}`,
      name,
      shown(wall.msPerStep),
      digits(problem.megaflop / wall.msPerStep.median),
      place === 0 ? "1" : shown(wall.ratio),
      cpu ? shown(cpu.msPerStep) : "–",
      cpu && place > 0 ? shown(cpu.ratio) : place === 0 ? "1" : "–",
      losses.map((loss) => loss.toFixed(6)).join(", "),
      String(steps),
    ]),
    ...absent.map(({ name, why }) => [
      problem.name,
      name,
      `does not run here: ${why}`,
      "",
      "",
      "",
      "",
      "",
      "",
    ]),
  ]);
  const times = ["ms a step", "GFLOP/s", "× Engram's", "CPU ms a step", "× Engram's"];
  const head = ["network", "library", ...times, "losses at steps 0, 10, 19", "steps a turn"];
  const how = results[0]![1].standings.map(({ name, driven }) => `- ${name}: ${driven}.`);
  const legend = `Batch ${batch}, plain SGD, f32; medians, in brackets the extremes. CPU ms are of all processors together.`;
  return [legend, "", tableOf(head, rows), "", ...how].join("\n");
}

/** When, where and from what a measurement was taken; made before it, finished after it. */
export function circumstances(root: string, command: string, adapter: string): () => string {
  const before = loadavg()[0]!;
  return () => {
    const date = new Date().toISOString().slice(0, 16).replace("T", " ");
    const load = `load average ${before.toFixed(1)} before and ${loadavg()[0]!.toFixed(1)} after, on ${cpus().length} cores`;
    return `\`${command}\` · commit ${commit(root)} · ${adapter} · ${date} UTC · ${load}`;
  };
}

export function commit(root: string): string {
  try {
    const git = (...args: string[]) =>
      execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
    return (
      git("rev-parse", "--short", "HEAD") +
      (git("status", "--porcelain", "src", "shaders") ? " with changes" : "")
    );
  } catch {
    return "unknown";
  }
}

/** Puts a section into a file of results, in place of an older one with the same heading, and prints it. */
export function keep(file: string, title: string, heading: string, text: string): void {
  const section = `## ${heading}\n\n${text}\n`;
  console.log(`\n${section}`);
  const path = join(import.meta.dirname, "results", file);
  const old = existsSync(path)
    ? readFileSync(path, "utf8")
        .split(/^(?=## )/m)
        .slice(1)
    : [];
  const at = old.findIndex((other) => other.startsWith(`## ${heading}\n`));
  if (at >= 0) old[at] = section;
  else old.push(section);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `# ${title}\n\n${old.map((part) => part.trim()).join("\n\n")}\n`);
}
