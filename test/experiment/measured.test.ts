/** What a preset is said to have come to is what a scoreboard in bench/results holds, for the preset as it is now. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { measured } from "../../src/experiment/measured";
import { findPreset } from "../../src/experiment/presets";
import type { Row } from "../../src/experiment/scoreboard";
import { repository } from "../chrome";

const rows = (task: string): readonly Row[] =>
  JSON.parse(readFileSync(join(repository, "bench", "results", `scoreboard-${task}.json`), "utf8")).rows;

const figures = Object.entries(measured).flatMap(([name, tasks]) =>
  Object.entries(tasks).map(([task, figure]) => [name, task, figure] as const),
);

test.each(figures)("%s on %s", (name, task, figure) => {
  const {
    layers,
    batch,
    activation,
    output,
    optimizer,
    epochs,
    values = {},
    options = {},
  } = findPreset(name);
  const row = rows(task).find((one) => one.name === name)!;
  expect(row.setup).toMatchObject({ layers, batch, activation, output, optimizer, epochs, values, options });
  expect({ accuracy: figure.accuracy.toFixed(2), seeds: figure.seeds }).toEqual({
    accuracy: (100 * row.accuracy!.mean).toFixed(2),
    seeds: row.accuracy!.seeds,
  });
});
