/** The list of models, and what can be asked of one. Oracle: the interface's own words. */
import { describe, expect, it } from "vitest";
import { findModel, modelOptions, models } from "../../../src/experiment/models";

describe("every model", () => {
  it.each(models.map((model) => [model.name, model] as const))("%s says what it is", (name, model) => {
    expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(model.about.length).toBeGreaterThan(20);
    expect(model.source).toMatch(/\d{4}/); // a paper has a year
    expect(model.shows).toMatch(/\.$/);
    const { seconds, scale } = modelOptions(model, {});
    expect(seconds).toBe(model.seconds);
    expect(scale).toBe(model.scale?.default ?? 1);
    for (const { default: usual, choices } of Object.values(model.settings ?? {}))
      if (choices) expect(choices).toContain(usual);
  });

  it("is found by its name, or by a slip of it", () => {
    const names = ["brunel", "brunel-stdp", "cuba-20k", "cuba-4k", "microcircuit", "stdp-pair"];
    expect(models.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
    for (const name of names) expect(findModel(name).name).toBe(name);
    expect(() => findModel("cuba4k")).toThrow('did you mean "cuba-4k"?');
  });
});

describe("options", () => {
  const brunel = findModel("brunel");
  it("have the model's defaults and what was given", () => {
    const options = modelOptions(brunel, { seconds: 2, settings: { regime: "synchronous-regular" } });
    expect(options).toEqual({
      seconds: 2,
      scale: 1,
      seed: 1,
      record: [],
      settings: { regime: "synchronous-regular" },
    });
  });

  it.each([
    [{ seconds: 0 }, "seconds above 0, but was to take 0"],
    [{ seconds: Number.NaN }, "seconds above 0"],
    [{ scale: 0.01 }, "The scale of brunel must be a number from 0.11 to 100, but is 0.01"],
    [{ settings: { regime: "synchronous-regula" } }, 'did you mean "synchronous-regular"?'],
    [{ settings: { regimes: "x" } }, 'Unknown setting of brunel "regimes": did you mean "regime"?'],
  ])("%j are refused in a sentence", (given, sentence) => {
    expect(() => modelOptions(brunel, given)).toThrow(sentence);
  });

  it("are refused where a model has none", () => {
    expect(() => modelOptions(findModel("stdp-pair"), { scale: 2 })).toThrow("has one size");
    expect(() => modelOptions(findModel("cuba-4k"), { settings: { g: "4" } })).toThrow("has no settings");
  });
});
