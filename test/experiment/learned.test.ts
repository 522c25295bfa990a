/**
 * What a trainer keeps is enough: a fresh one that is given it, whatever else lies in its memory, goes on with the same
 * bits. Oracle: the trainer that went on without a break.
 */
import { expect, it } from "vitest";
import { Trainer } from "../../src/experiment/trainer";
import { fieldsOf } from "../../src/gpu/schedule";
import { expectSameBits } from "../support/close";
import { testDevice } from "../support/device";
import { choices, uniform } from "../support/random";

const layers = [7, 6, 3];
const batch = 5;

/** Rules with fields that every step writes before it reads them: they need not be kept. */
const scratch = {
  "sign-symmetry": ["hidden-output/feedback"],
  sanger: ["input-hidden/explained"],
  "krotov-hopfield": ["input-hidden/direction"],
} as const;

it.each(Object.entries(scratch))("%s goes on from what it keeps, without %j", async (rule, fields) => {
  const open = async (seed: number) =>
    Trainer.create(await testDevice(), { rule, layers, batch, seed, optimizer: "momentum" });
  const [one, other] = [await open(1), await open(2)];
  const lesson = (trainer: Trainer) => trainer.step(uniform(batch * 7, 4), choices(batch, 5, 3));
  await lesson(one);
  const kept = one.learned.map(({ name }) => name);
  for (const name of fields) expect(kept).not.toContain(name);
  for (const { name, site, shape } of fieldsOf(one.schedule))
    if (site === "synapse")
      other.write(
        name,
        uniform(
          shape.reduce((a, b) => a * b, 1),
          6,
        ),
      );
  for (const name of kept) other.write(name, await one.read(name));
  other.rewind(one.steps);
  await lesson(one);
  await lesson(other);
  for (const name of kept) expectSameBits(await other.read(name), await one.read(name), name);
  one.destroy();
  other.destroy();
});
