import { mulberry32 } from "../../test/support/random";

/**
 * The dense training step that every library is measured on: batch 128, one fixed batch, f32, ReLU between layers, mean
 * softmax cross-entropy, plain SGD at rate 0.01 on weights and biases. A library that does not reproduce the losses
 * (before the update of steps 0, 10 and 19) does other work.
 */
export interface Problem {
  readonly name: string;
  readonly layers: readonly number[];
  /** Mean loss before the update of each step of `checkedSteps`. */
  readonly losses: readonly number[];
  readonly megaflop: number;
}

export const batch = 128;
export const rate = 0.01;
export const checkedSteps = [0, 10, 19] as const;

export const problems: readonly Problem[] = [
  problem("small", [784, 256, 10], [2.533874, 2.271006, 2.204634]),
  problem("large", [784, 1024, 1024, 10], [2.487146, 2.12964, 1.97036]),
];

/** Counts the three products of each layer, without the first one's gradient of its input, which nobody needs. */
function problem(name: string, layers: readonly number[], losses: readonly number[]): Problem {
  const product = (layer: number) => 2 * batch * layers[layer]! * layers[layer + 1]!;
  const counts = layers.slice(1).map((_, layer) => (layer === 0 ? 2 : 3) * product(layer));
  return { name, layers, losses, megaflop: counts.reduce((sum, count) => sum + count) / 1e6 };
}

/** What a library starts from: one matrix [in, out] a layer, row-major; biases are zero. */
export interface Start {
  readonly weights: readonly Float32Array<ArrayBuffer>[];
  readonly inputs: Float32Array<ArrayBuffer>;
  readonly labels: Uint32Array<ArrayBuffer>;
}

export function startOf({ layers }: Problem): Start {
  const weights = layers.slice(1).map((post, layer) => {
    const pre = layers[layer]!;
    const next = mulberry32(100 + layer);
    const bound = Math.sqrt(6 / pre);
    return Float32Array.from({ length: pre * post }, () => (2 * next() - 1) * bound);
  });
  const [pixel, digit] = [mulberry32(1), mulberry32(2)];
  const inputs = Float32Array.from({ length: batch * layers[0]! }, pixel);
  const labels = Uint32Array.from({ length: batch }, () => Math.floor(10 * digit()));
  return { weights, inputs, labels };
}
