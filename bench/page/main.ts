/** The page that the benchmark drives through puppeteer: it does what it is told and nothing by itself. */
import { adapterFacts } from "../place";
import { engram } from "../step/engram";
import { jax } from "../step/jax";
import type { Problem } from "../step/problem";
import { Stage } from "../step/stage";
import { tensorflow } from "../step/tensorflow";
import { measureTiles, type Product } from "../tiles/measure";

const stage = new Stage([engram, jax, tensorflow]);

const bench = {
  adapter: () => adapterFacts(navigator.gpu),
  enter: (name: string, problem: Problem) => stage.enter(name, problem),
  turn: (name: string, steps: number) => stage.turn(name, steps),
  leave: () => stage.leave(),
  tiles: (product: Product, shape: readonly [number, number], rounds: number) =>
    measureTiles(navigator.gpu, product, shape, rounds),
};

export type Bench = typeof bench;

Object.assign(window, { bench });
