/** Activations and their slopes, the slope found from the output y as the network keeps it. */
export type ActivationName = "identity" | "relu" | "tanh" | "sigmoid" | "hard-sigmoid";

export const activate: Readonly<Record<ActivationName, (z: number) => number>> = {
  identity: (z) => z,
  relu: (z) => Math.max(0, z),
  tanh: Math.tanh,
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
  "hard-sigmoid": (z) => Math.min(1, Math.max(0, z)),
};

export const slope: Readonly<Record<ActivationName, (y: number) => number>> = {
  identity: () => 1,
  relu: (y) => (y > 0 ? 1 : 0),
  tanh: (y) => 1 - y * y,
  sigmoid: (y) => y * (1 - y),
  "hard-sigmoid": (y) => (y > 0 && y < 1 ? 1 : 0),
};
