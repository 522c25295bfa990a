/** Scoreboard: the table that cells make, one row for each rule's set-up. Means and deviations are over the seeds. */
import type { AuditSummary } from "../audit/report";
import { auditRule } from "./audit";
import { type Cell, type Column, fewPerClass, type Setup } from "./cell";
import { type Cost, costOf } from "./cost";
import { type Disturbance, disturbances } from "./disturb";
import { findRule } from "./rules";

/** A mean over seeds, and the standard deviation where there are several. */
export interface Spread {
  readonly mean: number;
  readonly deviation: number | null;
  readonly seeds: number;
}

/** The first test at or above a mark. */
export interface Reached {
  readonly samples: Spread;
  readonly seconds: Spread;
}

export const marks = [0.9, 0.95, 0.97] as const;

export interface Row {
  readonly name: string;
  readonly rule: string;
  readonly title: string;
  readonly setup: Setup;
  readonly adapters: readonly string[];
  /** Share of test samples after the last epoch. */
  readonly accuracy: Spread | null;
  readonly best: Spread | null;
  /** By `marks`; null where no seed came so far. `seeds` says how many did. */
  readonly reached: readonly (Reached | null)[];
  readonly samplesPerSecond: Spread | null;
  readonly cost: Cost;
  /** Estimated joules of the whole training, and watts at the measured speed. */
  readonly energyInAll: number;
  readonly watts: number | null;
  readonly audit: AuditSummary;
  /** By `fewPerClass`. */
  readonly few: readonly (Spread | null)[];
  readonly online: (Spread & { readonly samples: number }) | null;
  readonly robust: Readonly<Record<Disturbance, Spread | null>>;
  /** What failed, a sentence each, with its seed and column. */
  readonly failures: readonly string[];
}

/** @returns null for no values */
export function spread(values: readonly number[]): Spread | null {
  if (values.length === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : null;
  return { mean, deviation, seeds: values.length };
}

/** One row for each name among the cells, best first. */
export function scoreboard(cells: readonly Cell[]): Row[] {
  const names = [...new Set(cells.map(({ name }) => name))];
  return names
    .map((name) => rowOf(cells.filter((cell) => cell.name === name)))
    .sort((a, b) => (b.accuracy?.mean ?? -1) - (a.accuracy?.mean ?? -1) || a.name.localeCompare(b.name));
}

function rowOf(cells: readonly Cell[]): Row {
  const of = <Of extends Column>(column: Of) =>
    cells.flatMap((cell) => {
      if (cell.column !== column || cell.result === undefined) return [];
      return [cell.result as NonNullable<Extract<Cell, { column: Of }>["result"]>];
    });
  const { limit: _, ...setup } = (cells.find(({ column }) => column === "accuracy") ?? cells[0]!).setup;
  const learned = of("accuracy");
  const online = of("online");
  const speeds = learned.map(({ curve }) => curve.at(-1)!.samples / curve.at(-1)!.seconds);
  const cost = told("cost", setup, costOf);
  const samplesPerSecond = spread(speeds);
  const stream = spread(online.map(({ accuracy }) => accuracy));
  return {
    name: setup.name,
    rule: setup.rule,
    title: findRule(setup.rule).title,
    setup,
    adapters: [...new Set(cells.map(({ adapter }) => adapter).filter(Boolean))],
    accuracy: spread(learned.map(({ final }) => final)),
    best: spread(learned.map(({ best }) => best)),
    reached: marks.map((mark) => {
      const first = learned.flatMap(({ curve }) => curve.find(({ accuracy }) => accuracy >= mark) ?? []);
      const [samples, seconds] = [
        spread(first.map((one) => one.samples)),
        spread(first.map((one) => one.seconds)),
      ];
      return samples && seconds && { samples, seconds };
    }),
    samplesPerSecond,
    cost,
    energyInAll: cost.energy.total * setup.epochs * setup.train,
    watts: samplesPerSecond && cost.energy.total * samplesPerSecond.mean,
    audit: told("audit", setup, ({ rule, ...options }) => auditRule(rule, options).summary),
    few: fewPerClass.map((perClass) =>
      spread(of("few").flatMap((few) => few.find((one) => one.perClass === perClass)?.accuracy ?? [])),
    ),
    online: stream && { ...stream, samples: online[0]!.samples },
    robust: Object.fromEntries(
      disturbances.map((how) => [how, spread(of("robust").map((scores) => scores[how]))]),
    ) as Row["robust"],
    failures: failuresOf(cells),
  };
}

function failuresOf(cells: readonly Cell[]): string[] {
  return cells.flatMap((cell) => {
    const where = `seed ${cell.seed}, ${cell.column}`;
    if (cell.failed !== undefined) return [`${where}: ${cell.failed}`];
    if (cell.column !== "few") return [];
    const lost = cell.result?.filter(({ accuracy }) => accuracy === null) ?? [];
    return lost.map(({ perClass }) => `${where}: diverged on ${perClass} a class`);
  });
}

/** What a schedule tells of a set-up. It takes a moment where neurons settle long, and tables are written often. */
function told<Told>(
  what: string,
  { rule, layers, batch, activation, output, optimizer, options }: Setup,
  derive: (options: Parameters<typeof costOf>[0]) => Told,
): Told {
  const asked = { rule, layers, batch, activation, output, optimizer, options };
  const key = `${what} ${JSON.stringify(asked)}`;
  if (!derived.has(key)) derived.set(key, derive(asked));
  return derived.get(key) as Told;
}

const derived = new Map<string, unknown>();
