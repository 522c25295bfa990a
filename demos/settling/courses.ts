/** A chart of courses: the present one as it is being drawn, and in pale the energies of earlier batches. */
import { type Line, LineChart } from "../../src/view/chart";
import type { ChartMark } from "../../src/view/chart-mark";
import { byId } from "../../src/view/dom";
import { small } from "./small";
import { Trail } from "./trail";

const dashes = [[], [9, 4], [2, 3]];
/** Earlier batches that a chart has room for: the last is the 512th. */
const most = 10;

export interface CoursesOptions {
  readonly colour: string;
  readonly x?: string;
  readonly y: string;
  readonly mark?: ChartMark;
  /** The values that are always in the picture; it grows where others come. */
  readonly range: readonly [number, number];
  /** Below this nothing is shown. */
  readonly floor: number;
}

export class Courses {
  private trail = new Trail(most);
  private readonly chart: LineChart;

  constructor(
    id: string,
    private readonly options: CoursesOptions,
  ) {
    this.chart = new LineChart(byId(`settling-${id}`), {
      ...options,
      format: small,
      log: true,
      mostDots: -1,
      marks,
    });
  }

  /** Forgets earlier batches, and shows bare axes. @param length steps of a course */
  clear(length: number): void {
    this.trail = new Trail(most);
    this.draw({ none: new Array(length).fill(0) }, 0);
  }

  /** Puts a course among the earlier ones, if it is its turn. @param batch counted from 1 */
  keep(batch: number, course: readonly number[]): void {
    this.trail.add(batch, course);
  }

  /**
   * @param named courses of one length, by what stands at their ends
   * @param shown how much of them has been drawn, from 0 to 1
   */
  draw(named: Readonly<Record<string, readonly number[]>>, shown: number): void {
    const { colour, range, floor } = this.options;
    const courses = Object.entries(named);
    const last = courses[0]![1].length - 1;
    const earlier = this.trail.courses.map(
      (course, index): Line => ({
        key: `earlier ${index}`,
        ...(index === 0 && { label: "first batch" }),
        colour,
        dash: [],
        faint: 0.5,
        values: course.map(positive),
      }),
    );
    const now = courses.map(
      ([label, course], index): Line => ({
        key: label,
        label,
        colour,
        dash: dashes[index]!,
        values: course.slice(0, Math.round(shown * last) + 1).map(positive),
      }),
    );
    const all = [...earlier.map(({ values }) => values), ...courses.map(([, course]) => course)].flat();
    const visible = all.filter((value): value is number => value !== null && value >= floor);
    this.chart.draw(
      Array.from({ length: last + 1 }, (_, step) => step),
      [...earlier, ...now],
      [Math.min(range[0], ...visible) * 0.8, Math.max(range[1], ...visible) * 1.25],
    );
  }
}

/** A logarithmic axis has no place for others. */
const positive = (value: number) => (value > 0 ? value : null);

/** Powers of ten, and three times those where there are few. */
function marks(from: number, to: number): number[] {
  const powers = [-6, -5, -4, -3, -2, -1, 0, 1, 2, 3].map((power) => 10 ** power);
  return to / from < 300 ? powers.flatMap((power) => [power, 3 * power]) : powers;
}
