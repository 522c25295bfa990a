/**
 * The weight transport problem in a real Chrome: random feedback starts at right angles and teaches all the same, feedback that
 * learns closes its angle sooner, and with Wᵀ the changes are the gradient, as soon as a person slides there.
 */
import { expect, it } from "vitest";
import { desktop, Figure } from "./demos/figure";
import { withPage } from "./page";
import { longestTask } from "./race";

interface Look {
  readonly steps: number;
  readonly change: readonly number[];
  readonly feedback: readonly number[];
  readonly accuracy: number;
}

interface Told {
  readonly samples: number;
  readonly share: number;
  readonly looks: Readonly<Record<"slider" | "kolen-pollack" | "weight-mirror", Look>>;
}

it("opens the angle with random B, closes it with feedback that learns, and obeys the slider while it runs", async () => {
  await withPage("demos/transport/", desktop, async (page, consoleErrors) => {
    const figure = new Figure<Told>(page, "transport");
    const first = await figure.when("a first look", () => true, 240_000);
    const { slider, "kolen-pollack": kolenPollack, "weight-mirror": mirror } = first.looks;
    expect(first).toMatchObject({ samples: 0, share: 1 });
    for (const angle of [...slider.change, ...slider.feedback]) {
      expect(angle).toBeGreaterThan(75);
      expect(angle).toBeLessThan(105);
    }
    // One start and one B for all.
    expect(kolenPollack).toEqual(slider);
    expect(mirror).toEqual(slider);

    const { processorMs } = await longestTask(page, 2000);
    expect(processorMs).toBeLessThan(100);
    const later = await figure.when("learning", ({ samples }) => samples >= 2300, 240_000);
    for (const { steps, accuracy } of Object.values(later.looks)) {
      expect(64 * steps).toBe(later.samples);
      expect(accuracy).toBeGreaterThan(slider.accuracy + 0.25);
    }
    const now = later.looks;
    expect(now.slider.change[0]).toBeLessThan(slider.change[0]! - 10);
    for (const layer of [0, 1]) {
      expect(now.slider.feedback[layer]).toBeLessThan(slider.feedback[layer]! - 5);
      expect(now["kolen-pollack"].feedback[layer]).toBeLessThan(now.slider.feedback[layer]! - 3);
      expect(now["weight-mirror"].feedback[layer]).toBeLessThan(50);
    }
    expect(now["kolen-pollack"].change[0]).toBeLessThan(now.slider.change[0]! - 5);

    await page.focus("#transport-share");
    await page.keyboard.press("Home");
    expect(await figure.text("share-told")).toBe("B = Wᵀ: backpropagation");
    const same = await figure.when("backpropagation", ({ share }) => share === 0, 120_000);
    for (const layer of [0, 1]) {
      expect(same.looks.slider.change[layer]).toBeLessThan(1);
      expect(same.looks.slider.feedback[layer]).toBeLessThan(1);
    }
    expect(same.looks["kolen-pollack"].feedback[0]).toBeGreaterThan(30); // which nobody set

    await figure.choose("share", "0.5");
    const half = await figure.when("half", ({ share }) => share === 0.5, 120_000);
    expect(half.looks.slider.feedback[0]).toBeGreaterThan(20);
    expect(half.looks.slider.feedback[0]).toBeLessThan(60);

    await figure.key("k");
    await figure.rests();
    await figure.choose("share", "1");
    await figure.says("what that does", /^That takes effect with the next batch/);
    const held = (await figure.told())!;
    await figure.key("s");
    const stepped = await figure.when("a step", ({ samples }) => samples > held.samples, 120_000);
    expect(stepped.share).toBe(1);
    await figure.endsWell(consoleErrors);
  });
}, 600_000);
