/** Rules that learn from reward, in float64, sample by sample, from their papers' equations. */
import { type ActivationName, activate, slope } from "./activation";
import type { Numbers } from "./dense";

export interface RewardNet {
  readonly layers: readonly number[];
  readonly activation: ActivationName;
  /** By projection: [pre + 1, post], biases last. */
  readonly weights: readonly Numbers[];
}

/** One sample's trial, by layer; the first is the input. */
export interface Trial {
  readonly drives: number[][];
  readonly said: number[][];
}

/** Activity goes up; `noise`, by projection, joins the drives. The output says its drive. */
export function trial(
  net: RewardNet,
  input: readonly number[],
  noise: readonly (readonly number[] | undefined)[] = [],
): Trial {
  const drives: number[][] = [[]];
  const said: number[][] = [[...input]];
  net.weights.forEach((w, l) => {
    const [pre, post] = [net.layers[l]!, net.layers[l + 1]!];
    const drive = Array.from({ length: post }, (_, j) => {
      let z = w[pre * post + j]!;
      for (let i = 0; i < pre; i++) z += said[l]![i]! * w[i * post + j]!;
      return z + (noise[l]?.[j] ?? 0);
    });
    const top = l === net.weights.length - 1;
    drives.push(drive);
    said.push(top ? drive : drive.map(activate[net.activation]));
  });
  return { drives, said };
}

export function softmax(drive: readonly number[]): number[] {
  const highest = Math.max(...drive);
  const shares = drive.map((z) => Math.exp(z - highest));
  const sum = shares.reduce((a, b) => a + b, 0);
  return shares.map((share) => share / sum);
}

/** The neuron whose part of [0, 1) the uniform number `luck` falls into. */
export function chosen(chances: readonly number[], luck: number): number {
  let left = luck;
  for (const [n, chance] of chances.entries()) {
    if (left < chance) return n;
    left -= chance;
  }
  return chances.length - 1;
}

/** What the synapses of one projection hear in one trial. */
export interface Factors {
  readonly pre: readonly number[];
  readonly eligibility: readonly number[];
  readonly dopamine: number;
}

/** Δw = dopamine · eligibility · pre, the bias's pre being 1: [pre + 1, post]. */
export function threeFactors({ pre, eligibility, dopamine }: Factors): number[] {
  return [...pre, 1].flatMap((x) => eligibility.map((e) => dopamine * e * x));
}

/**
 * The same with a trace of each synapse's that lasts, trials side by side: Δw = ⟨dopamine · (λ trace + eligibility · pre)⟩, and then
 * the trace takes in what was common to the trials, λ trace + ⟨eligibility · pre⟩ (Williams 1992; Frémaux & Gerstner 2016, eq. 10).
 */
export function lastingTrace(
  before: Numbers,
  trials: readonly Factors[],
  fading: number,
): { change: Float64Array; trace: Float64Array } {
  const change = new Float64Array(before.length);
  const trace = Float64Array.from(before, (value) => fading * value);
  for (const factors of trials) {
    const together = threeFactors({ ...factors, dopamine: 1 });
    together.forEach((value, at) => {
      change[at]! += (factors.dopamine * (fading * before[at]! + value)) / trials.length;
      trace[at]! += value / trials.length;
    });
  }
  return { change, trace };
}

/** REINFORCE with a replay under noise: what every projection hears, for one sample. @param stray ξ / σ, by hidden projection */
export function reinforce(
  net: RewardNet,
  input: readonly number[],
  label: number,
  {
    luck,
    stray,
    noise,
    expectation,
  }: { luck: number; stray: readonly (readonly number[])[]; noise: number; expectation: number | "sample" },
): Factors[] {
  const quiet = trial(net, input);
  const policy = softmax(quiet.drives.at(-1)!);
  const choice = chosen(policy, luck);
  const earned = choice === label ? 1 : 0;
  const dopamine =
    expectation === "sample"
      ? (earned - policy[choice]!) / Math.max(0.1, policy[choice]!)
      : earned - expectation;
  const noisy = trial(
    net,
    input,
    stray.map((one) => one.map((value) => noise * value)),
  );
  const surer = Math.log(softmax(noisy.drives.at(-1)!)[choice]!) - Math.log(policy[choice]!);
  const top = net.weights.length - 1;
  return net.weights.map((_, l) => {
    const eligibility =
      l < top ? stray[l]!.map((value) => value / noise) : policy.map((p, n) => (n === choice ? 1 : 0) - p);
    return { pre: quiet.said[l]!, eligibility, dopamine: l < top ? dopamine * surer : dopamine };
  });
}

/** Node perturbation: noise on every neuron; reward is held against the quiet trial's with the same luck, or a number. */
export function perturbation(
  net: RewardNet,
  input: readonly number[],
  label: number,
  {
    luck,
    stray,
    noise,
    expectation,
  }: { luck: number; stray: readonly (readonly number[])[]; noise: number; expectation: number | "sample" },
): Factors[] {
  const noisy = trial(
    net,
    input,
    stray.map((one) => one.map((value) => noise * value)),
  );
  const earned = (drive: readonly number[]) => (chosen(softmax(drive), luck) === label ? 1 : 0);
  const quiet = trial(net, input);
  const dopamine =
    earned(noisy.drives.at(-1)!) - (expectation === "sample" ? earned(quiet.drives.at(-1)!) : expectation);
  return net.weights.map((_, l) => ({
    pre: noisy.said[l]!,
    eligibility: stray[l]!.map((value) => value / noise),
    dopamine,
  }));
}

/** Attention-gated: δ = r − Q(choice), and attention from the choice down through `feedback`, [pre + 1, post] by projection. */
export function attention(
  net: RewardNet,
  input: readonly number[],
  label: number,
  choice: number,
  feedback: readonly Numbers[],
): number[][] {
  const { said } = trial(net, input);
  const values = said.at(-1)!;
  const delta = (choice === label ? 1 : 0) - values[choice]!;
  let tag: number[] = values.map((_, n) => (n === choice ? 1 : 0));
  const found: number[][] = [];
  for (let l = net.weights.length - 1; l >= 0; l--) {
    found[l] = threeFactors({ pre: said[l]!, eligibility: tag, dopamine: delta });
    const above = tag;
    tag = said[l]!.map(
      (y, i) =>
        slope[net.activation](y) *
        above.reduce((sum, t, j) => sum + t * feedback[l]![i * above.length + j]!, 0),
    );
  }
  return found;
}

/** The gradient by every weight of a value of one sample, by central differences. */
export function gradient(net: RewardNet, value: (net: RewardNet) => number, step = 1e-5): number[][] {
  return net.weights.map((weight, l) =>
    Array.from(weight, (_, at) => {
      const moved = (by: number) => {
        const weights = net.weights.map((w, k) =>
          Float64Array.from(w, (v, i) => (k === l && i === at ? v + by : v)),
        );
        return value({ ...net, weights });
      };
      return (moved(step) - moved(-step)) / (2 * step);
    }),
  );
}
