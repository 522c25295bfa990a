/** A conditioning task: a cue, and some time after it a reward, trial after trial; now and then the reward stays away. */

export interface ConditioningOptions {
  /** Time steps of a trial. Default 30. */
  readonly steps?: number;
  /** When the cue comes, counted from 0. Default 5. */
  readonly cue?: number;
  /** When the reward comes, after the cue. Default 20. */
  readonly reward?: number;
  /** How large the reward is. Default 1. */
  readonly size?: number;
  /** The trial, counted from 0, whose reward is left out. Default none. */
  readonly omit?: number | undefined;
  /** Learning rate α. Default 0.3. */
  readonly rate?: number;
  /** Discount γ a time step. Default 0.98. */
  readonly discount?: number;
  /** λ, how long a synapse stays eligible; 0 is TD(0). Default 0. */
  readonly trace?: number;
}

/** Everything decided: `omitted` is −1 where no reward is left out. */
export interface ConditioningPlan {
  readonly steps: number;
  readonly cue: number;
  readonly due: number;
  readonly size: number;
  readonly omitted: number;
  readonly rate: number;
  readonly discount: number;
  readonly trace: number;
}

const longest = 1000;

/** @throws one sentence for a time or a number that can't be */
export function planConditioning(options: ConditioningOptions = {}): ConditioningPlan {
  const {
    steps = 30,
    cue = 5,
    reward: due = 20,
    size = 1,
    omit,
    rate = 0.3,
    discount = 0.98,
    trace = 0,
  } = options;
  if (!Number.isInteger(steps) || steps < 3 || steps > longest)
    throw new Error(`A trial must have a whole number of time steps from 3 to ${longest}, but got ${steps}.`);
  if (!Number.isInteger(cue) || cue < 1 || cue >= steps)
    throw new Error(
      `The cue must come at a whole time step from 1 to ${steps - 1}, within the trial, but got ${cue}.`,
    );
  if (!Number.isInteger(due) || due <= cue || due >= steps)
    throw new Error(
      `The reward must come after the cue and within the trial, at a whole time step from ${cue + 1} to ${steps - 1}, but got ${due}.`,
    );
  if (!Number.isFinite(size)) throw new Error(`The reward's size must be a number, but got ${size}.`);
  if (omit !== undefined && (!Number.isInteger(omit) || omit < 0 || omit >= 2 ** 24))
    throw new Error(`The trial whose reward is left out must be a whole number from 0, but got ${omit}.`);
  within("learning rate", rate, 1);
  within("discount", discount, 1);
  within("trace λ", trace, 1);
  return { steps, cue, due, size, omitted: omit ?? -1, rate, discount, trace };
}

function within(what: string, value: number, most: number): void {
  if (!(value >= 0 && value <= most))
    throw new Error(`The ${what} must be a number from 0 to ${most}, but got ${value}.`);
}

/** The plan's numbers, by the names that the schedule's equations give them. */
export function conditioningValues({
  steps: _,
  ...numbers
}: ConditioningPlan): Readonly<Record<string, number>> {
  return numbers;
}
