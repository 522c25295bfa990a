/** `engram bandit`: agents learn from prediction errors alone which of many arms pays best. */
import { Bandit, type BanditScore } from "../experiment/bandit";
import { type BanditOptions, planBandit } from "../task/bandit";
import type { Command, OptionValues } from "./command";
import { openTerminalDevice } from "./open";
import { asUsage, parseNumber, text, whole } from "./options";
import { percent, plural, table } from "./text";

function read(values: OptionValues): BanditOptions {
  const numbers = ["arms", "agents", "exploration", "temperature", "rate", "seed"].flatMap((name) => {
    const typed = text(values, name);
    return typed === undefined ? [] : [[name, parseNumber(`--${name}`, typed)] as const];
  });
  const names = ["pay", "policy"].flatMap((name) => {
    const typed = text(values, name);
    return typed === undefined ? [] : [[name, typed] as const];
  });
  return { ...Object.fromEntries(numbers), ...Object.fromEntries(names) };
}

/** Rows that people read: the mean over each tenth of the trials. */
function tenths(scores: readonly BanditScore[]): string[][] {
  const count = Math.min(10, scores.length);
  let regret = 0;
  return Array.from({ length: count }, (_, part) => {
    const from = Math.floor((part * scores.length) / count);
    const to = Math.floor(((part + 1) * scores.length) / count);
    const some = scores.slice(from, to);
    const mean = (of: (score: BanditScore) => number) =>
      some.reduce((sum, score) => sum + of(score), 0) / some.length;
    regret += some.reduce((sum, score) => sum + score.regret, 0);
    const trials = to - from > 1 ? `${from + 1}–${to}` : String(to);
    return [
      trials,
      mean(({ pay }) => pay).toFixed(3),
      percent(
        mean(({ optimal }) => optimal),
        1,
      ),
      regret.toFixed(1),
    ];
  });
}

export const banditCommand: Command = {
  name: "bandit",
  summary: "let agents find the best arm of a bandit from prediction errors alone",
  help: `Many agents, each with arms of its own, choose an arm, are paid, and move that arm's value by the prediction error.

Usage: engram bandit [--arms 10] [--trials 1000] [--seed 1] [--json]

  --arms K            arms of each bandit; default 10
  --trials N          choices of each agent; default 1000
  --agents N          agents; default 200
  --pay NAME          gaussian (default): normal around a normal average; bernoulli: 1 with a uniform chance
  --policy NAME       greedy (default): the best, or with chance --exploration any; softmax
  --exploration ε     default 0.1
  --temperature X     of the softmax; default 0.3
  --rate X            of the values; default 0.1
  --seed N            keys arms, pay and choices; default 1
  --json              one object {plan, trials, regret, optimal, pay}: cumulative regret, share of agents that chose their best
                      arm, and mean pay, each by trial
`,
  options: Object.fromEntries(
    ["arms", "trials", "agents", "pay", "policy", "exploration", "temperature", "rate", "seed"].map(
      (name) => [name, { type: "string" as const }],
    ),
  ),
  async run(values, { stdout, json }) {
    const trials = whole(values, "trials", 1, 1e6) ?? 1000;
    const plan = asUsage(() => planBandit(read(values)));
    const bandit = await Bandit.create(await openTerminalDevice(), plan);
    const scores = await bandit.run(trials);
    bandit.destroy();
    if (json) {
      let sum = 0;
      const regret = scores.map((score) => {
        sum += score.regret;
        return sum;
      });
      const [optimal, pay] = [scores.map((score) => score.optimal), scores.map((score) => score.pay)];
      stdout.write(`${JSON.stringify({ plan, trials, regret, optimal, pay })}\n`);
      return 0;
    }
    stdout.write(
      `${plural(plan.agents, "agent")}, ${plan.arms} arms each, ${plan.policy}, ${plan.pay} pay; means over the agents\n\n`,
    );
    stdout.write(table([["trials", "pay", "best arm", "regret so far"], ...tenths(scores)], [1, 2, 3]));
    return 0;
  },
};
