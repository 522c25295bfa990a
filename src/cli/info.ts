/** `engram info`: who computes, and within which limits. */
import { version } from "../../package.json";
import { rules } from "../experiment/rules";
import { formatBytes } from "../gpu/memory";
import { tasks } from "../task/task";
import type { Command } from "./command";
import { openTerminalDevice } from "./open";
import { table } from "./text";

/** The limits that decide what fits and how fast it can be. */
const telling = [
  "maxBufferSize",
  "maxStorageBufferBindingSize",
  "maxStorageBuffersPerShaderStage",
  "maxComputeWorkgroupStorageSize",
  "maxComputeInvocationsPerWorkgroup",
  "maxComputeWorkgroupsPerDimension",
] as const;

export const infoCommand: Command = {
  name: "info",
  summary: "show the adapter, its limits and features, and what Engram holds",
  help: `Shows which adapter computes, with which limits and features, and what this version of Engram holds.

Usage: engram info [--json]

  --json  one object: {version, adapter, limits, features, memory, tasks, rules}; sizes in bytes

Where no GPU answers, Engram computes on a software Vulkan driver. VK_DRIVER_FILES=FILE names the driver to
use, ENGRAM_CHROME=FILE the browser whose driver may stand in.
`,
  options: {},
  async run(_, { stdout, json }) {
    const device = await openTerminalDevice();
    const { facts, gpu, memory, timestamps, subgroups } = device;
    const limits = Object.fromEntries(telling.map((name) => [name, gpu.limits[name]]));
    const features = [...gpu.features].sort();
    if (json) {
      const counts = { tasks: tasks.length, rules: rules.length };
      stdout.write(
        `${JSON.stringify({ version, adapter: facts, limits, features, memory: memory ?? null, ...counts })}\n`,
      );
      return 0;
    }
    const rows = [
      ["Engram", version],
      ["Node", process.version],
      [
        "Adapter",
        `${facts.name}${facts.software ? " (software: no GPU answered, so expect less speed)" : ""}`,
      ],
      ["Vendor", [facts.vendor, facts.architecture, facts.description].filter(Boolean).join(" · ")],
      ["Largest buffer", formatBytes(limits.maxBufferSize!)],
      ["Largest binding", formatBytes(limits.maxStorageBufferBindingSize!)],
      ["Buffers a kernel", String(limits.maxStorageBuffersPerShaderStage)],
      [
        "Workgroup",
        `${limits.maxComputeInvocationsPerWorkgroup} threads, ${formatBytes(limits.maxComputeWorkgroupStorageSize!)}`,
      ],
      ...(memory === undefined ? [] : [["Memory to use", formatBytes(memory)]]),
      ["Timestamps", timestamps ? "yes" : "no: engram profile measures less exactly"],
      ["Subgroups", subgroups ? "yes" : "no"],
      ["Tasks", `${tasks.length}: ${tasks.map(({ name }) => name).join(", ")}`],
      ["Rules", `${rules.length}: ${rules.map(({ name }) => name).join(", ")}`],
    ];
    stdout.write(table(rows));
    return 0;
  },
};
