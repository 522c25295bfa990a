/** The scoreboard as text: JSON and CSV for programs, Markdown for people. */
import { renameSync, writeFileSync } from "node:fs";
import { fewPerClass } from "../experiment/cell";
import { brainWatts, energyConstants } from "../experiment/cost";
import { disturbance, disturbances } from "../experiment/disturb";
import { marks, type Row, type Spread } from "../experiment/scoreboard";
import { formatBytes } from "../gpu/memory";
import type { Task } from "../task/task";
import { type Ending, tablesOf } from "./journal";
import { setUp } from "./presets";
import { grouped } from "./text";

type About = Pick<Task, "name" | "title">;

const energyNote = `Energy is estimated, not measured: each synaptic operation multiplies, adds and takes two operands from SRAM, each other value takes an addition and one operand, and each field that a step touches travels once from or to DRAM, shared by the batch. ${energyConstants.about} (${energyConstants.source}). A human brain draws about ${brainWatts} W.`;

/** What the columns mean, and the conditions that hold for all rows. */
function notes(rows: readonly Row[]): string[] {
  const online = [...new Set(rows.flatMap((row) => (row.online ? [grouped(row.online.samples)] : [])))];
  return [
    "Accuracy: share of test samples right after the last epoch; mean ± standard deviation over seeds. Samples and seconds to a mark are those of the first test at or above it: tests are made after 1/16, 1/8, 1/4 and 1/2 epoch and after each epoch; seconds are of training alone. Where not all seeds reached it, their number is in brackets.",
    "Few examples: trained anew on so many labelled samples of each class and nothing else, a balanced seeded choice, for a tenth of the preset's steps, at least 100.",
    `Online: batch 1, one pass over ${online.join(" or ") || "some"} training samples, with the preset's rates divided by its batch (under Adam by its root).`,
    `Disturbed test images, never trained on: shifted by ${disturbance.shiftPixels} pixels in one of eight directions, rotated by ±${disturbance.rotateDegrees}°, or with noise of σ ${disturbance.noise}.`,
    "Forward-equivalents: floating-point operations of a training step over those of one trip of activity through the network; synaptic operations: how often a synapse is used. Both are counted from the rule's schedule, per sample.",
    energyNote,
    "The audit is derived from each rule's schedule with its preset: engram audit tells more.",
  ];
}

export function scoreboardJson(task: About, rows: readonly Row[]) {
  return {
    task: task.name,
    marks,
    fewPerClass,
    disturbance,
    energy: energyConstants,
    brainWatts,
    notes: notes(rows),
    rows,
  };
}

const share = (value: Spread | null, digits = 2): string => {
  if (!value) return "–";
  const mean = (100 * value.mean).toFixed(digits);
  return value.deviation === null ? mean : `${mean} ± ${(100 * value.deviation).toFixed(digits)}`;
};
const short = (value: number): string => String(Number(value.toPrecision(3)));
const joules = (value: number): string => {
  const units = ["J", "mJ", "µJ", "nJ", "pJ"];
  const power = value > 0 ? Math.min(4, Math.max(0, Math.ceil(-Math.log10(value) / 3))) : 0;
  return `${short(value * 1000 ** power)} ${units[power]}`;
};

/** Several tables, as no page is wide enough for one. */
export function markdown(task: About, rows: readonly Row[]): string {
  const section = (
    title: string,
    head: readonly string[],
    cells: (row: Row) => readonly string[],
    rule = "---:",
  ) =>
    [
      `## ${title}`,
      "",
      line(["rule", ...head]),
      line(["---", ...head.map(() => rule)]),
      ...rows.map((row) => line([row.name, ...cells(row)])),
      "",
    ].join("\n");
  const percents = marks.map((mark) => `${100 * mark} %`);
  const failures = rows.flatMap(({ name, failures: all }) => all.map((one) => `- ${name}, ${one}`));
  return [
    `# Scoreboard: ${task.title}`,
    "",
    section(
      "Learning",
      ["accuracy %", "seeds", "best %", ...percents.map((mark) => `to ${mark}`), "samples/s"],
      (row) => [
        share(row.accuracy),
        String(row.accuracy?.seeds ?? 0),
        share(row.best),
        ...row.reached.map((one) => reachedText(one, row.accuracy?.seeds ?? 0)),
        row.samplesPerSecond ? grouped(row.samplesPerSecond.mean) : "–",
      ],
    ),
    section(
      "Few examples, one at a time, and disturbed images (test accuracy %)",
      [...fewPerClass.map((count) => `${count} a class`), "online", ...disturbances],
      (row) => [
        ...row.few.map((one) => share(one, 1)),
        share(row.online, 1),
        ...disturbances.map((how) => share(row.robust[how], 1)),
      ],
    ),
    section(
      "Cost",
      [
        "forward-equivalents",
        "synaptic operations",
        "energy a sample",
        "energy in all",
        "W at this speed",
        "weights",
        "feedback",
        "optimiser",
        "neurons",
      ],
      ({ cost, energyInAll, watts }) => [
        short(cost.forwardEquivalents),
        grouped(cost.step.synaptic),
        joules(cost.energy.total),
        joules(energyInAll),
        watts === null ? "–" : short(watts),
        ...[cost.state.weights, cost.state.feedback, cost.state.optimiser, cost.state.neurons].map(
          formatBytes,
        ),
      ],
    ),
    section(
      "What a synapse is asked",
      ["weight transport", "update locking", "locality", "teaching signal"],
      ({ audit }) => [audit.weightTransport, audit.updateLocking, audit.locality, audit.teachingSignal],
      ":---",
    ),
    section(
      "Set-ups",
      ["network and numbers", "epochs", "samples", "measured on"],
      ({ setup, adapters }) => [
        setUp(setup),
        String(setup.epochs),
        `${grouped(setup.train)} + ${grouped(setup.test)}`,
        adapters.join(", "),
      ],
      ":---",
    ),
    ...(failures.length > 0 ? ["## What failed", "", ...failures, ""] : []),
    "## How it was measured",
    "",
    ...notes(rows).map((note) => `- ${note}`),
    "",
  ].join("\n");
}

const line = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;

function reachedText(one: Row["reached"][number], seeds: number): string {
  if (!one) return "–";
  const some = one.samples.seeds < seeds ? ` (${one.samples.seeds})` : "";
  return `${grouped(one.samples.mean)} in ${short(one.seconds.mean)} s${some}`;
}

/** One row for each rule, numbers as they are; what is not there is empty. */
export function csv(rows: readonly Row[]): string {
  const flat = rows.map((row) => {
    const two = (name: string, value: Spread | null): Record<string, number | undefined> => ({
      [name]: value?.mean,
      [`${name}_sd`]: value?.deviation ?? undefined,
    });
    const { cost, audit, setup } = row;
    return {
      name: row.name,
      rule: row.rule,
      task: setup.task,
      set_up: setUp(setup),
      epochs: setup.epochs,
      train: setup.train,
      test: setup.test,
      adapters: row.adapters.join(", "),
      seeds: row.accuracy?.seeds ?? 0,
      ...two("accuracy", row.accuracy),
      ...two("best", row.best),
      ...Object.assign(
        {},
        ...marks.map((mark, index) => ({
          [`samples_to_${100 * mark}`]: row.reached[index]?.samples.mean,
          [`seconds_to_${100 * mark}`]: row.reached[index]?.seconds.mean,
          [`seeds_to_${100 * mark}`]: row.reached[index]?.samples.seeds ?? 0,
        })),
        ...fewPerClass.map((count, index) => two(`few_${count}`, row.few[index] ?? null)),
      ),
      ...two("online", row.online),
      online_samples: row.online?.samples,
      ...Object.assign({}, ...disturbances.map((how) => two(how, row.robust[how]))),
      samples_per_second: row.samplesPerSecond?.mean,
      forward_equivalents: cost.forwardEquivalents,
      flops_per_sample: cost.step.flops,
      synaptic_operations_per_sample: cost.step.synaptic,
      joules_per_sample: cost.energy.total,
      joules_in_all: row.energyInAll,
      watts: row.watts ?? undefined,
      ...Object.fromEntries(Object.entries(cost.state).map(([what, bytes]) => [`bytes_${what}`, bytes])),
      weight_transport: audit.weightTransport,
      update_locking: audit.updateLocking,
      locality: audit.locality,
      teaching_signal: audit.teachingSignal,
      failures: row.failures.join("; "),
    } as Readonly<Record<string, string | number | undefined>>;
  });
  const head = Object.keys(flat[0] ?? { name: "" });
  const quoted = (value: string | number | undefined) =>
    typeof value === "string" && /[",\n]/.test(value)
      ? `"${value.replaceAll('"', '""')}"`
      : String(value ?? "");
  return `${[head, ...flat.map((row) => head.map((name) => row[name]))].map((row) => row.map(quoted).join(",")).join("\n")}\n`;
}

const writers: Readonly<Record<Ending, (task: About, rows: readonly Row[]) => string>> = {
  ".json": (task, rows) => `${JSON.stringify(scoreboardJson(task, rows), undefined, 1)}\n`,
  ".csv": (_, rows) => csv(rows),
  ".md": markdown,
};

/** Writes the tables that FILE stands for, each beside itself first and renamed, so that none is ever half written. */
export function saveTables(out: string, task: About, rows: readonly Row[]): void {
  const { base, endings } = tablesOf(out);
  for (const ending of endings) {
    const beside = `${base}${ending}.${process.pid}.tmp`;
    writeFileSync(beside, writers[ending](task, rows));
    renameSync(beside, `${base}${ending}`);
  }
}
