/** The same contest in Node, on Dawn. */
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { openDawn } from "../src/cli/dawn";
import { describeAdapter } from "../src/gpu/device";
import { contest, type Outcome, type Pace } from "./step/contest";
import type { Contestant } from "./step/contestant";
import { engram } from "./step/engram";
import type { Problem } from "./step/problem";

/** Gives Node what the libraries look for: `navigator.gpu`, and in ES modules TensorFlow.js's `require`. Returns the adapter's name. */
export async function provideNavigator(): Promise<string> {
  const { gpu } = await openDawn();
  const userAgent = `Node.js/${process.versions.node}`;
  Object.defineProperty(globalThis, "navigator", { value: { gpu, userAgent, hardwareConcurrency: availableParallelism() } });
  Object.assign(globalThis, { require: createRequire(import.meta.url) });
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  return describeAdapter(adapter!.info).name;
}

export async function contestInNode(problem: Problem, pace: Pace): Promise<Outcome> {
  return contest([engram, loadedLater("jax-js"), loadedLater("TensorFlow.js")], problem, pace);
}

/** Both look at `navigator` when they are loaded, and a library that does not load is absent, not an error. */
function loadedLater(name: "jax-js" | "TensorFlow.js"): Contestant {
  return {
    name,
    driven: "as in Chrome",
    async open(problem, start) {
      const contestant = name === "jax-js" ? (await import("./step/jax")).jax : (await import("./step/tensorflow")).tensorflow;
      return contestant.open(problem, start);
    },
  };
}
