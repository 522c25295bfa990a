/** Oracle: what the columns are said to be; arithmetic by hand; and a cell's own numbers measured a second time. */
import { beforeAll, describe, expect, it, vi } from "vitest";
import { annealed, type Bench, StoppedError } from "../../src/experiment/bench";
import type { Cell, Setup } from "../../src/experiment/cell";
import { measureCells } from "../../src/experiment/compare";
import { balanced, disturb, rarest } from "../../src/experiment/disturb";
import { onlineValues } from "../../src/experiment/measure-online";
import { scoreboard, spread } from "../../src/experiment/scoreboard";
import { digits } from "../../src/task/digits";
import type { Dataset } from "../../src/task/task";
import { xor } from "../../src/task/xor";
import { testDevice } from "../support/device";

/** Where two cores serve many: the tests take seconds on a machine of their own. */
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let dataset: Dataset;
beforeAll(async () => {
  dataset = await digits.load({ train: 240, test: 80 });
});

const setup: Setup = {
  name: "backprop",
  rule: "backprop",
  task: "digits",
  train: 240,
  test: 80,
  layers: [784, 12, 10],
  batch: 24,
  activation: "relu",
  output: "softmax",
  optimizer: "adam",
  values: { rate: 0.01 },
  options: {},
  epochs: 4,
};

const bench = (more: Partial<Bench> = {}): Bench => ({
  open: testDevice,
  dataset,
  seed: 1,
  signal: new AbortController().signal,
  progress: () => {},
  ...more,
});

async function all(wanted: Parameters<typeof measureCells>[1], more: Partial<Bench> = {}): Promise<Cell[]> {
  const cells: Cell[] = [];
  for await (const cell of measureCells(bench(more), wanted)) cells.push(cell);
  return cells;
}

const result = <Of extends Cell["column"]>(cells: readonly Cell[], column: Of) =>
  cells.find((cell) => cell.column === column)!.result as NonNullable<
    Extract<Cell, { column: Of }>["result"]
  >;

describe("a rule and a seed", () => {
  const few = { ...setup, limit: 40 };
  const online = { ...setup, limit: 60 };
  let cells: Cell[];
  beforeAll(async () => {
    cells = await all({ accuracy: setup, robust: setup, few, online });
  });

  it("makes one cell a column, each with its set-up and adapter", () => {
    expect(cells.map(({ column }) => column)).toEqual(["accuracy", "robust", "few", "online"]);
    expect(cells.map((cell) => cell.setup)).toEqual([setup, setup, few, online]);
    for (const cell of cells) expect(cell).toMatchObject({ name: "backprop", seed: 1, adapter: /./ });
  });

  it("tests early and after each epoch, while samples and seconds grow", () => {
    const { final, best, curve } = result(cells, "accuracy");
    expect(curve.map(({ samples }) => samples)).toEqual([24, 48, 72, 120, 240, 480, 720, 960]);
    curve.reduce((before, now) => {
      expect(now.seconds).toBeGreaterThan(before.seconds);
      return now;
    });
    expect(final).toBe(curve.at(-1)!.accuracy);
    expect(best).toBe(Math.max(...curve.map(({ accuracy }) => accuracy)));
    expect(final).toBeGreaterThan(0.5);
  });

  it("scores the trained network on what was disturbed, and trains on few and online samples", () => {
    const robust = result(cells, "robust");
    for (const share of Object.values(robust)) expect(share > 0.1 && share <= 1).toBe(true);
    expect(robust.shifted).toBeLessThan(result(cells, "accuracy").final);
    expect(result(cells, "few").map(({ perClass, steps }) => [perClass, steps])).toEqual([
      [1, 40],
      [10, 40],
    ]); // the rarest class has 24
    expect(result(cells, "online")).toMatchObject({ samples: 60, accuracy: expect.any(Number) });
  });

  it("gives the same numbers again, and others with another seed", async () => {
    const bare = (some: readonly Cell[]) => {
      const { curve } = result(some, "accuracy");
      return [curve.map(({ samples, accuracy }) => [samples, accuracy]), result(some, "few")];
    };
    expect(bare(await all({ accuracy: setup, few }))).toEqual(bare(cells));
    expect(bare(await all({ accuracy: setup, few }, { seed: 2 }))).not.toEqual(bare(cells));
  });

  it("makes a row of them", () => {
    const [row] = scoreboard([...cells, { ...cells[0]!, seed: 2 } as Cell]);
    const { final, curve } = result(cells, "accuracy");
    expect(row).toMatchObject({
      name: "backprop",
      accuracy: { mean: final, deviation: 0, seeds: 2 },
      reached: [expect.anything(), expect.anything(), expect.anything()].map((_, index) =>
        curve.some(({ accuracy }) => accuracy >= [0.9, 0.95, 0.97][index]!) ? expect.anything() : null,
      ),
      cost: { forwardEquivalents: expect.any(Number) },
      audit: { weightTransport: "hidden-output/weight" },
      few: [{ seeds: 1 }, { seeds: 1 }, null],
      online: { samples: 60 },
      failures: [],
    });
    expect(row!.energyInAll).toBeCloseTo(row!.cost.energy.total * 960, 12);
    expect(row!.watts).toBeCloseTo(row!.cost.energy.total * row!.samplesPerSecond!.mean, 12);
  });
});

it("records a divergence and a column that can't be, and goes on", async () => {
  const wild = {
    ...setup,
    activation: "identity",
    output: "identity",
    optimizer: "sgd",
    values: { rate: 100 },
  } as const;
  const cells = await all({ accuracy: wild, few: { ...wild, limit: 40 } });
  expect(cells[0]).toMatchObject({ failed: /^backprop diverged/, diverged: true });
  expect(result(cells, "few").map(({ accuracy }) => accuracy)).toEqual([null, null]);
  const [row] = scoreboard(cells);
  expect(row).toMatchObject({ accuracy: null, watts: null });
  expect(row!.failures).toHaveLength(3);

  const bits = await xor.load();
  const small = { ...setup, task: "xor", layers: [2, 4, 2], batch: 4, train: 4, test: 4, epochs: 1 };
  const [robust, accuracy] = await all({ accuracy: small, robust: small }, { dataset: bits });
  expect(robust).toMatchObject({ column: "robust", failed: /XOR are no images/ });
  expect(accuracy).toMatchObject({ column: "accuracy", result: { curve: [{ samples: 4 }] } });
});

it("stops when told, without a cell", async () => {
  const stopping = new AbortController();
  const cells: Cell[] = [];
  const run = async () => {
    const wanted = { accuracy: { ...setup, epochs: 10_000 } };
    const watched = bench({ signal: stopping.signal, progress: () => stopping.abort() });
    for await (const cell of measureCells(watched, wanted)) cells.push(cell);
  };
  await expect(run()).rejects.toThrow(StoppedError);
  expect(cells).toEqual([]);
});

describe("numbers for one sample at a time", () => {
  it("shrink with the batch, and fall to zero within the pass where they did within the preset's epochs", () => {
    const momentum = {
      ...setup,
      optimizer: "momentum",
      values: { rate: 0.25, anneal: 4 },
      batch: 32,
    } as const;
    expect(onlineValues(momentum)).toMatchObject({ rate: 0.25 / 32, anneal: 1, momentum: 0.9 });
    expect(annealed({ rate: 0.1, anneal: 3, readoutAnneal: 5, momentum: 0.9 }, 0.2)).toEqual({
      rate: 0.1,
      anneal: 3 * 0.2,
      readoutAnneal: 1,
      momentum: 0.9,
    });
    expect(onlineValues({ ...setup, batch: 25 }).rate).toBeCloseTo(0.002, 12);
  });
});

describe("disturbed images", () => {
  const dot = { data: new Uint8Array(25), labels: Uint8Array.of(3), count: 1 };
  dot.data[12] = 200;

  it("shifted: by two pixels, what comes in black, in all eight directions", () => {
    const places = new Set<number>();
    for (let seed = 0; seed < 60; seed++) {
      const { data, labels } = disturb(dot, [5, 5], "shifted", seed);
      expect(labels).toBe(dot.labels);
      expect(data.reduce((sum, value) => sum + value)).toBe(200);
      places.add(data.indexOf(200));
    }
    expect([...places].sort((a, b) => a - b)).toEqual([0, 2, 4, 10, 14, 20, 22, 24]);
  });

  it("rotated: the centre stays, a bar through it leans by 15° one way or the other", () => {
    const bar = { data: new Uint8Array(21 * 21), labels: Uint8Array.of(0), count: 1 };
    for (let y = 0; y < 21; y++) bar.data[y * 21 + 10] = 240;
    const leans = new Set<number>();
    for (let seed = 0; seed < 20; seed++) {
      const { data } = disturb(bar, [21, 21], "rotated", seed);
      expect(data[10 * 21 + 10]).toBe(240);
      const middle = (y: number) => {
        const line = Array.from(data.subarray(y * 21, y * 21 + 21));
        return (
          line.reduce((sum, value, x) => sum + value * x, 0) / line.reduce((sum, value) => sum + value, 0)
        );
      };
      const lean = (Math.atan((middle(18) - middle(2)) / 16) * 180) / Math.PI;
      expect(Math.abs(lean)).toBeCloseTo(15, 0);
      leans.add(Math.sign(lean));
    }
    expect(leans.size).toBe(2);
  });

  it("noisy: σ 0.3 of white around grey, the same for the same seed", () => {
    const grey = { data: new Uint8Array(784).fill(128), labels: Uint8Array.of(0), count: 1 };
    const { data } = disturb(grey, [28, 28], "noisy", 1);
    const mean = data.reduce((sum, value) => sum + value, 0) / 784;
    const variance = data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 784;
    expect(mean).toBeCloseTo(128, -1);
    expect(Math.sqrt(variance) / 255).toBeCloseTo(0.29, 1);
    expect(disturb(grey, [28, 28], "noisy", 1).data).toEqual(data);
    expect(disturb(grey, [28, 28], "noisy", 2).data).not.toEqual(data);
  });

  it("refuses what is no image", () => {
    const bits = { data: Float32Array.of(0, 1), labels: Uint8Array.of(0), count: 1 };
    expect(() => disturb(bits, [2], "shifted", 1)).toThrow("Only images of bytes can be shifted");
  });
});

describe("few samples", () => {
  it("are as many of each class, a sample's own picture with its label, and others with another seed", () => {
    const some = balanced(dataset, 3, 1);
    const counts = new Array(10).fill(0);
    for (const label of some.labels) counts[label] += 1;
    expect(counts).toEqual(new Array(10).fill(3));
    const rows = ({ data, count }: typeof some) =>
      Array.from({ length: count }, (_, i) => data.subarray(784 * i, 784 * (i + 1)).join());
    const known = new Map(rows(dataset.train).map((row, index) => [row, dataset.train.labels[index]]));
    expect(new Set(rows(some)).size).toBe(30);
    rows(some).forEach((row, index) => {
      expect(known.get(row)).toBe(some.labels[index]);
    });
    expect(rows(balanced(dataset, 3, 2))).not.toEqual(rows(some));
    expect(rarest(dataset)).toBe(24);
    expect(() => balanced(dataset, 25, 1)).toThrow(
      "25 samples of each class were asked for, but one class has only 24.",
    );
  });
});

it("takes means and standard deviations over seeds", () => {
  expect(spread([])).toBeNull();
  expect(spread([3])).toEqual({ mean: 3, deviation: null, seeds: 1 });
  expect(spread([1, 2, 3])).toEqual({ mean: 2, deviation: 1, seeds: 3 });
});
