/**
 * Flame layout: a step as nested spans, phases over layers over records, each as wide as it takes long. Records that share a
 * phase and a layer stand together, so the order from left to right is that of the schedule's phases, not quite its own.
 */
import type { Verb } from "../gpu/schedule";

/** One record, with the time that all its calls take in a step. */
export interface FlameRecord {
  readonly name: string;
  readonly verb: Verb;
  readonly layer: number;
  readonly phase: string;
  readonly ms: number;
}

export interface FlameSpan {
  /** 0: the whole step, 1: a phase, 2: a layer in it, 3: a record. */
  readonly depth: number;
  readonly name: string;
  /** As shares of the step: where it begins and how wide it is. */
  readonly from: number;
  readonly width: number;
  readonly ms: number;
  /** The index of its record; undefined above. */
  readonly record?: number;
  readonly verb?: Verb;
  /** Its place among the spans; undefined for the step. */
  readonly parent?: number;
}

/** @returns spans in the order of a book: each before those in it, left before right */
export function flameOf(records: readonly FlameRecord[], whole = "step"): FlameSpan[] {
  const total = sumOf(records);
  const all = records.map((record, index) => ({ ...record, index }));
  const spans: FlameSpan[] = [{ depth: 0, name: whole, from: 0, width: 1, ms: total }];
  const span = (depth: number, name: string, ms: number, at: number, parent: number) => {
    spans.push({
      depth,
      name,
      from: total > 0 ? at / total : 0,
      width: total > 0 ? ms / total : 0,
      ms,
      parent,
    });
    return spans.length - 1;
  };
  let at = 0;
  for (const [phase, inPhase] of grouped(all, ({ phase }) => phase)) {
    const above = span(1, phase, sumOf(inPhase), at, 0);
    for (const [layer, inLayer] of grouped(inPhase, ({ layer }) => layer)) {
      const place = span(2, layer === 0 ? "input" : `layer ${layer}`, sumOf(inLayer), at, above);
      for (const { name, ms, index, verb } of inLayer) {
        const own = span(3, name, ms, at, place);
        spans[own] = { ...spans[own]!, record: index, verb };
        at += ms;
      }
    }
  }
  return spans;
}

const sumOf = (records: readonly { readonly ms: number }[]) => records.reduce((sum, { ms }) => sum + ms, 0);

/** In the order in which each key first comes. */
function grouped<One, Key>(items: readonly One[], keyOf: (one: One) => Key): Map<Key, One[]> {
  const groups = new Map<Key, One[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

/** Where an arrow key leads from a span: to its neighbours of the same depth, up to what holds it, down into it. */
export function neighbour(spans: readonly FlameSpan[], at: number, key: string): number | undefined {
  const { depth, parent } = spans[at]!;
  const level = spans.flatMap((span, index) => (span.depth === depth ? [index] : []));
  const place = level.indexOf(at);
  if (key === "ArrowRight") return level[place + 1];
  if (key === "ArrowLeft") return level[place - 1];
  if (key === "Home") return level[0];
  if (key === "End") return level.at(-1);
  if (key === "ArrowUp") return parent;
  if (key !== "ArrowDown") return undefined;
  const below = spans.findIndex((span) => span.parent === at);
  return below < 0 ? undefined : below;
}
