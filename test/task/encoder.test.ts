import { expect, it } from "vitest";
import { encoder } from "../../src/task/encoder";
import { findTask } from "../../src/task/task";

it("is eight patterns with one input on, each a class of its own", async () => {
  const { train, test, inputs, classes, shape } = await findTask("encoder").load();
  expect([inputs, classes, shape, train.count, test.count]).toEqual([8, 8, [8], 8, 8]);
  for (let s = 0; s < 8; s++) {
    const row = Array.from(train.data.subarray(8 * s, 8 * s + 8));
    expect(row.indexOf(1)).toBe(train.labels[s]);
    expect(row.reduce((sum, value) => sum + value, 0)).toBe(1);
  }
  expect([test.data, test.labels]).toEqual([train.data, train.labels]);
  expect(test.data).not.toBe(train.data);
});

it("has eight samples and no others", async () => {
  await expect(encoder.load({ test: 9 })).rejects.toThrow(
    "Task encoder: test samples must be exactly 8, not 9",
  );
});
