/** What the rules of the runs ask of a synapse, as a table: each rule once for each set of options, derived one at a time. */
import type { AuditReport } from "../../src/audit/report";
import { auditRule } from "../../src/experiment/audit";
import { findRule } from "../../src/experiment/rules";
import { trainingStep } from "../../src/experiment/schedules";
import { network } from "../../src/net/network";
import { auditTable } from "../../src/view/audit-table";
import type { Racer } from "../../src/view/curves";
import { h } from "../../src/view/dom";
import { messageOf } from "../../src/view/notice";
import { synapseNames } from "../../src/view/synapse-names";
import { type Fitting, layersOf, optionsOf, type RunSpec } from "./spec";

interface Asked {
  readonly racer: Racer;
  readonly report: AuditReport;
  /** Short names of synapse fields by their long ones. */
  readonly names: ReadonlyMap<string, string>;
}

const nextTask = () => new Promise((resolve) => setTimeout(resolve));

export class Asks {
  private readonly known = new Map<string, Asked>();
  private drawn = "";

  constructor(private readonly host: HTMLElement) {}

  /** Draws the table where the rules have changed. A rule that can't be audited on its network says so in its place. */
  async draw(specs: readonly RunSpec[], fitting: Fitting): Promise<void> {
    const byKey = new Map(specs.map((spec) => [keyOf(spec, fitting), spec]));
    const state = [...byKey.keys()].join();
    if (state === this.drawn) return;
    this.drawn = state;
    try {
      for (const [key, spec] of byKey) {
        if (this.known.has(key)) continue;
        await nextTask(); // settling rules have hundreds of records: a task for each keeps the page quick
        this.known.set(key, ask(spec, fitting));
      }
      if (state !== this.drawn) return; // the runs have changed meanwhile
      const asked = [...byKey.keys()].map((key) => this.known.get(key)!);
      this.host.replaceChildren(auditTable(asked, new Map(asked.flatMap(({ names }) => [...names]))));
    } catch (error) {
      this.host.replaceChildren(h("p", {}, messageOf(error)));
    }
  }
}

/** What an audit depends on: sizes do not matter. */
const keyOf = (spec: RunSpec, fitting: Fitting): string =>
  JSON.stringify([spec.rule, spec.options, layersOf(spec, fitting).length, spec.output, spec.optimizer]);

function ask(spec: RunSpec, fitting: Fitting): Asked {
  const { layers, batch, activation, output } = optionsOf(spec, fitting, spec.seed);
  const architecture = { layers, batch: batch!, activation: activation!, output: output! };
  const rule = findRule(spec.rule);
  const { optimizer, options } = spec;
  const net = network(architecture);
  const { schedule } = trainingStep(rule, net, optimizer, 1, { options });
  return {
    racer: { name: rule.name, title: [rule.title, ...Object.values(options)].join(", ") },
    report: auditRule(rule.name, { ...architecture, optimizer, options }),
    names: synapseNames(schedule, net),
  };
}
