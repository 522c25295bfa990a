/** What `engram compare` measured, as it stands in bench/results. */

import fashion from "../../bench/results/scoreboard-fashion-mnist.json";
import mnist from "../../bench/results/scoreboard-mnist.json";
import { type Demands, demandCount, demandsOf } from "../../src/experiment/demands";
import type { Spread, Row as Written } from "../../src/experiment/scoreboard";

export interface Row {
  readonly name: string;
  readonly rule: string;
  readonly title: string;
  readonly layers: readonly number[];
  readonly epochs: number;
  readonly accuracy: Spread;
  /** With 1, 10 and 100 labelled samples of each class. */
  readonly few: readonly (Spread | null)[];
  /** Estimated joules of the whole training. */
  readonly joules: number;
  readonly demands: Demands;
  /** How many of the three it asks for. */
  readonly count: number;
  readonly adapters: readonly string[];
}

/** A variant such as `delta-rule/linear` says after its rule's title what it is. */
const titleOf = ({ name, title }: Written): string => {
  const variant = name.split("/")[1];
  return variant ? `${title}, ${variant}` : title;
};

const read = (rows: readonly Written[]): Row[] =>
  rows.flatMap((row) => {
    if (!row.accuracy) return [];
    const demands = demandsOf(row.audit);
    const { name, rule, accuracy, few, adapters } = row;
    const { layers, epochs } = row.setup;
    const facts = { name, rule, layers, epochs, accuracy, few, adapters, demands };
    return [{ ...facts, title: titleOf(row), joules: row.energyInAll, count: demandCount(demands) }];
  });

/** Best first. */
export const tables: Readonly<Record<string, { readonly title: string; readonly rows: readonly Row[] }>> = {
  mnist: { title: "MNIST", rows: read(mnist.rows as unknown as Written[]) },
  "fashion-mnist": { title: "Fashion-MNIST", rows: read(fashion.rows as unknown as Written[]) },
};
