/** Models that learn trial by trial. Oracle: counts of trials and synapses worked out by hand, and what ends a run early. */
import { describe, expect, it } from "vitest";
import { follow } from "../../../src/experiment/model/common/learning";
import { model as evidence } from "../../../src/experiment/model/evidence-accumulation";
import { modelOptions } from "../../../src/experiment/models";
import { testDevice } from "../../support/device";

async function* events(stopAt: number, stop: () => void): AsyncGenerator<number, string> {
  for (let k = 0; k < 4; k++) {
    if (k === stopAt) stop();
    yield k;
  }
  return "done";
}

describe("following a run", () => {
  it("hears every event and gives the result", async () => {
    const heard: number[] = [];
    expect(
      await follow(
        events(9, () => {}),
        (event) => heard.push(event),
      ),
    ).toBe("done");
    expect(heard).toEqual([0, 1, 2, 3]);
  });

  it("ends without a result where its signal ended it, and fails where something else did", async () => {
    const stopping = new AbortController();
    const fail = () => {
      throw new Error("no more");
    };
    await expect(follow(events(2, fail), () => {}, stopping.signal)).rejects.toThrow("no more");
    stopping.abort();
    expect(await follow(events(2, fail), () => {}, stopping.signal)).toBeUndefined();
  });
});

it("evidence accumulation tells what it learned from, and how it was tested", async () => {
  const settings = { iterations: "1", tests: "32", dt: "10", delay: "50" };
  const shares: number[] = [];
  const options = modelOptions(evidence, { seed: 2, settings });
  const { json, lines } = await evidence.run(await testDevice(), options, (share) => shares.push(share));
  expect(json).toMatchObject({
    model: "evidence-accumulation",
    seed: 2,
    settings: { iterations: 1, tests: 32, dt: 10, delay: 50, feedback: "symmetric" },
    neurons: 40 + 100 + 2,
    synapses: 40 * 100 + 100 * 100 + 100 * 2,
    samples: 32,
  });
  // Seven cues of 100 ms, 50 ms after each, the delay, and 150 ms to answer.
  expect(json.simulatedSeconds).toBeCloseTo(32 * (7 * 0.15 + 0.05 + 0.15), 6);
  const [test] = json.tests as { iteration: number; testAccuracy: number }[];
  expect(test!.iteration).toBe(1);
  expect(json.errors).toBeCloseTo(1 - test!.testAccuracy, 12);
  expect(shares.at(-1)).toBe(1);
  expect(lines).toHaveLength(3);
});
