/** A bandit with many arms: each pays as it likes, and an agent finds out which one pays best by trying. */

export const pays = ["gaussian", "bernoulli"] as const;
export const policies = ["greedy", "softmax"] as const;

export interface BanditOptions {
  /** Default 10. */
  readonly arms?: number;
  /** Agents, each with arms and luck of its own. Default 200. */
  readonly agents?: number;
  /** How arms pay: normal around a normal average, or 1 with a uniform chance, else 0. Default `gaussian`. */
  readonly pay?: (typeof pays)[number];
  /** How arms are chosen: ε-greedy, or softmax. Default `greedy`. */
  readonly policy?: (typeof policies)[number];
  /** ε. Default 0.1. */
  readonly exploration?: number;
  /** Of the softmax. Default 0.3. */
  readonly temperature?: number;
  /** Learning rate. Default 0.1. */
  readonly rate?: number;
  /** Keys arms, pay and choices; u32. Default 1. */
  readonly seed?: number;
}

export type BanditPlan = Required<BanditOptions>;

const mostArms = 10_000;
const mostAgents = 65_535;

/** @throws one sentence for a number or a name that can't be */
export function planBandit(options: BanditOptions = {}): BanditPlan {
  const plan: BanditPlan = {
    arms: 10,
    agents: 200,
    pay: "gaussian",
    policy: "greedy",
    exploration: 0.1,
    temperature: 0.3,
    rate: 0.1,
    seed: 1,
    ...options,
  };
  const { arms, agents, pay, policy, exploration, temperature, rate, seed } = plan;
  const whole = (value: number, least: number, most: number) =>
    Number.isInteger(value) && value >= least && value <= most;
  if (!whole(arms, 2, mostArms))
    throw new Error(`A bandit must have a whole number of arms from 2 to ${mostArms}, but got ${arms}.`);
  if (!whole(agents, 1, mostAgents))
    throw new Error(`The agents must be a whole number from 1 to ${mostAgents}, but got ${agents}.`);
  if (!pays.includes(pay)) throw new Error(`Arms must pay ${pays.join(" or ")}, but got "${pay}".`);
  if (!policies.includes(policy))
    throw new Error(`The policy must be ${policies.join(" or ")}, but got "${policy}".`);
  if (!(exploration >= 0 && exploration <= 1))
    throw new Error(`The exploration ε must be a number from 0 to 1, but got ${exploration}.`);
  if (!(temperature > 0 && Number.isFinite(temperature)))
    throw new Error(`The temperature must be a number above 0, but got ${temperature}.`);
  if (!(rate >= 0 && rate <= 1))
    throw new Error(`The learning rate must be a number from 0 to 1, but got ${rate}.`);
  if (!whole(seed, 0, 0xffffffff))
    throw new Error(`The seed must be a whole number from 0 to ${0xffffffff}, but got ${seed}.`);
  return plan;
}

/** The plan's numbers, by the names that the schedule's equations give them. */
export function banditValues({
  policy,
  exploration,
  temperature,
  rate,
}: BanditPlan): Readonly<Record<string, number>> {
  return { exploration: policy === "greedy" ? exploration : 0, temperature, rate };
}
