/** The same in Node, on Dawn. */
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { openDawn } from "../src/cli/dawn";
import { adapterFacts, type Place } from "./place";
import type { Contestant } from "./step/contestant";
import { engram } from "./step/engram";
import { Stage } from "./step/stage";
import { measureTiles } from "./tiles/measure";

/** Gives Node what the libraries look for: `navigator.gpu`, and in ES modules TensorFlow.js's `require`. */
export async function inNode(): Promise<Place> {
  const { gpu } = await openDawn();
  const userAgent = `Node.js/${process.versions.node}`;
  const navigator = { gpu, userAgent, hardwareConcurrency: availableParallelism() };
  Object.defineProperty(globalThis, "navigator", { value: navigator, configurable: true });
  Object.assign(globalThis, { require: createRequire(import.meta.url) });
  const others = [
    loadedLate("jax-js", async () => (await import("./step/jax")).jax),
    loadedLate("TensorFlow.js", async () => (await import("./step/tensorflow")).tensorflow),
  ];
  const { name: adapter, software } = await adapterFacts(gpu);
  const spent = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  };
  return {
    name: `Node ${process.versions.node}`,
    adapter,
    stage: new Stage([engram, ...others]),
    cpuMs: software ? spent : undefined,
    tiles: (...given) => measureTiles(gpu, ...given),
  };
}

/** They look at `navigator` while they are loaded. One that does not load is told as absent. */
function loadedLate(name: string, load: () => Promise<Contestant>): Contestant {
  const open: Contestant["open"] = async (...given) => (await load()).open(...given);
  return { name, driven: "as in Chrome", open };
}
