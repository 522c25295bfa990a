/** Recorder: keeps what the operators write, and watches that no signal travels through a weight that moved on. */
import type { Field } from "../gpu/field";
import type { Repeat, ScheduleRecord } from "../gpu/schedule";
import { type SettingGroup, type SettingSource, settingNames, settingsField } from "./optimiser";

/** What matters of a record to the watch over weights. */
type Passage = { readonly what: "project" | "transport" | "write"; readonly field: string };

export class Recorder {
  readonly schedule: (ScheduleRecord | Repeat)[] = [];
  /** Settings fields in use, and what fills each. */
  readonly settings = new Map<string, SettingGroup>();
  private phase = "";
  private watched = true;
  private passages: Passage[] = [];
  private readonly versions = new Map<string, number>();
  private readonly projected = new Map<string, number>();

  /** @param incremental weights may move between a project and the transport that answers it */
  constructor(private readonly incremental = false) {}

  /** Names the part of the step that the next records belong to. */
  inPhase(phase: string): this {
    this.phase = phase;
    return this;
  }

  /** Runs what `body` writes `times` times; kernels read the index of the turn. */
  repeat(times: number, index: string, body: () => void): void {
    if (times < 1) return;
    const start = this.schedule.length;
    const before = this.passages.length;
    body();
    this.schedule.push({ repeat: times, index, body: this.schedule.splice(start) });
    // A second turn meets the weights that the first one left.
    if (times > 1) for (const passage of this.passages.slice(before)) this.pass(passage);
  }

  /** Leaves out those of the records that `body` writes which only write metrics: nobody is going to look. */
  unwatched(body: () => void): void {
    this.watched = false;
    body();
    this.watched = true;
  }

  /** Appends a record, in the phase at hand: for operators, which declare what it reads. */
  add(record: Omit<ScheduleRecord, "phase">): void {
    if (!this.watched && record.writes.every(({ field }) => field.role === "metric")) return;
    for (const { field } of record.writes)
      if (field.site === "synapse") this.pass({ what: "write", field: field.name });
    this.schedule.push({ ...record, phase: this.phase });
  }

  /** @throws when a weight changed since activity travelled through it: what came back would be no gradient any more */
  protected pass(passage: Passage): void {
    const { what, field } = passage;
    this.passages.push(passage);
    const version = this.versions.get(field) ?? 0;
    if (what === "write") this.versions.set(field, version + 1);
    if (what === "project") this.projected.set(field, version);
    if (what !== "transport" || this.incremental) return;
    const seen = this.projected.get(field);
    if (seen !== undefined && seen !== version)
      throw new Error(
        `transport through "${field}" would read a newer version than its project did; send the error back before the weight changes, or say that the rule is incremental.`,
      );
  }

  protected settingsFor(
    group: string,
    source: SettingSource,
    names: readonly string[] = settingNames,
  ): Field {
    const field = settingsField(group, names);
    this.settings.set(field.name, { names, source });
    return field;
  }
}
