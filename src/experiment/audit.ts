/** The audit of a rule by name, as the terminal and the page ask for it. */
import { audit } from "../audit/audit";
import { type AuditReport, reportAudit } from "../audit/report";
import { type NetworkOptions, network } from "../net/network";
import type { Chosen } from "../net/rule";
import { checkDepth, checkOptimiser, findRule } from "./rules";
import { trainingStep } from "./schedules";

/**
 * Derives what a rule asks of biology on a given network. Needs no GPU.
 * @throws in one sentence for an unknown rule or optimiser, or layers that can't be
 */
export function auditRule(
  rule: string,
  options: NetworkOptions & { readonly optimizer?: string; readonly options?: Chosen },
): AuditReport {
  const found = findRule(rule);
  checkDepth(found, options.layers);
  const net = network(options);
  const step = trainingStep(found, net, checkOptimiser(options.optimizer ?? "momentum"), 1, {
    options: options.options,
  });
  return reportAudit(rule, options.layers, audit(step.schedule));
}
