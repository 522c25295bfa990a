/** Demands: the three things that no known synapse can do, and which of them an audit says that a rule asks for. */
import type { AuditSummary } from "../audit/report";

export interface Demands {
  /** Another synapse's weight must be known. */
  readonly transport: boolean;
  /** A layer's change waits for other layers. */
  readonly locking: boolean;
  /** A value made for this neuron comes from other layers; one scalar for everyone does not count, as dopamine is one. */
  readonly remote: boolean;
}

/** @throws where a summary's words are none that the audit uses, as after a change of one without the other */
export function demandsOf({ weightTransport, updateLocking, teachingSignal }: AuditSummary): Demands {
  const taught = /^(?:none|one (scalar|value per neuron) from up to (\d+) layers? away)/.exec(teachingSignal);
  if (!taught)
    throw new Error(
      `A teaching signal reads “none”, “one scalar from up to …” or “one value per neuron from up to …”, but got “${teachingSignal}”; teach demandsOf its words.`,
    );
  return {
    transport: weightTransport !== "none",
    locking: updateLocking !== "waits for no other layer",
    remote: taught[1] === "value per neuron" && Number(taught[2]) > 0,
  };
}

/** How many of the three, 0 to 3. */
export const demandCount = (demands: Demands): number => Object.values(demands).filter(Boolean).length;
