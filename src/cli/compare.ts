/** `engram compare`: the scoreboard. Every rule with its preset, several seeds; what is done is kept, so a run can be continued. */
import { StoppedError } from "../experiment/bench";
import { type Column, columns, type Setup } from "../experiment/cell";
import { measureCells } from "../experiment/compare";
import { scoreboard } from "../experiment/scoreboard";
import type { Device } from "../gpu/device";
import { findTask, type Task, tasks } from "../task/task";
import { type Command, type Context, type OptionValues, UsageError } from "./command";
import { CellBar } from "./compare-bar";
import {
  defaultOnlineSamples,
  isDone,
  type Limits,
  quickLimits,
  setupOf,
  standardNames,
} from "./compare-plan";
import { markdown, saveTables, scoreboardJson } from "./compare-text";
import { loadTask } from "./data";
import { Journal } from "./journal";
import { openTerminalDevice } from "./open";
import { asUsage, names, text, whole } from "./options";
import { plural } from "./text";

const mostSeeds = 100;
const u32 = 0xffffffff;
const exitInterrupted = 130;

export const compareCommand: Command = {
  name: "compare",
  summary: "run every rule with its preset and write one table: the scoreboard",
  help: `Runs every rule with its preset on one task and writes one table: accuracy, samples and seconds to 90, 95 and 97 %,
what a training step costs, an energy estimate, bytes of state, and what the rule asks of a synapse.

Usage: engram compare --task TASK [--seeds 3] [--rules NAME,…] [--out FILE] [flags]

  --task NAME           ${tasks.map(({ name }) => name).join(", ")}
  --rules NAMES         rules, or presets such as rule/variant; default every rule that has a preset for the task
  --seeds N             seeds 1 to N; default 3
  --columns NAMES       ${columns.join(", ")}; default all
                          accuracy  trained as the preset says and tested along the way
                          few       trained anew on 1, 10 and 100 labelled samples a class and nothing else
                          online    batch 1, one pass over --online-samples
                          robust    the trained network on shifted (2 px), rotated (15°) and noisy (σ .3) test images
  --out FILE            where the table goes: FILE.json, FILE.csv or FILE.md; a FILE without ending gets all three.
                        Finished cells are kept in FILE.cells.jsonl: the same command goes on where it was stopped, and
                        another one with other rules, seeds or columns adds to the same table. Without it the table
                        is written to the screen at the end and nothing is kept
  --data DIR            folder with the task's files; as in engram train
  --epochs N            instead of each preset's own
  --train N, --test N   use so many samples; default all
  --online-samples N    default ${defaultOnlineSamples}
  --quick               a first look: ${quickLimits.train} samples, ${quickLimits.test} to test, ${quickLimits.epochs} epochs, ${quickLimits.online} samples online, ${quickLimits.fewSteps} steps of few
  --json                write the table as JSON to the screen, also with --out

  engram compare --task mnist --seeds 3 --out scoreboard
  engram compare --task mnist --seeds 3 --rules backprop --columns accuracy,robust --out scoreboard
`,
  options: {
    task: { type: "string" },
    rules: { type: "string" },
    seeds: { type: "string" },
    columns: { type: "string" },
    out: { type: "string" },
    data: { type: "string" },
    epochs: { type: "string" },
    train: { type: "string" },
    test: { type: "string" },
    "online-samples": { type: "string" },
    quick: { type: "boolean" },
  },
  async run(values, context) {
    const plan = planComparison(values);
    const journal = new Journal(plan.out, plan.task.name);
    const { train, test } = plan.limits;
    const dataset = await loadTask(plan.task, { seed: 1, train, test }, text(values, "data"), context).catch(
      (error: unknown) => {
        throw error instanceof RangeError ? new UsageError(error.message, { cause: error }) : error;
      },
    );
    const work = asUsage(() =>
      plan.names.flatMap((name) =>
        Array.from({ length: plan.seeds }, (_, index) => {
          const setups = plan.columns.map(
            (column) => [column, setupOf(name, dataset, column, plan.limits)] as const,
          );
          return { name, seed: index + 1, setups };
        }),
      ),
    );
    return new Comparison(plan, journal, work, context).run(dataset);
  },
};

interface Plan {
  readonly task: Task;
  readonly names: readonly string[];
  readonly seeds: number;
  readonly columns: readonly Column[];
  readonly out: string | undefined;
  readonly limits: Limits;
}

/** One rule and seed, and the set-up of each column that is wanted. */
interface Work {
  readonly name: string;
  readonly seed: number;
  readonly setups: readonly (readonly [Column, Setup])[];
}

/** @throws UsageError for what can't be run */
function planComparison(values: OptionValues): Plan {
  const taskName = text(values, "task");
  if (taskName === undefined)
    throw new UsageError("engram compare needs --task, such as mnist or digits; see engram compare --help.");
  const task = asUsage(() => findTask(taskName));
  const told = names(values, "columns") ?? columns;
  const stray = told.find((name) => !columns.some((column) => column === name));
  if (stray !== undefined)
    throw new UsageError(
      `--columns takes ${columns.join(", ")}, but names "${stray}"; leave it out for all.`,
    );
  const quick = values.quick === true ? quickLimits : undefined;
  const wanted = names(values, "rules") ?? standardNames(task.name);
  if (wanted.length === 0)
    throw new UsageError(
      `No rule has a preset for ${task.name}; name rules with --rules, which then run as Engram's defaults have it.`,
    );
  return {
    task,
    names: wanted,
    seeds: whole(values, "seeds", 1, mostSeeds) ?? 3,
    columns: columns.filter((column) => told.includes(column)),
    out: text(values, "out"),
    limits: {
      epochs: whole(values, "epochs", 1, 1_000_000),
      mostEpochs: quick?.epochs,
      train: whole(values, "train", 1, u32) ?? quick?.train,
      test: whole(values, "test", 1, u32) ?? quick?.test,
      online: whole(values, "online-samples", 1, u32) ?? quick?.online ?? defaultOnlineSamples,
      fewSteps: quick?.fewSteps,
    },
  };
}

class Comparison {
  private readonly stopping = new AbortController();
  private readonly bar: CellBar;
  private device: Device | undefined;

  constructor(
    private readonly plan: Plan,
    private readonly journal: Journal,
    private readonly work: readonly Work[],
    private readonly context: Context,
  ) {
    this.bar = new CellBar(context.stderr, this.total, context.json);
  }

  private get total(): number {
    return this.work.reduce((sum, { setups }) => sum + setups.length, 0);
  }

  /** Cells that are wanted and not there yet. */
  private open({ name, seed, setups }: Work): (readonly [Column, Setup])[] {
    return setups.filter(
      ([column, setup]) => !this.journal.cells.some((cell) => isDone(cell, name, seed, column, setup)),
    );
  }

  /** @returns the exit code */
  async run(dataset: Awaited<ReturnType<Task["load"]>>): Promise<number> {
    const { stopping, bar } = this;
    const interrupt = () => {
      if (stopping.signal.aborted) process.exit(exitInterrupted);
      stopping.abort();
      bar.say("Stopping after the steps under way; once more to stop at once.");
    };
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, interrupt);
    try {
      bar.done = this.total - this.work.reduce((sum, one) => sum + this.open(one).length, 0);
      for (const one of this.work) await this.measure(one, dataset);
    } catch (error) {
      if (!(error instanceof StoppedError)) throw error;
    } finally {
      bar.clear();
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, interrupt);
    }
    return this.finish();
  }

  private async measure(one: Work, dataset: Awaited<ReturnType<Task["load"]>>): Promise<void> {
    const open = this.open(one);
    if (open.length === 0) return;
    const { name, seed } = one;
    const bench = {
      open: async () => {
        if (!this.device || this.device.lostReason()) this.device = await openTerminalDevice();
        return this.device;
      },
      dataset,
      seed,
      signal: this.stopping.signal,
      progress: (share: number, accuracy?: number) =>
        this.bar.progress(`${name}, seed ${seed}`, share, accuracy),
    };
    if (this.stopping.signal.aborted) throw new StoppedError();
    this.bar.progress(`${name}, seed ${seed}`, 0);
    for await (const cell of measureCells(bench, Object.fromEntries(open))) {
      this.journal.add(cell);
      this.bar.cell(cell);
      this.save();
    }
  }

  /** With a file all that it holds, also of other runs. */
  private rows() {
    return scoreboard(this.journal.cells);
  }

  private save(): void {
    if (this.plan.out !== undefined) saveTables(this.plan.out, this.plan.task, this.rows());
  }

  private finish(): number {
    const { plan, journal, stopping } = this;
    const context = this.context;
    const left = this.work.reduce((sum, one) => sum + this.open(one).length, 0);
    if (plan.out !== undefined && journal.cells.length > 0) {
      this.save();
      context.stderr.write(`Saved ${plan.out}: ${plural(this.total - left, "cell")} of ${this.total}.\n`);
    }
    if (context.json) context.stdout.write(`${JSON.stringify(scoreboardJson(plan.task, this.rows()))}\n`);
    else if (plan.out === undefined && !stopping.signal.aborted)
      context.stdout.write(markdown(plan.task, this.rows()));
    if (stopping.signal.aborted) {
      context.stderr.write(
        plan.out === undefined
          ? "Stopping kept nothing, as there was no --out.\n"
          : "Stopping left the rest undone: the same command goes on from here.\n",
      );
      return exitInterrupted;
    }
    return journal.cells.some(({ name, failed }) => failed !== undefined && plan.names.includes(name))
      ? 1
      : 0;
  }
}
