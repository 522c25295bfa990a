/** The audit of a rule, by name or as it is, as the terminal and the page ask for it. */
import { audit } from "../audit/audit";
import { type AuditReport, type AuditSummary, reportAudit } from "../audit/report";
import { type NetworkOptions, network } from "../net/network";
import type { Chosen, Rule } from "../net/rule";
import type { SpikingNetwork } from "../net/spiking/model";
import { spikingSchedule } from "../net/spiking/schedule";
import { checkDepth, checkOptimiser, ruleOf } from "./rules";
import { trainingStep } from "./schedules";

/**
 * Derives what a rule asks of biology on a given network. Needs no GPU.
 * @throws in one sentence for an unknown rule or optimiser, or layers that can't be
 */
export function auditRule(
  rule: string | Rule,
  options: NetworkOptions & { readonly optimizer?: string; readonly options?: Chosen },
): AuditReport {
  const found = ruleOf(rule);
  checkDepth(found, options.layers);
  const net = network(options);
  const step = trainingStep(found, net, checkOptimiser(options.optimizer ?? "momentum"), 1, {
    options: options.options,
  });
  return reportAudit(found.name, options.layers, audit(step.schedule));
}

/**
 * Derives what the plastic synapses of a spiking network are asked, from one step of its time. Needs no GPU.
 * @returns undefined where none of them is plastic
 */
export function auditNetwork(spiking: SpikingNetwork): AuditSummary | undefined {
  const updates = audit(spikingSchedule(spiking), "time");
  return updates.length === 0 ? undefined : reportAudit("", [], updates).summary;
}
