/** Where the benchmark can run: a page in Chrome, or Node on Dawn. */
import { type AdapterFacts, describeAdapter } from "../src/gpu/device";
import type { Stage } from "./step/stage";
import type { Product, TileResult } from "./tiles/measure";

export interface Place {
  /** The runtime and its version. */
  readonly name: string;
  readonly adapter: string;
  readonly stage: Pick<Stage, "enter" | "turn" | "leave">;
  /** Time that the processors have spent on it so far; known where a software adapter runs in processes we can see. */
  readonly cpuMs: (() => number) | undefined;
  tiles(product: Product, shape: readonly [number, number], rounds: number): Promise<TileResult>;
}

/** The adapter that every library here gets: all ask for high performance. */
export async function adapterFacts(gpu: GPU): Promise<AdapterFacts> {
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) throw new Error("No WebGPU adapter answered.");
  return describeAdapter(adapter.info);
}
