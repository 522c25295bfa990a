import { expect, it } from "vitest";
import { openDawn } from "../../src/cli/dawn";
import { openDevice } from "../../src/gpu/device";
import { Trainer } from "../../src/experiment/trainer";

function mulberry32(a: number) { return () => { a |= 0; a = (a + 0x6d2b79f5) | 0; let t = Math.imul(a ^ (a >>> 15), 1 | a); t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t; return ((t ^ (t >>> 14)) >>> 0) / 4294967296; }; }

it("reproduces the reference losses", async () => {
  const { gpu } = await openDawn();
  const device = await openDevice(gpu);
  console.log(device.facts, device.subgroups);
  const layers = [784, 256, 10];
  const t = await Trainer.create(device, { rule: "backprop", layers, batch: 128, optimizer: "sgd", values: { rate: 0.01 } });
  layers.slice(1).forEach((out, l) => {
    const inn = layers[l]!; const r = mulberry32(100 + l);
    const w = new Float32Array((inn + 1) * out);
    for (let i = 0; i < inn * out; i++) w[i] = (2 * r() - 1) * Math.sqrt(6 / inn);
    t.write(t.net.projections[l]!.weight.name, w);
  });
  const rx = mulberry32(1), ry = mulberry32(2);
  const x = Float32Array.from({ length: 128 * 784 }, () => rx());
  const y = Uint32Array.from({ length: 128 }, () => Math.floor(10 * ry()));
  const losses = [];
  for (let i = 0; i < 20; i++) losses.push((await t.step(x, y)).loss);
  console.log(losses[0], losses[10], losses[19], t.memory.names());
  const t0 = performance.now(); await t.advance(50); console.log((performance.now() - t0) / 50);
  console.log(await t.alignment(x, y));
  expect(losses[0]).toBeCloseTo(2.533874, 4);
});
