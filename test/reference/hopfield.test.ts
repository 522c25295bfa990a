/** The laws of Hopfield networks, in float64: the energy only falls, storage keeps so much and no more. */
import { describe, expect, it } from "vitest";
import { mulberry32 } from "../support/random";
import * as hopfield from "./hopfield";

/** Fair ±1. */
function patternsOf(count: number, n: number, seed: number): number[][] {
  const next = mulberry32(seed);
  return Array.from({ length: count }, () => Array.from({ length: n }, () => (next() < 0.5 ? -1 : 1)));
}

/** A pattern in which some values are turned over. */
function spoilt(pattern: readonly number[], share: number, seed: number): number[] {
  const next = mulberry32(seed);
  return pattern.map((value) => (next() < share ? -value : value));
}

const n = 40;
const storages = {
  Hebbian: hopfield.hebbian,
  "pseudo-inverse": hopfield.pseudoInverse,
  Storkey: hopfield.storkey,
};

describe.each(Object.entries(storages))("%s storage", (_, weightsOf) => {
  const patterns = patternsOf(6, n, 3);
  const w = weightsOf(patterns, n);

  it("is symmetric, with no synapse from a neuron to itself", () => {
    for (let i = 0; i < n; i++) {
      expect(w[i * n + i]).toBe(0);
      for (let j = 0; j < i; j++) expect(Math.abs(w[i * n + j]! - w[j * n + i]!)).toBeLessThan(1e-12);
    }
  });

  it("at every flip the energy falls by twice what the neuron hears, and never rises", () => {
    for (let probe = 0; probe < 5; probe++) {
      const state = spoilt(patterns[probe]!, 0.3, probe);
      let before = hopfield.energy(w, state);
      let flips = 0;
      for (let turn = 0; turn < 4 * n; turn++) {
        const earlier = [...state];
        const flipped = hopfield.asynchronous(w, state, 1, turn, 1);
        const now = hopfield.energy(w, state);
        expect(now, `turn ${turn}`).toBeLessThanOrEqual(before);
        if (flipped === 1) {
          const i = state.findIndex((value, at) => value !== earlier[at]);
          expect(before - now).toBeCloseTo((2 * Math.abs(hopfield.fieldAt(w, state, i))) / n, 10);
          flips++;
        } else expect(state).toEqual(earlier);
        before = now;
      }
      expect(flips).toBeGreaterThan(2);
      expect(hopfield.asynchronous(w, state, 1, 4 * n, n)).toBe(0);
    }
  });
});

it("all at once the network may go round in a ring of two, which one at a time it can't", () => {
  const w = hopfield.hebbian([[1, 1]], 2);
  expect(hopfield.parallel(w, hopfield.parallel(w, [1, -1]))).toEqual([1, -1]);
  const state = [1, -1];
  hopfield.asynchronous(w, state, 1, 0, 4);
  expect(state[0]).toBe(state[1]);
});

it("300 neurons keep 0.08 patterns a neuron and lose 0.25", () => {
  const size = 300;
  const [below, above] = [0.08, 0.25].map((load) => {
    const patterns = patternsOf(load * size, size, 8);
    const w = hopfield.hebbian(patterns, size);
    const overlaps = patterns.slice(0, 8).map((pattern) => {
      const state = [...pattern];
      for (let sweep = 0; sweep < 30; sweep++)
        if (hopfield.asynchronous(w, state, 1, sweep * size, size) === 0) break;
      return state.reduce((sum, value, i) => sum + (value * pattern[i]!) / size, 0);
    });
    return overlaps.reduce((sum, one) => sum + one / overlaps.length, 0);
  });
  expect(below).toBeGreaterThan(0.98);
  expect(above).toBeLessThan(0.6);
});

it("the modern form's energy never rises", () => {
  const patterns = patternsOf(9, n, 5);
  for (const beta of [0.02, 0.1, 1]) {
    let state = spoilt(patterns[0]!, 0.3, 2);
    let before = hopfield.modernEnergy(patterns, state, beta);
    for (let step = 0; step < 6; step++) {
      state = hopfield.modernStep(patterns, state, beta);
      const now = hopfield.modernEnergy(patterns, state, beta);
      expect(now, `β ${beta}, step ${step}`).toBeLessThanOrEqual(before + 1e-12);
      before = now;
    }
  }
});
