/** Noise: random samples for a step that is only timed. They lie on the GPU, as samples in training do. */
import type { Memory } from "../gpu/memory";
import { keyOf, pcg, streamOf } from "../gpu/random";
import type { SplitFields } from "../net/builder";
import { type LayeredPlan, profileSeed } from "./profile-plan";

/** They take more room than a CPU's second-level cache, so that fetching them costs what it costs in training. */
const noiseBytes = 2 ** 24;
/** Drawn in one go: a page can't answer meanwhile. */
const sliceWords = 2 ** 16;

export function noiseFields({ layers }: LayeredPlan): SplitFields {
  const inputs = layers[0]!;
  const count = Math.max(1, Math.min(60_000, Math.floor(noiseBytes / inputs)));
  const common = { site: "neuron", home: "task" } as const;
  return {
    data: { ...common, name: "task/noise", shape: [count, inputs], type: "u8", role: "input" },
    labels: { ...common, name: "task/noise-labels", shape: [count], type: "u32", role: "target" },
    count,
  };
}

/** Random pixels, and a random class for each sample. */
export async function writeNoise(
  memory: Memory,
  { data, labels, count }: SplitFields,
  { layers }: LayeredPlan,
): Promise<void> {
  const bytes = count * layers[0]!;
  const words = new Uint32Array(Math.ceil(bytes / 4));
  const pixels = keyOf(profileSeed, streamOf("profile/pixels"));
  for (let from = 0; from < words.length; from += sliceWords) {
    const to = Math.min(words.length, from + sliceWords);
    for (let index = from; index < to; index++) words[index] = pcg(index ^ pixels);
    await new Promise((resolve) => setTimeout(resolve));
  }
  memory.write(data.name, new Uint8Array(words.buffer, 0, bytes));
  const classes = keyOf(profileSeed, streamOf("profile/classes"));
  memory.write(
    labels.name,
    Uint32Array.from({ length: count }, (_, index) => pcg(index ^ classes) % layers.at(-1)!),
  );
}
