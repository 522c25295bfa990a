/** Pairing spikes: what was measured lies on the formula, and every control changes what it says. */
import { expect } from "vitest";
import { until } from "../race";
import { desktop, Figure, type Visit } from "./figure";

interface Told {
  readonly rule: string;
  readonly protocol: string;
  readonly start: number;
  readonly window: readonly { readonly lag: number; readonly measured: number; readonly formula: number }[];
  readonly pair?: {
    readonly lag: number;
    readonly measured: number;
    readonly course: Record<"times" | "membrane" | "weight" | "pre" | "post", readonly number[]>;
  };
}

/** Waits until what is chosen has been measured and paired, and the page rests. */
async function measured(figure: Figure<Told>, wanted: Partial<Told>, lag: number): Promise<Told> {
  const holds = async () => {
    const now = await figure.told();
    const same = Object.entries(wanted).every(([key, value]) => now?.[key as keyof Told] === value);
    return same && now?.pair?.lag === lag && (await figure.state()) === "paused";
  };
  await until(`${JSON.stringify(wanted)} at ${lag} ms`, holds, 60_000);
  return (await figure.told())!;
}

/** The rule's equation for one pair, with the page's own numbers (mV, ms). */
const onePair = (lag: number) => (lag >= 0 ? 0.05 * Math.exp(-lag / 17) : -0.03 * Math.exp(lag / 34));

function expectOnCurve({ window: points }: Told): void {
  expect(points).toHaveLength(51);
  for (const { measured: change, formula } of points) expect(Math.abs(change - formula)).toBeLessThan(2e-5);
}

export const stdp = (visit: Visit): Promise<void> =>
  visit("demos/stdp/", desktop, async (page, consoleErrors) => {
    const figure = new Figure<Told>(page, "stdp");
    const first = await figure.when("a first window", () => true);
    expectOnCurve(first);
    for (const { lag, measured: change } of first.window)
      expect(Math.abs(change - onePair(lag))).toBeLessThan(2e-5);
    await figure.when("a pair unasked", ({ pair }) => pair !== undefined);

    await figure.choose("lag", "-20");
    expect(await figure.text("lag-told")).toBe("−20\u202fms, post first");
    const late = (await measured(figure, {}, -20)).pair!;
    expect(late.measured).toBeCloseTo(onePair(-20), 5);
    const { times, membrane, weight, pre, post } = late.course;
    expect([post, pre]).toEqual([[0], [20]]);
    // The weight moves in the step in which the second spike comes, and the membrane by as much as the weight was.
    expect(weight[times.indexOf(19)]).toBe(1);
    expect(weight[times.indexOf(20)]).toBeLessThan(1);
    expect(Math.max(...membrane) + 65).toBeGreaterThan(0.9);
    expect(Math.max(...membrane) + 65).toBeLessThan(1.01);

    await figure.choose("start", "1.8");
    await figure.choose("rule", "weight-dependent-stdp");
    expect(await figure.text("equation")).toContain("(1 − W)");
    const strong = await measured(figure, { rule: "weight-dependent-stdp", start: 1.8 }, -20);
    expectOnCurve(strong);
    expect(strong.window.find(({ lag }) => lag === 0)!.measured).toBeCloseTo(0.05 * 0.1, 4);

    await figure.choose("protocol", "fast");
    const many = await measured(figure, { protocol: "fast" }, -20);
    expectOnCurve(many);
    expect(many.pair!.course.pre).toHaveLength(10);
    await figure.endsWell(consoleErrors);
  });
