/** What a person means by a misspelt name, and when to hold one's tongue. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nearest, unknownName } from "../../src/gpu/name";
import { findTask, tasks } from "../../src/task/task";

const rules = [
  "backprop",
  "feedback-alignment",
  "direct-feedback-alignment",
  "sign-symmetry",
  "kolen-pollack",
];

describe("nearest", () => {
  it.each([
    ["backprob", "backprop"],
    ["Backprop", "backprop"],
    ["feedback_alignement", "feedback-alignment"],
    ["direct", "direct-feedback-alignment"],
    ["kolen-polack", "kolen-pollack"],
  ])("%s means %s", (typed, meant) => expect(nearest(typed, rules)).toBe(meant));

  it.each(["", "zzz", "hebb", "a".repeat(100_000)])("%.9s means nothing known", (typed) => {
    expect(nearest(typed, rules)).toBeUndefined();
  });

  it("finds every known name after any one slip", () => {
    fc.assert(
      fc.property(fc.constantFrom(...rules), fc.nat(), (name, place) => {
        const at = place % name.length;
        expect(nearest(name.slice(0, at) + name.slice(at + 1), rules)).toBe(name);
      }),
    );
  });
});

describe("unknown names", () => {
  it("get one sentence with a suggestion, and the list", () => {
    expect(unknownName("task", "mnits", ["xor", "mnist"])).toBe(
      'Unknown task "mnits": did you mean "mnist"? Known: xor, mnist.',
    );
    expect(unknownName("task", "zebra", ["xor", "mnist"])).toBe('Unknown task "zebra". Known: xor, mnist.');
    expect(unknownName("task", "z".repeat(1e6), ["xor"]).length).toBeLessThan(120);
  });

  it("are refused by findTask, known ones found", () => {
    expect(() => findTask("fashion_mnist")).toThrow('did you mean "fashion-mnist"?');
    for (const task of tasks) expect(findTask(task.name)).toBe(task);
    expect(tasks.map(({ name }) => name)).toEqual([
      "xor",
      "encoder",
      "spirals",
      "digits",
      "mnist",
      "fashion-mnist",
    ]);
    for (const { defaultLayers, inputs, classes } of tasks) {
      expect([defaultLayers[0], defaultLayers.at(-1)]).toEqual([inputs, classes]);
    }
  });
});
