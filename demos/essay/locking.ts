/** Locking: who waits for whom under rules that the race does not show, from their own schedules. */

import { findRule } from "../../src/experiment/rules";
import { trainingStep } from "../../src/experiment/schedules";
import { network } from "../../src/net/network";
import { byId } from "../../src/view/dom";
import { synapseNames } from "../../src/view/synapse-names";
import { timeline } from "../../src/view/timeline";

const shown = ["direct-feedback-alignment", "local-error"] as const;
const layers = [784, 96, 48, 10];

export function tellLocking(): void {
  const net = network({ layers });
  byId("locking").replaceChildren(
    ...shown.map((name) => {
      const rule = findRule(name);
      const { schedule } = trainingStep(rule, net, "momentum", 1);
      return timeline({ name, title: rule.title }, schedule, synapseNames(schedule, net));
    }),
  );
}
