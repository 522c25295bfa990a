/** Metrics: all that the runs have shown, as CSV for spreadsheets and as JSON that also says how it came about. */
import { findRule } from "../../src/experiment/rules";
import type { Dataset } from "../../src/task/task";
import type { Curve, Log, Scored } from "../../src/view/history";
import { optionsOf, type RunSpec } from "./spec";

/** One seed of one run. */
export interface MetricsOf {
  readonly title: string;
  readonly spec: RunSpec;
  readonly seed: number;
  /** Its name in the history. */
  readonly key: string;
}

export interface Row {
  readonly samples: number;
  readonly split: "train" | "test";
  readonly loss: number;
  readonly accuracy: number;
}

function rowsOf({ train, test }: Curve, samples: readonly number[]): Row[] {
  const rows = (split: Row["split"], scores: readonly (Scored | undefined)[]) =>
    scores.flatMap((scored, index) => (scored ? [{ samples: samples[index]!, split, ...scored }] : []));
  const all = [...rows("train", train), ...rows("test", test)];
  return all.map(({ samples: seen, split, loss, accuracy }) => ({ samples: seen, split, loss, accuracy }));
}

const columns = ["run", "rule", "seed", "samples", "epochs", "split", "loss", "accuracy"] as const;

/** One row for each bucket of samples and split; losses in nats, accuracies as fractions. */
export function metricsCsv(all: readonly MetricsOf[], history: Log, dataset: Dataset): string {
  const { samples } = history;
  const lines = all.flatMap(({ title, spec, seed, key }) =>
    rowsOf(history.curve(key), samples).map((row) =>
      [
        title,
        spec.rule,
        seed,
        row.samples,
        row.samples / dataset.train.count,
        row.split,
        row.loss,
        row.accuracy,
      ]
        .map(cell)
        .join(","),
    ),
  );
  return `${[columns.join(","), ...lines].join("\r\n")}\r\n`;
}

/** Quotes what needs it, as RFC 4180 has it. */
function cell(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** @param facts where the numbers come from: adapter, date, address */
export function metricsJson(
  all: readonly MetricsOf[],
  history: Log,
  dataset: Dataset,
  facts: Readonly<Record<string, string>>,
): string {
  const { name, title, synthetic, inputs, classes, train, test } = dataset;
  const { samples } = history;
  const runs = all.map(({ title: run, spec, seed, key }) => ({
    run,
    rule: { name: spec.rule, title: findRule(spec.rule).title, source: findRule(spec.rule).source },
    options: optionsOf(spec, dataset, seed),
    metrics: rowsOf(history.curve(key), samples),
  }));
  const task = { name, title, synthetic, inputs, classes, train: train.count, test: test.count };
  return `${JSON.stringify({ ...facts, task, runs }, null, 2)}\n`;
}
