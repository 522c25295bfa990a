/** What an audit comes to, for a whole rule: four columns, each with the sentence that a person reads. */
import type { UpdateAudit } from "./audit";

export interface AuditReport {
  readonly rule: string;
  readonly layers: readonly number[];
  readonly updates: readonly UpdateAudit[];
  readonly summary: AuditSummary;
}

export interface AuditSummary {
  /** `none`, or the weights that other synapses had to know. */
  readonly weightTransport: string;
  readonly updateLocking: string;
  readonly locality: string;
  readonly teachingSignal: string;
}

const list = (items: readonly (string | number)[]): string =>
  items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
const plural = (count: number, one: string) => `${count} ${one}${count === 1 ? "" : "s"}`;

function weightTransport(updates: readonly UpdateAudit[]): string {
  const found = new Map(
    updates.flatMap(({ weightTransport: all }) => all).map((one) => [one.weight, one.through]),
  );
  if (found.size === 0) return "none";
  return list(
    [...found].map(([weight, through]) => (weight === through ? weight : `${weight} (through ${through})`)),
  );
}

function updateLocking(updates: readonly UpdateAudit[]): string {
  const waiting = updates.filter(({ locking }) => locking.layers.some(Number.isFinite));
  if (waiting.length === 0) return "waits for no other layer";
  const longest = waiting.reduce((a, b) => (b.locking.steps > a.locking.steps ? b : a));
  const later = waiting.every(({ layer, locking }) => locking.layers.every((other) => other > layer));
  const layers = `layer ${longest.layer} waits for ${later ? "later " : ""}layer${longest.locking.layers.length === 1 ? "" : "s"} ${list(longest.locking.layers)}`;
  const past = Math.max(...updates.map(({ locking }) => locking.superseded));
  return `${layers}: ${plural(longest.locking.steps, "step")}${past > 0 ? `, ${plural(past, "past version")}` : ""}`;
}

function locality(updates: readonly UpdateAudit[]): string {
  const kinds = [...new Set(updates.map((update) => update.locality))];
  const carriers = [
    ...new Set(updates.flatMap(({ heard }) => heard.flatMap(({ carrier }) => carrier ?? []))),
  ];
  const carried =
    carriers.length > 0
      ? `, carried by ${list(carriers.map((c) => (c === "error" ? "error fields" : "activity")))}`
      : "";
  return `${list(kinds)}${carried}`;
}

function teachingSignal(updates: readonly UpdateAudit[]): string {
  const taught = updates.flatMap(({ teaching }) => teaching ?? []);
  if (taught.length === 0) return "none";
  const farthest = taught.reduce((a, b) => (b.distance > a.distance ? b : a));
  return `${farthest.kind} from up to ${plural(farthest.distance, "layer")} away, through ${plural(farthest.transports, "transport")}; ${farthest.bitsPerSample} bits a synapse and sample`;
}

/** Sums up the audit of a rule's step. Feedback weights that learn count for weight transport, not for the rest. */
export function reportAudit(
  rule: string,
  layers: readonly number[],
  updates: readonly UpdateAudit[],
): AuditReport {
  const forward = updates.filter((update) => update.forward);
  return {
    rule,
    layers,
    updates,
    summary: {
      weightTransport: weightTransport(updates),
      updateLocking: updateLocking(forward),
      locality: locality(forward),
      teachingSignal: teachingSignal(forward),
    },
  };
}
