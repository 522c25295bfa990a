/**
 * The audit against the machine. From a generic state one version of a field is changed between two records and the rest
 * of the step runs: an update must change if the audit says that it hears that version, and keep every bit if the
 * graph holds no way from one to the other. And a weight changed while anything but a project reads it shows just where it is transported.
 */
import { describe, it } from "vitest";
import { rules } from "../../src/experiment/rules";
import { expectHeardAsClaimed, expectTransportsAsClaimed } from "../support/intervene";

describe.each(rules.map((rule) => ({ name: rule.name, rule })))("$name", ({ rule }) => {
  it("transports the weights that the audit names, and no other", () => expectTransportsAsClaimed(rule));
  it("hears what the audit says, and nothing that cannot reach it", () => expectHeardAsClaimed(rule));
});
