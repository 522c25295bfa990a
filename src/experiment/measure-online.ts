/** The column `online`: a stream of samples, each seen once. */
import type { Values } from "../net/optimiser";
import { annealed, type Bench, experimentOptions, withExperiment } from "./bench";
import type { Results, Setup } from "./cell";
import type { EpochResult } from "./events";
import { findRule, parametersOf, resolveValues } from "./rules";

/**
 * One pass, one sample at a time, over `setup.limit` training samples: each rate of the preset shrinks with the batch, in
 * proportion (Goyal et al. 2017) or, under Adam, by the root of it.
 * @throws NotFiniteError when the rule diverges, StoppedError
 */
export async function measureOnline(
  bench: Bench,
  setup: Setup,
): Promise<{ online: Results["online"]; adapter: string }> {
  const { dataset, seed } = bench;
  const count = Math.min(setup.limit ?? dataset.train.count, dataset.train.count);
  const { data, labels } = dataset.train;
  const train = { data: data.subarray(0, count * dataset.inputs), labels: labels.subarray(0, count), count };
  const options = { ...experimentOptions(setup, seed), batch: 1, values: onlineValues(setup) };
  return withExperiment(bench, options, { ...dataset, train }, async (experiment, run) => {
    let last: EpochResult | undefined;
    for (const until of [0.25, 0.5, 0.75, 1])
      for await (const event of run(until)) {
        last = event;
        bench.progress(event.samples / count, event.testAccuracy);
      }
    const { samples, testAccuracy: accuracy, samplesPerSecond } = last!;
    return {
      online: { samples, accuracy, samplesPerSecond },
      adapter: experiment.device.facts.name,
    };
  });
}

/** A preset's numbers for a batch of one and a single pass. */
export function onlineValues({ rule: name, optimizer, batch, epochs, values }: Setup): Values {
  const rule = findRule(name);
  const share = optimizer === "adam" ? 1 / Math.sqrt(batch) : 1 / batch;
  const parameters = parametersOf(rule, optimizer);
  const all = Object.entries(resolveValues(rule, optimizer, values)).map(([parameter, value]) => {
    const isRate = /^rate$|Rate$/.test(parameter);
    return [parameter, isRate ? Math.max(parameters[parameter]!.min, value * share) : value] as const;
  });
  return annealed(Object.fromEntries(all), 1 / epochs);
}
