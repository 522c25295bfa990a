/**
 * One weight followed through backprop in a real Chrome: each phase shows what it may and no more, the numbers on the page obey
 * the equations that they stand under, any synapse can be followed by key, menu and click, and the loss falls.
 */
import type { Page } from "puppeteer";
import { expect, it } from "vitest";
import { desktop, Figure } from "./demos/figure";
import { withPage } from "./page";
import { longestTask, until } from "./race";

interface Told {
  readonly steps: number;
  readonly phase: string;
  readonly place: { readonly layer: number; readonly pre: number; readonly post: number };
  readonly pre: number;
  readonly error: number;
  readonly before: number;
  readonly after: number;
  readonly rate: number;
  readonly loss: number;
  readonly accuracy: number;
}

/** The numbers under the letters of that name (of a square, its base), as a person reads them; NaN for one that is not there yet. */
async function numbers(page: Page, name: string): Promise<number[]> {
  const texts = await page.$$eval(`#followed-equation [data-number="${name}"]`, (all) =>
    all.map(({ textContent }) => textContent ?? ""),
  );
  return texts.map(read);
}

function read(text: string): number {
  const [, size = "", power = "0"] = /^(.*?)(?:\s*×\s*10(.*))?$/.exec(
    text
      .replace(/^\((.*)\)²$/, "$1")
      .replace(/[−⁻]/g, "-")
      .trim(),
  )!;
  const plain = [...power].map((letter) =>
    "⁰¹²³⁴⁵⁶⁷⁸⁹".includes(letter) ? "⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(letter) : letter,
  );
  return size === "" ? Number.NaN : Number(size) * 10 ** Number(plain.join(""));
}

const one = async (page: Page, name: string) => (await numbers(page, name))[0]!;

/** What three significant digits leave of exactness in a product of a few. */
const rounding = 0.03;
const near = (actual: number, expected: number) =>
  expect(Math.abs(actual - expected)).toBeLessThan(rounding * Math.abs(expected) + 1e-6);

/** Δw = −η · pre · δ and w′ = w + Δw, both in the numbers as written and as the engine left them. */
async function expectChange(page: Page, told: Told): Promise<void> {
  near(
    await one(page, "change"),
    -(await one(page, "rate")) * (await one(page, "pre")) * (await one(page, "error")),
  );
  expect(
    Math.abs((await one(page, "before")) + (await one(page, "change")) - (await one(page, "after"))),
  ).toBeLessThan(0.011);
  // f32: the weight is read before and after, so its own rounding is in the difference.
  const due = -told.rate * told.pre * told.error;
  expect(Math.abs(told.after - told.before - due)).toBeLessThan(1e-6 * Math.abs(due) + 2e-7);
}

/** δ = (1 − y²) Σ w δ, in the numbers as written. */
async function expectError(page: Page): Promise<void> {
  const [through, above] = [await numbers(page, "through"), await numbers(page, "above")];
  const terms = through.map((weight, index) => weight * above[index]!);
  const slope = 1 - (await one(page, "post")) ** 2;
  const sum = terms.reduce((total, term) => total + term, 0);
  const size = terms.reduce((total, term) => total + Math.abs(term), 0);
  expect(Math.abs((await one(page, "error")) - slope * sum)).toBeLessThan(0.01 * size);
}

/** Steps on until a phase has passed. */
async function stepTo(figure: Figure<Told>, phase: string): Promise<Told> {
  const there = async () => {
    await figure.key("s"); // begins a phase, or ends the one under way
    return (await figure.told())?.phase === phase;
  };
  await until(phase, there, 120_000);
  await figure.rests();
  return (await figure.told())!;
}

const labels = (page: Page) =>
  page.$$eval(".followed-labels text", (all) => all.flatMap(({ textContent }) => textContent || []));

it("tells a step phase by phase, follows any synapse, and learns", async () => {
  await withPage("demos/followed/", desktop, async (page, consoleErrors) => {
    const figure = new Figure<Told>(page, "followed");
    await figure.when("a first phase", () => true, 180_000);
    await figure.key("k");
    await figure.rests();
    await stepTo(figure, "compare");
    expect(await one(page, "pre")).not.toBeNaN();
    expect(await one(page, "error")).toBeNaN();
    expect(await one(page, "change")).toBeNaN();
    expect(await labels(page)).toEqual([]);

    await stepTo(figure, "down");
    expect((await labels(page)).length).toBe(8); // all weights into the output: its error came through each of them
    await stepTo(figure, "change");
    const first = (await figure.told())!;
    expect(first.steps).toBe(1);
    await expectChange(page, first);
    await expectError(page);
    expect(await figure.text("name")).toBe("x₂ → a₄");

    // By key, by menu, by click: each shows another synapse of the same step.
    await page.focus("#followed-synapse");
    await page.keyboard.press("Tab");
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    expect(await figure.text("name")).toBe("b₄ → differ");
    const output = (await figure.told())!;
    expect(output.steps).toBe(1);
    await expectChange(page, output);
    near(await one(page, "error"), (await one(page, "post")) - (await one(page, "label")));
    await figure.choose("synapse", "14"); // the fifth into the second hidden layer
    expect(await figure.text("name")).toBe("a₂ → b₁");
    await expectChange(page, (await figure.told())!);
    await expectError(page);
    const middle = await page.$eval('[data-place="0"] .followed-weight', (line) => {
      const box = line.getBoundingClientRect();
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    });
    await page.mouse.click(middle.x, middle.y);
    expect(await figure.text("name")).toBe("x₁ → a₁");
    expect(await page.$eval('[data-place="0"]', (edge) => edge.getAttribute("aria-pressed"))).toBe("true");

    await figure.choose("speed", "train");
    await figure.when("some steps", ({ steps }) => steps > 50, 120_000);
    const { processorMs } = await longestTask(page, 2000);
    expect(processorMs).toBeLessThan(100);
    const end = await figure.when("learning", ({ loss }) => loss < 0.3 * first.loss, 120_000);
    expect(end.accuracy).toBeGreaterThan(0.95);
    await expectChange(page, (await (await rested(figure)).told())!);
    await figure.endsWell(consoleErrors);

    await figure.press("reset");
    await figure.when("a new start", ({ steps }) => steps < end.steps, 120_000);

    await page.emulateMediaFeatures([{ name: "prefers-reduced-motion", value: "reduce" }]);
    await page.reload({ waitUntil: "load" });
    const still = await figure.when("a still", ({ phase }) => phase === "change", 180_000);
    await figure.rests();
    await expectChange(page, still);
    await expectError(page);
    expect((await labels(page)).length).toBe(12);
    expect((await page.$$("#followed-phases [aria-current]")).length).toBe(5);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect((await figure.told())!.steps).toBe(1);
    expect(consoleErrors).toEqual([]);
  });
}, 600_000);

/** Stands still, if it does not already. */
async function rested(figure: Figure<Told>): Promise<Figure<Told>> {
  if ((await figure.state()) === "running") await figure.key("k");
  await figure.rests();
  return figure;
}
