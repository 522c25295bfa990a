/** Diehl & Cook's network: synapses grow out of the noise, and what a person chooses is taken or refused. */
import { expect } from "vitest";
import { desktop, Figure, type Visit } from "./figure";

interface Told {
  readonly neurons: number;
  readonly images: number;
  readonly accuracy: number;
  readonly labelled: number;
  readonly sharpness: number;
  readonly data: string;
}

export const digits = (visit: Visit): Promise<void> =>
  visit("demos/digits/", desktop, async (page, consoleErrors) => {
    const figure = new Figure<Told>(page, "digits");
    const first = await figure.when("a first image", () => true);
    expect(first.neurons).toBe(25);
    expect(first.data).toContain("synthetic");
    const later = await figure.when("six images", ({ images }) => images >= 6);
    // Weights start at no more than 0.303 and are scaled to one sum: only learning makes some of them greater.
    expect(later.sharpness).toBeGreaterThan(first.sharpness + 0.001);
    expect(later.labelled).toBeGreaterThan(3);
    expect(await figure.text("answer")).toMatch(/^A “\d”\. The framed neuron fired \d+ times/);

    await figure.key("k");
    await figure.rests();
    const files = (await page.$("#digits-files"))!;
    await (files as unknown as { uploadFile(path: string): Promise<void> }).uploadFile(import.meta.filename);
    await figure.says("a refusal", /MNIST is missing/);
    await figure.choose("neurons", "49");
    const anew = await figure.when("a new start, by itself", ({ neurons }) => neurons === 49);
    expect(anew.images).toBeLessThan(later.images);
    await figure.key("k");
    await figure.rests();
    await figure.endsWell(consoleErrors);
  });
