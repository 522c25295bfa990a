/** Both settlings: energies fall within a batch, and over batches; what a person chooses takes effect. */
import { expect } from "vitest";
import { desktop, Figure, type Visit } from "./figure";

interface Course {
  readonly layers: readonly (readonly number[])[];
  readonly total: readonly number[];
}

interface Settling {
  readonly energy: Course;
  readonly distance: Course;
}

interface Told {
  readonly steps: number;
  readonly predictive: Settling;
  readonly equilibrium: Settling;
  readonly accuracy: { readonly predictive: number; readonly equilibrium: number };
}

const [free, nudged] = [20, 12];

/** Takes one batch with what is chosen. */
async function step(figure: Figure<Told>): Promise<Told> {
  const { steps } = (await figure.told())!;
  await figure.key("s");
  const now = await figure.when("a batch more", (told) => told.steps > steps);
  expect(now.steps).toBe(steps + 1);
  await figure.rests();
  return now;
}

/** How far the energy of predictive coding falls in its first step, as a share of what it was. */
const firstFall = ({ predictive: { energy } }: Told) =>
  (energy.total[0]! - energy.total[1]!) / energy.total[0]!;

/** What the nudge costs: how far the nudged copy stands above free rest at its end. */
const price = ({ equilibrium: { energy } }: Told) => energy.total.at(-1)! - energy.total[free]!;

function expectFall({ predictive, equilibrium }: Told): void {
  expect(predictive.energy.total).toHaveLength(21);
  for (const [at, energy] of predictive.energy.total.entries())
    if (at > 0) expect(energy).toBeLessThan(predictive.energy.total[at - 1]!);
  expect(predictive.energy.layers.map((layer) => layer[0])).toEqual([0, 0, predictive.energy.total[0]]);
  expect(predictive.energy.layers[0]!.at(-1)).toBeGreaterThan(0);

  const { energy, distance } = equilibrium;
  expect(energy.total).toHaveLength(free + nudged);
  for (let at = 1; at <= free; at++) expect(energy.total[at]).toBeLessThan(energy.total[at - 1]! + 1e-5); // rounding
  expect(distance.total[free - 1]).toBeLessThan(distance.total[0]!);
  expect(distance.total[free]).toBeGreaterThan(distance.total[free - 1]!);
  expect(distance.total.at(-1)).toBeLessThan(distance.total[free]!);
}

export const settling = (visit: Visit): Promise<void> =>
  visit("demos/settling/", desktop, async (page, consoleErrors) => {
    const figure = new Figure<Told>(page, "settling");
    const first = await figure.when("a first batch", () => true);
    expectFall(first);
    expect(price(first)).toBeGreaterThan(0);
    expect(await figure.text("outputs")).toMatch(/Drawn towards “\d”: from \d\.\d\d to \d\.\d\d/);

    // Where less motion is asked for, turns take no longer than the work in them.
    await page.emulateMediaFeatures([{ name: "prefers-reduced-motion", value: "reduce" }]);
    const later = await figure.when("learning", ({ accuracy }) => accuracy.equilibrium > 0.25, 120_000);
    expect(later.accuracy.predictive).toBeGreaterThan(0.25); // a guess is right in one of ten
    expect(later.predictive.energy.total.at(-1)).toBeLessThan(0.7 * first.predictive.energy.total.at(-1)!);
    expect(price(later)).toBeLessThan(price(first));

    await figure.key("k");
    await figure.rests();
    const held = (await figure.told())!.steps;
    await figure.key("s");
    await figure.key("s"); // the turn that the first began is under way: turns never overlap
    const before = await figure.when("a batch", ({ steps }) => steps > held);
    await figure.rests();
    expect((await figure.told())!.steps).toBe(held + 1);

    await figure.choose("gamma", "0.05");
    expect(await figure.text("gamma-told")).toBe("0.05");
    await figure.choose("beta", "0.1");
    expect(await figure.text("status")).toMatch(/^That takes effect with the next batch/);
    const slow = await step(figure);
    expect(firstFall(slow)).toBeLessThan(0.5 * firstFall(before));
    expect(price(slow)).toBeLessThan(0.5 * price(before));

    await figure.choose("inference", "40");
    await figure.choose("nudging", "positive");
    const long = await step(figure); // with all that was learned
    expect(long.predictive.energy.total).toHaveLength(41);
    expect(long.predictive.energy.total[0]).toBeLessThan(before.predictive.energy.total[0]! + 0.2);
    expect(long.equilibrium.energy.total).toHaveLength(free + nudged);
    await figure.endsWell(consoleErrors);

    await figure.key("r");
    const anew = await figure.when("a new start", ({ steps }) => steps < long.steps);
    expect(anew.predictive.energy.total).toHaveLength(41);
  });
