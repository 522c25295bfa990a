/** A colour means a family and a dash a rule: no two rules may look alike, and none may be left without a family. */
import { expect, it } from "vitest";
import { rules } from "../../src/experiment/rules";
import { lookOf } from "../../src/view/palette";

it("every rule has a family's colour, and no two the same look", () => {
  const looks = rules.map(({ name }) => ({ name, ...lookOf(name) }));
  expect(looks.filter(({ colour }) => colour === "--muted")).toEqual([]);
  const drawn = looks.map(({ colour, dash }) => `${colour} ${dash}`);
  expect(new Set(drawn).size).toBe(rules.length);
  expect(lookOf("backprop")).toEqual({ colour: "--ink", dash: [] });
});
