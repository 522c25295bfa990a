/** Oracle: the design's table. Hebb and his heirs hear no label and wait for no other layer; only their readout is told. */
import { describe, expect, it } from "vitest";
import { auditRule } from "../../src/experiment/audit";
import { Trainer } from "../../src/experiment/trainer";
import { expectSameBits, sameBits } from "../support/close";
import { testDevice } from "../support/device";
import { uniform } from "../support/random";

const layers = [9, 8, 7, 3];
const verdicts = {
  hebb: "local",
  oja: "local",
  bcm: "local",
  sanger: "lateral",
  "krotov-hopfield": "lateral",
  "soft-hebb": "lateral",
} as const;

describe.each(Object.entries(verdicts))("%s", (rule, locality) => {
  const { updates, summary } = auditRule(rule, { layers });
  const forward = updates.filter((update) => update.forward);
  const hidden = forward.filter(({ layer }) => layer < 3);
  const readout = forward.filter(({ layer }) => layer === 3);

  it("updates every weight once", () => {
    expect(forward.map(({ layer }) => layer)).toEqual([1, 2, 3]);
  });

  it(`is ${locality}, without a teaching signal, and waits for no other layer`, () => {
    for (const update of hidden) {
      expect(update.locality).toBe(locality);
      expect(update.teaching).toBeNull();
      expect(update.locking.layers).toEqual([]);
      expect(update.locking.superseded).toBe(0);
    }
    expect(summary.weightTransport).toBe("none");
    expect(summary.updateLocking).toBe("waits for no other layer");
  });

  it("has a readout that learns from its own error", () => {
    expect(readout).toHaveLength(1);
    const { locality: heard, teaching, weightTransport } = readout[0]!;
    expect([heard, teaching?.kind, teaching?.distance, teaching?.transports]).toEqual([
      "delivered",
      "one value per neuron",
      0,
      0,
    ]);
    expect(weightTransport).toEqual([]);
  });

  it("learns the same features, bit for bit, whatever the labels are", async () => {
    const lesson = async (labels: readonly number[]) => {
      const trainer = await Trainer.create(await testDevice(), { rule, layers, batch: 4, optimizer: "sgd" });
      await trainer.step(uniform(4 * 9, 1), labels);
      await trainer.advance(2);
      const weights = await Promise.all(
        trainer.net.projections.map(({ weight }) => trainer.read(weight.name)),
      );
      trainer.destroy();
      return weights;
    };
    const [one, other] = [await lesson([0, 1, 2, 0]), await lesson([2, 0, 1, 1])];
    expectSameBits(one[0]!, other[0]!, "first layer");
    expectSameBits(one[1]!, other[1]!, "second layer");
    expect(sameBits(one[2]!, other[2]!)).toBe(false);
  });
});
