/** What a person watches while a model runs: a bar that redraws itself on a terminal, and nothing elsewhere. */
import type { Context } from "./command";
import { clock } from "./text";

const redrawMs = 100;

export class SimulationBar {
  private begun: number | undefined;
  private drawn = false;
  private drawnAt = 0;

  constructor(private readonly stderr: Context["stderr"]) {}

  /** @param share done, from 0 to 1 */
  progress(share: number, note = ""): void {
    const now = performance.now();
    if (share > 0) this.begun ??= now; // building is no measure of the run's pace
    if (this.stderr.isTTY && now - this.drawnAt > redrawMs) this.draw(Math.min(1, share), note, now);
  }

  /** Writes a line that stays. */
  say(line: string): void {
    this.clear();
    this.stderr.write(`${line}\n`);
  }

  clear(): void {
    if (this.drawn) this.stderr.write("\r\x1b[K");
    this.drawn = false;
  }

  private draw(share: number, note: string, now: number): void {
    const columns = this.stderr.columns || 80;
    const left = share > 0.02 ? ((now - this.begun!) / 1000) * (1 / share - 1) : undefined;
    const told = [`${Math.floor(100 * share)} %`, note, left === undefined ? "" : `${clock(left)} left`];
    const tail = ` ${told.filter((one) => one !== "").join(" · ")}`;
    const width = Math.max(8, Math.min(30, columns - tail.length - 2));
    const filled = Math.round(share * width);
    const bar = "█".repeat(filled) + "░".repeat(width - filled);
    this.stderr.write(`\r\x1b[K${`${bar}${tail}`.slice(0, columns - 1)}`);
    this.drawn = true;
    this.drawnAt = now;
  }
}
