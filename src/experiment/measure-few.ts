/** The column `few`: learning from a few labelled samples of each class. */
import { annealed, type Bench, experimentOptions, StoppedError, submitMs } from "./bench";
import { fewPerClass, type Results, type Setup } from "./cell";
import { uploadDataset } from "./data";
import { balanced, rarest } from "./disturb";
import { NotFiniteError } from "./health";
import { Trainer } from "./trainer";

const mostSteps = 512;

/**
 * Trains anew on 1, 10 and 100 labelled samples of each class and nothing else, for a tenth of the preset's steps on the
 * whole set, but at least 100 and at most `setup.limit`. Where a rule diverges the number is null.
 */
export async function measureFew(
  bench: Bench,
  setup: Setup,
): Promise<{ few: Results["few"]; adapter: string }> {
  const { dataset, seed, signal } = bench;
  const counts = fewPerClass.filter((count) => count <= rarest(dataset));
  const preset = (setup.epochs * setup.train) / setup.batch;
  const steps = Math.ceil(Math.min(setup.limit ?? 1000, Math.max(100, preset / 10)));
  const device = await bench.open();
  const few: Results["few"][number][] = [];
  for (const [index, perClass] of counts.entries()) {
    const cut = { ...dataset, train: balanced(dataset, perClass, seed) };
    const batch = Math.min(setup.batch, cut.train.count);
    const data = await uploadDataset(device, cut);
    const passes = (steps * batch) / cut.train.count;
    const values = annealed(setup.values, passes / setup.epochs);
    let trainer: Trainer | undefined;
    try {
      const { rules: _, options: __, ...options } = experimentOptions(setup, seed);
      trainer = await Trainer.create(
        device,
        { ...options, rule: setup.rule, options: setup.options, batch, values },
        data,
      );
      for (let perSubmit = 1; trainer.steps < steps; ) {
        const begun = performance.now();
        const count = Math.min(perSubmit, steps - trainer.steps);
        await trainer.advance(count);
        perSubmit = Math.max(
          1,
          Math.min(mostSteps, Math.floor((submitMs * count) / (performance.now() - begun))),
        );
        if (signal.aborted) throw new StoppedError();
        bench.progress((index + trainer.steps / steps) / counts.length);
      }
      few.push({ perClass, steps, accuracy: (await trainer.evaluate()).accuracy });
    } catch (error) {
      if (!(error instanceof NotFiniteError)) throw error;
      few.push({ perClass, steps, accuracy: null });
    } finally {
      trainer?.destroy();
      data.memory.destroy();
    }
  }
  return { few, adapter: device.facts.name };
}
