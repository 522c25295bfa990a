/** Which synapses there are. Oracle: what each rule of connectivity says, counted; and moments of the distributions. */
import { describe, expect, it } from "vitest";
import { Simulation } from "../../src/experiment/simulation";
import { binomial, dealOut } from "../../src/net/spiking/binomial";
import type { Connect, ProjectionSpec } from "../../src/net/spiking/model";
import { lif } from "../../src/neuron/lif";
import { testDevice } from "../support/device";

interface Drawn {
  readonly pre: Uint32Array;
  readonly post: Uint32Array;
  readonly delay: Float32Array;
  readonly weight: Float32Array;
}

/** Synapses from `from` neurons to `to`, or of a population onto itself. */
async function draw(
  connect: Connect,
  [from, to]: [number, number | "itself"],
  more: Partial<ProjectionSpec> = {},
  seed = 1,
): Promise<Drawn> {
  const itself = to === "itself";
  const populations = [{ name: "a", model: lif, size: from }];
  if (!itself) populations.push({ name: "b", model: lif, size: to });
  const simulation = await Simulation.create(await testDevice(), {
    dt: 0.1,
    seed,
    populations,
    projections: [
      { name: "ab", pre: "a", post: itself ? "a" : "b", port: "input", connect, weight: 1, ...more },
    ],
  });
  const synapses = await simulation.readSynapses("ab");
  const weight = await simulation.readWeights("ab");
  simulation.destroy();
  return { ...synapses, weight };
}

const times = (of: Uint32Array, count: number) => {
  const counts = new Array<number>(count).fill(0);
  for (const one of of) counts[one]!++;
  return counts;
};
const pairs = ({ pre, post }: Drawn) => Array.from(pre, (one, k) => `${one}-${post[k]}`);
const distinct = (drawn: Drawn) => new Set(pairs(drawn)).size === drawn.pre.length;
const reachesItself = ({ pre, post }: Drawn) => pre.some((one, k) => one === post[k]);

describe("connectivity", () => {
  it("connects all to all, with and without themselves", async () => {
    const all = await draw({ kind: "all-to-all" }, [7, 37]);
    expect(all.pre.length).toBe(7 * 37);
    expect(distinct(all)).toBe(true);
    const others = await draw({ kind: "all-to-all" }, [37, "itself"]);
    expect(others.pre.length).toBe(37 * 36);
    expect(reachesItself(others)).toBe(false);
    expect((await draw({ kind: "all-to-all", self: true }, [37, "itself"])).pre.length).toBe(37 * 37);
  });

  it("connects one to one", async () => {
    const drawn = await draw({ kind: "one-to-one" }, [65, 65]);
    expect(pairs(drawn)).toEqual(Array.from({ length: 65 }, (_, k) => `${k}-${k}`));
  });

  it("draws each pair with one probability, another for another seed", async () => {
    const connect = { kind: "fixed-probability", probability: 0.1 } as const;
    const drawn = await draw(connect, [257, 783]);
    const expected = 257 * 783 * 0.1;
    expect(Math.abs(drawn.pre.length - expected)).toBeLessThan(4 * Math.sqrt(expected * 0.9));
    expect(distinct(drawn)).toBe(true);
    // Rows and columns are binomial: χ² of their counts over degrees of freedom is near 1.
    const spread = (counts: number[], mean: number) =>
      counts.reduce((sum, one) => sum + (one - mean) ** 2 / (mean * 0.9), 0) / counts.length;
    expect(Math.abs(spread(times(drawn.pre, 257), 78.3) - 1)).toBeLessThan(0.4);
    expect(Math.abs(spread(times(drawn.post, 783), 25.7) - 1)).toBeLessThan(0.25);
    expect(pairs(await draw(connect, [257, 783], {}, 2))).not.toEqual(pairs(drawn));
    expect(pairs(await draw(connect, [257, 783]))).toEqual(pairs(drawn));
    expect((await draw({ ...connect, probability: 0 }, [9, 9])).pre.length).toBe(0);
    expect((await draw({ ...connect, probability: 1 }, [9, 9])).pre.length).toBe(81);
  });

  it.each([true, false])(
    "gives each neuron the in-degree or out-degree asked for, repeats %s",
    async (repeats) => {
      const incoming = await draw({ kind: "fixed-in-degree", count: 30, repeats }, [37, "itself"]);
      expect(times(incoming.post, 37)).toEqual(new Array(37).fill(30));
      const outgoing = await draw({ kind: "fixed-out-degree", count: 30, repeats }, [37, "itself"]);
      expect(times(outgoing.pre, 37)).toEqual(new Array(37).fill(30));
      for (const drawn of [incoming, outgoing]) {
        expect(reachesItself(drawn)).toBe(false);
        expect(distinct(drawn)).toBe(!repeats);
      }
      expect(
        reachesItself(await draw({ kind: "fixed-in-degree", count: 37, self: true }, [37, "itself"])),
      ).toBe(true);
    },
  );

  it.each([true, false])("draws the total asked for, repeats %s", async (repeats) => {
    const drawn = await draw({ kind: "fixed-total", count: 1000, repeats }, [37, "itself"]);
    expect(drawn.pre.length).toBe(1000);
    expect(reachesItself(drawn)).toBe(false);
    expect(distinct(drawn)).toBe(!repeats);
  });

  it("prefers near neurons where distance counts", async () => {
    const grid = Float32Array.from({ length: 200 }, (_, k) => (k % 2 === 0 ? k / 200 : 0));
    const simulation = await Simulation.create(await testDevice(), {
      dt: 0.1,
      seed: 1,
      populations: [{ name: "a", model: lif, size: 100, positions: grid }],
      projections: [
        {
          name: "ab",
          pre: "a",
          post: "a",
          port: "input",
          connect: { kind: "distance", peak: 1, width: 0.1, wrap: true },
          weight: 1,
        },
      ],
    });
    const { pre, post } = await simulation.readSynapses("ab");
    simulation.destroy();
    // On a ring of 100, Σ exp(−d² / 2σ²) over the others, σ being 10 neurons: √(2π) · 10 − 1.
    const expected = 100 * (Math.sqrt(2 * Math.PI) * 10 - 1);
    expect(Math.abs(pre.length - expected)).toBeLessThan(4 * Math.sqrt(expected));
    const apart = Array.from(pre, (one, k) =>
      Math.min(Math.abs(one - post[k]!), 100 - Math.abs(one - post[k]!)),
    );
    expect(Math.sqrt(apart.reduce((sum, d) => sum + d * d, 0) / apart.length)).toBeCloseTo(10, 0);
  });

  it("keeps a list as given, sorted into rows", async () => {
    const connect = { kind: "list", pre: [2, 0, 2], post: [1, 0, 0] } as const;
    const drawn = await draw(connect, [3, 2], {
      weight: { values: [0.5, -1, 2] },
      delay: { values: [1, 0, 0.3] },
    });
    expect(pairs(drawn)).toEqual(["0-0", "2-0", "2-1"]);
    expect([...drawn.weight]).toEqual([-1, 2, 0.5]);
    expect(drawn.delay[1]).toBeCloseTo(0.3);
  });
});

describe("distributions of weights and delays", () => {
  const moments = (values: Float32Array) => {
    const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
    return [
      mean,
      Math.sqrt(values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / values.length),
    ] as const;
  };
  const all: Connect = { kind: "all-to-all" };

  it("has the mean and the deviation asked for, within its bounds", async () => {
    const normal = await draw(all, [100, 200], { weight: { normal: [2, 0.5] } });
    expect(moments(normal.weight)[0]).toBeCloseTo(2, 1);
    expect(moments(normal.weight)[1]).toBeCloseTo(0.5, 1);
    const uniform = await draw(all, [100, 200], {
      weight: { uniform: [-1, 3] },
      delay: { uniform: [0.5, 1.5] },
    });
    expect(moments(uniform.weight)[0]).toBeCloseTo(1, 1);
    expect(moments(uniform.weight)[1]).toBeCloseTo(4 / Math.sqrt(12), 1);
    expect(Math.min(...uniform.delay)).toBeCloseTo(0.5);
    expect(Math.max(...uniform.delay)).toBeCloseTo(1.5);
    const lognormal = await draw(all, [100, 200], { weight: { lognormal: [0, 0.25] } });
    expect(moments(lognormal.weight.map(Math.log))[1]).toBeCloseTo(0.25, 2);
    const clipped = await draw(all, [100, 200], {
      weight: { normal: [0, 1], min: -0.5, max: 1 },
      delay: { normal: [1.5, 0.75], min: 0.1 },
    });
    expect(Math.min(...clipped.weight)).toBe(-0.5);
    expect(Math.max(...clipped.weight)).toBe(1);
    expect(Math.min(...clipped.delay)).toBeCloseTo(0.1);
  });

  it("deals synapses out to rows as a multinomial does", () => {
    const counts = dealOut(100_000, 1000, 1, 2);
    expect(counts.reduce((sum, one) => sum + one, 0)).toBe(100_000);
    const [mean, deviation] = moments(counts);
    expect(mean).toBe(100);
    expect(deviation).toBeCloseTo(10, 0);
    // By hand: three throws of p = 1/2 come out 0 to 3 with chances 1, 3, 3, 1 eighths; from the mode, 2, outwards: 2, 3, 1, 0.
    expect([0.1, 0.45, 0.8, 0.95].map((u) => binomial(3, 0.5, u))).toEqual([2, 3, 1, 0]);
  });
});
