/** `engram profile`: where a training step's time goes, kernel by kernel, against what the adapter can do at its best. */

import { profileJson } from "../experiment/profile-export";
import { checkPlan, type LayeredPlan } from "../experiment/profile-plan";
import { makeReady, measure, traceSubject } from "../experiment/profile-run";
import { type TunedProduct, tuneTiles, useTuned } from "../experiment/tune";
import type { Device } from "../gpu/device";
import type { Output } from "../net/network";
import type { Activation } from "../net/population";
import { type Command, type OptionValues, UsageError } from "./command";
import { openTerminalDevice } from "./open";
import { asUsage, layerSizes, text, whole } from "./options";
import { profileText, tunedJson, tunedText } from "./profile-text";
import { checkTraceFile, saveTrace } from "./save-trace";

export const profileCommand: Command = {
  name: "profile",
  summary: "time every kernel of a training step against the adapter's measured peaks",
  help: `Times every kernel of a rule's training step and sets it against the adapter's peaks, which are measured first.
The batches are drawn from random samples that lie on the GPU, as in training; the rate is 0, so that a kernel
that is repeated to be timed finds the same forward weights each time.

Usage: engram profile --rule RULE [--layers 784,512,10] [--batch 128] [--tune] [--trace FILE] [--json]

  --rule NAME         which rule; engram rules lists them
  --layers SIZES      from input to output; default 784,512,10
  --batch N           samples at a time; default 128
  --optimizer NAME    sgd, momentum (default) or adam
  --activation NAME   of the hidden layers: identity, relu (default), tanh, sigmoid or hard-sigmoid
  --output NAME       softmax (default) or an activation
  --tune              first tries the tiles of each dense product on this adapter, prints how long each took, and
                      profiles with the fastest; no tile changes a result, which is checked bit by bit
  --trace FILE        writes up to 3 real steps as a Chrome trace, for ui.perfetto.dev or chrome://tracing
  --json              one object {adapter, rule, layers, batch, optimizer, clock, peaks, kernels, step}, and tiles with --tune

A kernel's "% of peak" is the time that its work would take under the roof that binds it, over the time it took:
compute (the faster of chained multiply-adds in registers and this engine's own large product), copy (reading
and writing a buffer larger than the caches), or dispatch (starting as many kernels that do nothing). More than
100 % of copy means that the data stayed in a cache.

  engram profile --rule backprop --layers 784,1024,1024,10 --optimizer sgd --trace step.json
`,
  options: {
    rule: { type: "string" },
    layers: { type: "string" },
    batch: { type: "string" },
    optimizer: { type: "string" },
    activation: { type: "string" },
    output: { type: "string" },
    tune: { type: "boolean" },
    trace: { type: "string" },
  },
  async run(values, { stdout, stderr, json }) {
    const plan = planProfile(values);
    const file = text(values, "trace");
    if (file !== undefined) checkTraceFile(file);
    const device = await openTerminalDevice();
    const tuned = values.tune === true ? await tune(device, plan) : [];
    const measured = await measure(device, plan, {}, async (subject) => {
      if (file === undefined) return;
      saveTrace(file, await traceSubject(device, subject));
      if (!json)
        stderr.write(`Wrote training steps to ${file}: open it in ui.perfetto.dev or chrome://tracing.\n`);
    });
    const { facts } = device;
    if (json) {
      const tiles = tuned.length > 0 ? { tiles: tuned.map(tunedJson) } : {};
      stdout.write(`${JSON.stringify({ ...profileJson(facts, measured), ...tiles })}\n`);
    } else {
      if (tuned.length > 0) stdout.write(`${tunedText(tuned)}\n`);
      stdout.write(profileText(facts, measured));
    }
    device.destroy();
    return 0;
  },
};

/** @throws UsageError when it can't be run */
function planProfile(values: OptionValues): LayeredPlan {
  const rule = text(values, "rule");
  if (rule === undefined) throw new UsageError("engram profile needs --rule NAME; engram rules lists them.");
  const [activation, output] = [text(values, "activation"), text(values, "output")];
  const plan: LayeredPlan = {
    rule,
    layers: layerSizes(values) ?? [784, 512, 10],
    batch: whole(values, "batch", 1, 65_535) ?? 128,
    optimizer: text(values, "optimizer") ?? "momentum",
    ...(activation && { activation: activation as Activation }),
    ...(output && { output: output as Output }),
  };
  asUsage(() => checkPlan(plan));
  return plan;
}

/** Tries the tiles of the plan's products; the session takes the best from then on. */
async function tune(device: Device, plan: LayeredPlan): Promise<TunedProduct[]> {
  const subject = await makeReady(device, plan);
  try {
    const tuned = await tuneTiles(device, subject);
    useTuned(device, tuned);
    return tuned;
  } finally {
    subject.destroy();
  }
}
