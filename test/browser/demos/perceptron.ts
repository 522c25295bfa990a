/** The perceptron: mistakes come, the line moves, and both end within the bound where there is one. */
import { expect } from "vitest";
import { desktop, Figure, type Visit } from "./figure";

interface Told {
  readonly shown: number;
  readonly mistakes: number;
  readonly bound: number | undefined;
  readonly solved: boolean;
}

export const perceptron = (visit: Visit): Promise<void> =>
  visit("demos/perceptron/", desktop, async (page, consoleErrors) => {
    const figure = new Figure<Told>(page, "perceptron");
    const cloud = (kind: string) =>
      page.$eval(`#perceptron input[value=${kind}]`, (input) => (input as HTMLInputElement).click());
    const { bound: narrow } = await figure.when("a mistake, by itself", ({ mistakes }) => mistakes > 0);

    await cloud("wide");
    const solved = await figure.when("the end", (now) => now.solved, 90_000);
    expect(solved.bound).toBeLessThan(narrow!);
    expect(solved.mistakes).toBeLessThanOrEqual(solved.bound!);
    expect(solved.shown).toBeGreaterThanOrEqual(60 + solved.mistakes);
    await figure.says("a word", /^Right about all 60 points/);
    expect(await figure.state()).toBe("done");

    await cloud("mixed");
    await figure.when("no bound", ({ bound }) => bound === undefined);
    const many = await figure.when("many mistakes", ({ mistakes }) => mistakes > 15);
    expect(many.solved).toBe(false);
    await figure.key("k");
    await figure.rests();
    const held = (await figure.told())!.mistakes;
    await figure.key("s");
    await figure.when("one mistake more", ({ mistakes }) => mistakes === held + 1);
    await figure.endsWell(consoleErrors);
  });
