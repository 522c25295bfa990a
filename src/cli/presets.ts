/** `engram presets`: set-ups by name, what each aims at, and what came of it here. */
import type { Measured } from "../experiment/measured";
import { type Preset, presets } from "../experiment/presets";
import type { Command } from "./command";
import { table, wrap } from "./text";

export const presetsCommand: Command = {
  name: "presets",
  summary: "list the set-ups that rules were published or measured with",
  help: `Lists the presets: a rule's network, optimiser, numbers and epochs under one name, with the published figure
that it aims at and what was measured here. A preset that bears a rule's own name is the rule's standard one.

Usage: engram presets [--json]

  --json  an array of {name, rule, about, tasks, layers, batch, activation, output, optimizer, epochs, values, options,
          aim: {accuracy, source}, measured: {task: {accuracy, deviation, seeds, on}}}; accuracies in per cent

  engram train --preset backprop --task mnist
`,
  options: {},
  async run(_, { stdout, json }) {
    if (json) {
      stdout.write(
        `${JSON.stringify(presets.map((one) => ({ values: {}, options: {}, measured: {}, ...one })))}\n`,
      );
      return 0;
    }
    for (const preset of presets) {
      const { name, about, tasks, epochs, aim, measured = {} } = preset;
      const results = Object.entries(measured).map(([task, one]) => `${task}: ${result(one)}`);
      const rows = [
        ["  set-up", `${setUp(preset)} · ${epochs} epoch${epochs === 1 ? "" : "s"}`],
        ["  tasks", tasks.join(", ")],
        ["  aims at", `${aim.accuracy} % (${aim.source})`],
        ["  measured", results.length > 0 ? results.join("; ") : "not yet"],
      ];
      stdout.write(
        `${name} · ${about}\n${table(rows.map(([head = "", told = ""]) => [head, wrap(told, 12)]))}\n`,
      );
    }
    stdout.write(
      "engram train --preset NAME runs one; engram compare runs the standard one of every rule.\n",
    );
    return 0;
  },
};

/** `784-512-10 relu, softmax · momentum · batch 128 · rate 0.05` */
export function setUp(preset: Omit<Preset, "name" | "about" | "tasks" | "aim" | "epochs">): string {
  const { layers, activation, output, optimizer, batch, values = {}, options = {} } = preset;
  const told = Object.entries({ ...values, ...options }).map(([name, value]) => `${name} ${value}`);
  return [`${layers.join("-")} ${activation}, ${output}`, optimizer, `batch ${batch}`, ...told].join(" · ");
}

function result({ accuracy, deviation, seeds, on }: Measured): string {
  const spread = deviation === undefined ? "" : ` ± ${deviation}`;
  return `${accuracy}${spread} % over ${seeds} seed${seeds === 1 ? "" : "s"} (${on})`;
}
