/** Late reward: a weight grows where eligibility meets dopamine, and every control changes what it says. */
import { expect } from "vitest";
import { desktop, Figure, type Visit } from "./figure";

type Counts = "neurons" | "time" | "weight" | "eligibility" | "dopamine" | "earned" | "rewards" | "others";
type Told = Readonly<Record<Counts, number>> & {
  readonly earnedAt: readonly number[];
  readonly rewardedAt?: number;
};

/** Lets so many ms of the network's time go by. */
async function later(figure: Figure<Told>, ms: number): Promise<Told> {
  const { time } = (await figure.told())!;
  return figure.when(`${ms} ms more`, (now) => now.time >= time + ms);
}

export const reward = (visit: Visit): Promise<void> =>
  visit("demos/reward/", desktop, async (page, consoleErrors) => {
    const figure = new Figure<Told>(page, "reward");
    await figure.press("electrodes");
    await figure.press("automatic");
    await figure.choose("pace", "fast");
    const start = await figure.when("a start", () => true);
    expect(start.neurons).toBe(200);
    expect(await figure.text("size")).toContain("a fifth of the paper’s network");

    await figure.press("pair");
    const paired = await figure.when("eligibility", ({ eligibility }) => eligibility > 0.05);
    expect(paired.earned).toBeGreaterThan(start.earned);
    expect(paired.weight).toBeLessThan(0.05);
    await figure.press("reward");
    await figure.when("a reward", ({ rewards }) => rewards === 1);
    const rewarded = await later(figure, 900);
    expect(rewarded.weight).toBeGreaterThan(paired.weight + 0.1);
    expect(Math.abs(rewarded.others - 1)).toBeLessThan(0.1); // the same dopamine reached them all

    await figure.choose("amount", "0");
    expect(await figure.text("amount-told")).toBe("0.00");
    await figure.press("pair");
    await figure.press("reward");
    await figure.when("a reward of nothing", ({ rewards }) => rewards === 2);
    const nothing = await later(figure, 200);
    expect(nothing.dopamine).toBeLessThan(rewarded.dopamine + 1e-6);
    // The baseline of 0.002 moves it a little, as in the paper.
    expect(Math.abs(nothing.weight - rewarded.weight)).toBeLessThan(0.1);

    await figure.choose("amount", "1");
    await figure.choose("delay", "300");
    expect(await figure.text("delay-told")).toBe("0.3\u202fs");
    await figure.press("automatic");
    await figure.press("pair");
    await figure.when("a pair", (now) => now.earned > nothing.earned);
    const given = await figure.when("its reward", ({ dopamine }) => dopamine > 0.5);
    expect(given.earnedAt).toContain(given.rewardedAt! - 300);

    await figure.choose("tau", "3000");
    const kept = await later(figure, 100);
    expect(kept.time).toBeGreaterThan(given.time);
    expect(kept.weight).toBeGreaterThan(rewarded.weight - 0.2);
    await figure.key("k");
    await figure.rests();
    await figure.endsWell(consoleErrors);

    await figure.press("reset");
    const anew = await figure.when("a new start", ({ time }) => time < kept.time);
    expect(anew.weight).toBeLessThan(0.05);
  });
