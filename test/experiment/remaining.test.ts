/** Time left. Oracles: arithmetic on step times known beforehand. */
import { describe, expect, it } from "vitest";
import { StepTimes } from "../../src/experiment/remaining";

const times = (...chunks: [steps: number, ms: number][]): StepTimes => {
  const made = new StepTimes();
  for (const [steps, ms] of chunks) made.took(steps, ms);
  return made;
};

describe("time left", () => {
  it("is unknown before a step was timed", () => {
    expect(times().remaining(0, 100)).toBeUndefined();
  });

  it("after the first chunk alone is as uncertain as it is long", () => {
    expect(times([1, 500]).remaining(1, 5)).toEqual({ seconds: 2, spread: 2 });
  });

  it("leaves the first chunk out, which compiled", () => {
    expect(times([1, 9000], [2, 20], [2, 20]).remaining(5, 105)).toEqual({ seconds: 1, spread: 0 });
  });

  it("is the median's, whatever a slow chunk took, each step counting once", () => {
    expect(times([1, 0], [1, 10], [1, 10], [1, 5000]).remaining(4, 104)?.seconds).toBe(1);
    expect(times([1, 0], [10, 100], [1, 50], [1, 50], [1, 50]).remaining(4, 104)?.seconds).toBe(1);
  });

  it("is as uncertain as the steps differ: half the distance of the quartiles", () => {
    const { seconds, spread } = times([1, 0], [1, 10], [1, 20], [1, 30], [1, 40]).remaining(5, 1005)!;
    expect(seconds).toBe(20);
    expect(spread).toBe(10);
  });

  it("forgets what is long past", () => {
    const slow = Array.from({ length: 100 }, (): [number, number] => [1, 1000]);
    const fast = Array.from({ length: 32 }, (): [number, number] => [1, 10]);
    expect(times(...slow, ...fast).remaining(132, 232)).toEqual({ seconds: 1, spread: 0 });
  });

  it("is nothing at the end, and passes over what is no time", () => {
    const made = times([1, 1], [1, 10], [0, 50], [1, Number.NaN], [1, -1], [1, Number.POSITIVE_INFINITY]);
    expect(made.remaining(100, 100)).toEqual({ seconds: 0, spread: 0 });
    expect(made.remaining(110, 100)?.seconds).toBe(0);
    expect(made.remaining(0, 100)?.seconds).toBe(1);
  });
});
