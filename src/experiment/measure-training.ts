/** The columns `accuracy` and `robust`: learning to the end. */
import { type Bench, experimentOptions, withExperiment } from "./bench";
import type { Point, Results, Setup } from "./cell";
import { type Disturbance, disturb, disturbances } from "./disturb";
import type { Trainer } from "./trainer";

/** Shares of the first epoch after which accuracy is tested, beside each whole epoch. */
const firstTests = [1 / 16, 1 / 8, 1 / 4, 1 / 2];

/**
 * Trains to the end and tests along the way; with `robust` also on disturbed test images, with the weights trained.
 * @throws NotFiniteError when the rule diverges, StoppedError
 */
export async function measureTraining(
  bench: Bench,
  setup: Setup,
  robust: boolean,
): Promise<{ accuracy: Results["accuracy"]; robust?: Results["robust"]; adapter: string }> {
  return withExperiment(
    bench,
    experimentOptions(setup, bench.seed),
    bench.dataset,
    async (experiment, run) => {
      const curve: Point[] = [];
      for (const until of [...firstTests, setup.epochs])
        for await (const event of run(until)) {
          const before = curve.filter(({ samples }) => samples < event.samples).at(-1);
          const seconds = (event.samples - (before?.samples ?? 0)) / event.samplesPerSecond;
          curve.push({
            samples: event.samples,
            seconds: (before?.seconds ?? 0) + seconds,
            accuracy: event.testAccuracy,
          });
          bench.progress(event.epoch / setup.epochs, event.testAccuracy);
        }
      const accuracy = {
        final: curve.at(-1)!.accuracy,
        best: Math.max(...curve.map((point) => point.accuracy)),
        curve,
      };
      const adapter = experiment.device.facts.name;
      if (!robust) return { accuracy, adapter };
      return { accuracy, robust: await onDisturbed(experiment.trainers[0]!, bench), adapter };
    },
  );
}

async function onDisturbed(trainer: Trainer, { dataset, seed }: Bench): Promise<Results["robust"]> {
  const scores: [Disturbance, number][] = [];
  for (const how of disturbances) {
    trainer.write("task/test", disturb(dataset.test, dataset.shape, how, seed).data);
    scores.push([how, (await trainer.evaluate()).accuracy]);
  }
  return Object.fromEntries(scores) as Results["robust"];
}
