/** The Python reader of docs/exchange.md reads what is written. Oracle: the network itself. Skipped without python3 and NumPy. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { exportNetwork } from "../../../src/experiment/exchange/export";
import { writeSpikes } from "../../../src/experiment/spikes";
import { everything } from "./networks";

const hasPython = spawnSync("python3", ["-c", "import numpy"]).status === 0;

const page = readFileSync(resolve(import.meta.dirname, "../../../docs/exchange.md"), "utf8");
const reader = /```python\n(.*?)```/s.exec(page)![1]!;

/** Prints what was read as JSON, arrays as lists. */
const tell = `
import sys
network = read_network("network.json", "network.safetensors")
ms, neuron = read_spikes("e.npy", network["dt"])
network["spikes"] = {"ms": ms, "neuron": neuron}
json.dump(network, sys.stdout, default=lambda value: value.tolist())
`;

it.skipIf(!hasPython)("finds populations, synapses and spikes in Python", () => {
  const folder = mkdtempSync(join(tmpdir(), "engram-exchange-"));
  try {
    const { json, tensors } = exportNetwork(everything);
    const spikes = {
      times: Uint32Array.of(2, 2, 70_000),
      neurons: Uint32Array.of(0, 3, 1),
      steps: 80_000,
      dt: 0.1,
    };
    writeFileSync(join(folder, "network.json"), json);
    writeFileSync(join(folder, "network.safetensors"), tensors);
    writeFileSync(join(folder, "e.npy"), writeSpikes(spikes));
    writeFileSync(join(folder, "read.py"), reader + tell);
    const found = JSON.parse(execFileSync("python3", ["read.py"], { cwd: folder, encoding: "utf8" }));
    expect(found.dt).toBe(0.1);
    expect(found.seed).toBe(4_000_000_000);
    expect(
      Object.entries<{ size: number }>(found.populations).map(([name, { size }]) => [name, size]),
    ).toEqual(everything.populations.map(({ name, size }) => [name, size]));
    const { given, e, i, leaky } = found.populations;
    expect(given.metadata.times).toEqual({ offsets: [0, 2, 2, 5], ms: [0.3, 7.1, 0.1, 0.2, 0.701] });
    expect(e.metadata.initial.v).toEqual([-65.1, -64.2, -63.3, -62.4]);
    expect(
      e.background.map(({ count, rate, weight }: Record<string, number>) => [count, rate, weight]),
    ).toEqual([
      [800, 2.5, 0.1],
      [1, 1000, -0.3],
    ]);
    expect(i.params).toEqual({ spring: [0.1, 1 / 3], ground: [-2, -3] });
    expect([leaky.tau, leaky.v_threshold]).toEqual([0.02, [0.0157, 0.0169]]);
    const { dense, learning, [`given-e/${everything.projections[0]!.port}`]: first } = found.projections;
    expect(first).toMatchObject({
      source: "given",
      target: "e",
      pre: [2, 0, 0, 2],
      post: [3, 1, 1, 0],
      weight: Array.from(Float32Array.of(1.5, 0.1, -0.25, 3e-5)),
      delay: [3, 0, 255, 10],
    });
    expect(learning.plasticity).toMatchObject({
      model: "pairing",
      params: { rate: 0.01, tau: 17.3 },
      min: 0,
      max: 1,
    });
    expect(dense).toEqual({
      source: "noise",
      target: "leaky",
      port: "input",
      pre: [0, 0, 1, 1, 2, 2, 3, 3, 4, 4],
      post: [0, 1, 0, 1, 0, 1, 0, 1, 0, 1],
      weight: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
      delay: new Array(10).fill(7),
    });
    expect(found.spikes).toEqual({ ms: [0.2, 0.2, 7000], neuron: [0, 3, 1] });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
