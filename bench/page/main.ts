/** The page that the benchmark drives through puppeteer: it does what `bench` is told and nothing by itself. */
import { describeAdapter } from "../../src/gpu/device";
import { contest, type Pace } from "../step/contest";
import { engram } from "../step/engram";
import { jax } from "../step/jax";
import type { Problem } from "../step/problem";
import { tensorflow } from "../step/tensorflow";
import { measureTiles } from "../tiles/measure";

const bench = {
  contest: (problem: Problem, pace: Pace) => contest([engram, jax, tensorflow], problem, pace),
  tiles: measureTiles,
  async adapter(): Promise<string> {
    const adapter = await navigator.gpu?.requestAdapter({ powerPreference: "high-performance" });
    return adapter ? describeAdapter(adapter.info).name : "no adapter";
  },
};

export type Bench = typeof bench;

Object.assign(window, { bench });
