/** Course: what both rules have come to, look by look, few enough points to draw. */
import type { Standing } from "./pair";

type Measure = "length" | "angle" | "accuracy";
type Point = Readonly<Record<Measure, number>>;

/** Beyond this every second look is forgotten, and from then on only every second one kept. */
const mostLooks = 400;

export class Course {
  steps: number[] = [];
  private points = new Map<string, (Point | null)[]>();
  private every = 1;
  private looks = 0;

  constructor(private readonly rules: readonly string[]) {
    for (const rule of rules) this.points.set(rule, []);
  }

  /** @param standings by rule; one that has stopped has none */
  add(step: number, standings: ReadonlyMap<string, Standing>): void {
    if (this.looks++ % this.every !== 0) return;
    this.steps.push(step);
    for (const rule of this.rules) {
      const { length, angle, accuracy } = standings.get(rule) ?? {};
      this.points
        .get(rule)!
        .push(length === undefined ? null : { length, angle: angle!, accuracy: accuracy! });
    }
    if (this.steps.length < mostLooks) return;
    const half = <T>(all: readonly T[]) => all.filter((_, index) => index % 2 === 0);
    this.steps = half(this.steps);
    for (const [rule, all] of this.points) this.points.set(rule, half(all));
    this.every *= 2;
  }

  values(rule: string, measure: Measure): (number | null)[] {
    return (this.points.get(rule) ?? []).map((point) => point?.[measure] ?? null);
  }
}
