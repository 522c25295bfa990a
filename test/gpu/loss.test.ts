/** A device that goes: nothing hangs, and every wait says why. */
import { expect, it } from "vitest";
import { DeviceLostError } from "../../src/gpu/device";
import type { Field } from "../../src/gpu/field";
import { Memory } from "../../src/gpu/memory";
import { testDevice } from "../support/device";

const x: Field = { name: "x", site: "neuron", home: "", shape: [1024], type: "f32" };

it("rejects what waits, and whatever comes after, with the reason", { timeout: 10_000 }, async () => {
  const device = await testDevice();
  const memory = new Memory(device);
  await memory.allocate([x]);
  expect(device.lostReason()).toBeUndefined();
  const waiting = [memory.read("x"), device.settled()].map((wait) =>
    wait.then(
      () => "done",
      (error: unknown) => error,
    ),
  );
  device.destroy();
  for (const outcome of await Promise.all(waiting))
    if (outcome !== "done") expect(outcome).toBeInstanceOf(DeviceLostError);
  await expect(memory.read("x")).rejects.toThrow(DeviceLostError);
  await expect(device.settled()).rejects.toThrow(DeviceLostError);
  await expect(memory.allocate([{ ...x, name: "y" }])).rejects.toThrow(DeviceLostError);
  expect(await device.lost).toContain(`The GPU device "${device.facts.name}" was lost`);
  expect(device.lostReason()).toBe(await device.lost);
});
