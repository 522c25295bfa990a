/** What a person watches while rules learn: a bar that redraws itself on a terminal, a plain line an epoch elsewhere. */
import type { EpochResult } from "../experiment/events";
import type { StepScore } from "../experiment/trainer";
import type { Context } from "./command";
import { clock, grouped, percent } from "./text";

const redrawMs = 100;
/** Speed and time left follow the last seconds, as compiling makes the first steps slow. */
const windowMs = 5000;

interface Lane {
  steps: number;
  loss: number | undefined;
  accuracy: number | undefined;
  test: number | undefined;
  note: string | undefined;
}

export class Progress {
  private readonly lanes: Map<string, Lane>;
  /** Steps of all rules by the time at which they were done, over the last seconds. */
  private recent: { readonly at: number; readonly steps: number }[] = [];
  private drawnLines = 0;
  private drawnAt = 0;

  /**
   * @param limit steps that each rule takes in all
   * @param epochs epochs in all
   * @param quiet say nothing where stderr is no terminal, as a program reads the results
   */
  constructor(
    private readonly stderr: Context["stderr"],
    rules: readonly string[],
    private readonly limit: number,
    private readonly epochs: number,
    private readonly batch: number,
    private readonly quiet: boolean,
  ) {
    this.lanes = new Map(
      rules.map((rule) => [
        rule,
        { steps: 0, loss: undefined, accuracy: undefined, test: undefined, note: undefined },
      ]),
    );
  }

  /** Where a rule stands before it begins, or after it had to go back. */
  place(rule: string, steps: number): void {
    this.lanes.get(rule)!.steps = steps;
    this.recent = [];
  }

  steps(rule: string, scores: readonly StepScore[]): void {
    const lane = this.lanes.get(rule)!;
    lane.steps = scores.at(-1)!.step + 1;
    lane.loss = scores.reduce((sum, { loss }) => sum + loss, 0) / scores.length;
    lane.accuracy = scores.reduce((sum, { accuracy }) => sum + accuracy, 0) / scores.length;
    const at = performance.now();
    this.recent.push({ at, steps: this.done });
    while (this.recent.length > 2 && this.recent[1]!.at < at - windowMs) this.recent.shift();
    if (at - this.drawnAt > redrawMs) this.draw();
  }

  private get done(): number {
    return [...this.lanes.values()].reduce((sum, { steps }) => sum + Math.min(steps, this.limit), 0);
  }

  epoch(result: EpochResult): void {
    this.lanes.get(result.rule)!.test = result.testAccuracy;
    if (this.stderr.isTTY) this.draw();
    if (this.stderr.isTTY || this.quiet) return;
    const { rule, epoch, trainLoss, trainAccuracy, testAccuracy, samplesPerSecond } = result;
    this.stderr.write(
      `epoch ${epoch}/${this.epochs}  ${rule}  loss ${trainLoss.toFixed(4)}  train ${percent(trainAccuracy)}  test ${percent(testAccuracy)}  ${grouped(samplesPerSecond)} samples/s\n`,
    );
  }

  /** A rule that stopped early. */
  note(rule: string, note: string): void {
    const lane = this.lanes.get(rule)!;
    lane.steps = this.limit;
    lane.note = note;
    this.recent = [];
  }

  /** Writes a line that stays, above the bar. */
  say(line: string): void {
    this.clear();
    this.stderr.write(`${line}\n`);
    this.draw();
  }

  /** Takes the bar away, for something else to be written. */
  clear(): void {
    if (this.drawnLines > 0) this.stderr.write(`\x1b[${this.drawnLines}A\r\x1b[J`);
    this.drawnLines = 0;
  }

  draw(): void {
    if (!this.stderr.isTTY) return;
    const columns = this.stderr.columns || 80;
    const lines = [this.bar(columns), ...this.rows()].map((line) => line.slice(0, columns - 1));
    this.clear();
    this.stderr.write(`${lines.join("\n")}\n`);
    this.drawnLines = lines.length;
    this.drawnAt = performance.now();
  }

  private bar(columns: number): string {
    const { done, recent, limit, epochs } = this;
    const all = this.lanes.size * limit;
    const share = all > 0 ? Math.min(1, done / all) : 1;
    const slowest = Math.min(...[...this.lanes.values()].map(({ steps }) => steps));
    const epoch = Math.min(epochs, Math.floor((slowest * epochs) / limit) + 1);
    const [first, last] = [recent[0], recent.at(-1)];
    const perSecond =
      first && last && last.steps > first.steps
        ? (1000 * (last.steps - first.steps)) / (last.at - first.at)
        : 0;
    const pace =
      perSecond > 0
        ? ` · ${grouped(perSecond * this.batch)} samples/s · ${clock((all - done) / perSecond)} left`
        : "";
    const tail = ` ${percent(share, 0)} · epoch ${epoch}/${epochs}${pace}`;
    const width = Math.max(8, Math.min(40, columns - tail.length - 2));
    const filled = Math.round(share * width);
    return `${"█".repeat(filled)}${"░".repeat(width - filled)}${tail}`;
  }

  private rows(): string[] {
    const width = Math.max(...[...this.lanes.keys()].map((rule) => rule.length));
    return [...this.lanes].map(([rule, { loss, accuracy, test, note }]) => {
      const parts = [
        loss === undefined ? "waiting" : `loss ${loss.toFixed(4)}`,
        accuracy === undefined ? undefined : `train ${percent(accuracy, 1)}`,
        test === undefined ? undefined : `test ${percent(test)}`,
      ];
      return `${rule.padEnd(width)}  ${note ?? parts.filter(Boolean).join("  ")}`;
    });
  }
}
