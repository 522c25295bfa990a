/** One step of a rule that learns from reward, written out as directions, with the dopamine at hand between its records. */
import { findRule } from "../../src/experiment/rules";
import { trainingStep } from "../../src/experiment/schedules";
import { Memory } from "../../src/gpu/memory";
import { Runner } from "../../src/gpu/runner";
import { recordsOf } from "../../src/gpu/schedule";
import { lowerings } from "../../src/net/dense";
import { type NetworkOptions, network } from "../../src/net/network";
import { settingValues, type Values } from "../../src/net/optimiser";
import type { Chosen } from "../../src/net/rule";
import type { Change } from "../../src/net/synapses";
import { testDevice } from "./device";

export interface Bandit {
  readonly memory: Memory;
  readonly runner: Runner;
  readonly net: ReturnType<typeof network>;
  /** What each projection is to ascend: the written direction, turned round. */
  directions(): Promise<Float64Array[]>;
  /** Runs one step; what dopamine everyone hears can be changed in between. */
  step(dopamine?: (values: Float32Array) => Float32Array): Promise<void>;
}

export async function bandit(
  rule: string,
  options: NetworkOptions,
  values: Values,
  chosen: Chosen,
  change: Change = "written",
): Promise<Bandit> {
  const net = network(options);
  const step = trainingStep(findRule(rule), net, change, 1, { options: chosen });
  const memory = new Memory(await testDevice());
  const runner = await Runner.create(memory.device, memory, step.schedule, lowerings, 1);
  for (const [name, source] of step.settings) memory.write(name, settingValues(source, values));
  const heard = recordsOf(step.schedule).findLastIndex(({ kernel }) => kernel === "pool/reward") + 1;
  return {
    memory,
    runner,
    net,
    async directions() {
      const found = await Promise.all(
        net.projections.map(({ weight }) => memory.read(`${weight.name}/direction`)),
      );
      return found.map((one) => Float64Array.from(one, (value) => -value));
    },
    async step(dopamine) {
      runner.runPart(0, heard);
      if (dopamine) memory.write("dopamine", dopamine((await memory.read("dopamine")) as Float32Array));
      runner.runPart(heard);
    },
  };
}
