/** `engram condition`: dopamine moves from the reward to the cue, and dips when the reward is left out. */
import { Conditioning } from "../experiment/conditioning";
import { planConditioning } from "../task/conditioning";
import type { Command, OptionValues } from "./command";
import { openTerminalDevice } from "./open";
import { asUsage, parseNumber, text, whole } from "./options";
import { table } from "./text";

function number(values: OptionValues, name: string): Record<string, number> {
  const typed = text(values, name);
  return typed === undefined ? {} : { [name]: parseNumber(`--${name}`, typed) };
}

export const conditionCommand: Command = {
  name: "condition",
  summary: "watch dopamine move from a reward to the cue that foretells it",
  help: `A cue comes, and later a reward, trial after trial. The prediction error of temporal-difference learning,
δ(t) = r(t) + γ V(t) − V(t − 1), is what dopamine neurons were seen to signal (Schultz, Dayan & Montague 1997).

Usage: engram condition [--trials 200] [--omit 150] [--json]

  --trials N     default 200
  --omit N       the trial, counted from 1, whose reward is left out; default none
  --steps N      time steps of a trial; default 30
  --cue T        when the cue comes, counted from 0; default 5
  --reward T     when the reward comes; default 20
  --size X       how large it is; default 1
  --rate X       learning rate; default 0.3
  --discount X   γ a time step; default 0.98
  --trace X      λ, how long synapses stay eligible; default 0
  --json         one object {plan, dopamine, expectation}: δ by trial and time step, and V at the end
`,
  options: Object.fromEntries(
    ["trials", "omit", "steps", "cue", "reward", "size", "rate", "discount", "trace"].map((name) => [
      name,
      { type: "string" as const },
    ]),
  ),
  async run(values, { stdout, json }) {
    const trials = whole(values, "trials", 1, 1e6) ?? 200;
    const omit = whole(values, "omit", 1, trials);
    const options = Object.assign(
      {},
      ...["steps", "cue", "reward", "size", "rate", "discount", "trace"].map((name) => number(values, name)),
      omit !== undefined && { omit: omit - 1 },
    );
    const plan = asUsage(() => planConditioning(options));
    const conditioning = await Conditioning.create(await openTerminalDevice(), options);
    const dopamine = await conditioning.run(trials);
    const expectation = await conditioning.expectation();
    conditioning.destroy();
    if (json) {
      const lists = dopamine.map((delta) => Array.from(delta));
      stdout.write(`${JSON.stringify({ plan, dopamine: lists, expectation: Array.from(expectation) })}\n`);
      return 0;
    }
    const shown = [["first trial", 0] as const, ["last trial", trials - 1] as const];
    const columns = omit === undefined ? shown : [...shown, [`trial ${omit}, no reward`, omit - 1] as const];
    const rows = Array.from({ length: plan.steps }, (_, t) => [
      `${t}${t === plan.cue ? " cue" : t === plan.due ? " reward" : ""}`,
      ...columns.map(([, trial]) => dopamine[trial]![t]!.toFixed(3)),
    ]);
    stdout.write(`Dopamine δ by time step\n\n`);
    stdout.write(table([["time", ...columns.map(([name]) => name)], ...rows], [1, 2, 3]));
    return 0;
  },
};
