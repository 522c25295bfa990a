/** Bands of a raster: they fill the canvas to the pixel, none is too low for its name, and no neuron is left without a row. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { bandsOf } from "../../src/view/raster-bands";

it("shares the pixels out by neurons, beyond what each band gets at the least", () => {
  expect(bandsOf([300, 100], { height: 143, gap: 3, least: 20 })).toEqual([
    { first: 0, size: 300, row: 0, rows: 95, top: 0, height: 95 },
    { first: 300, size: 100, row: 95, rows: 45, top: 98, height: 45 },
  ]);
  // Fewer neurons than pixels: a row for each.
  expect(bandsOf([30], { height: 143, gap: 3, least: 20 })).toEqual([
    { first: 0, size: 30, row: 0, rows: 30, top: 0, height: 143 },
  ]);
});

it("leaves no pixel over and no band below the least, whatever the sizes", () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(sizes, fc.integer({ min: 184, max: 2000 }), (populations, height) => {
      const bands = bandsOf(populations, { height, gap: 3, least: 20 });
      let [top, row, first] = [0, 0, 0];
      for (const band of bands) {
        expect(band).toMatchObject({ top, row, first });
        expect(band.height).toBeGreaterThanOrEqual(20);
        expect(band.rows).toBe(Math.min(band.size, band.height));
        top += band.height + 3;
        row += band.rows;
        first += band.size;
      }
      expect(top).toBe(height + 3);
    }),
  );
});
