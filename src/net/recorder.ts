/** Recorder: keeps what the builder's operators write, and watches that no signal travels through a weight that moved on. */
import type { Field } from "../gpu/field";
import type { Repeat, ScheduleRecord } from "../gpu/schedule";
import { type SettingSource, settingsField } from "./optimiser";

export class Recorder {
  readonly schedule: (ScheduleRecord | Repeat)[] = [];
  /** Settings fields in use, and what fills each. */
  readonly settings = new Map<string, SettingSource>();
  private phase = "";
  private readonly versions = new Map<string, number>();
  private readonly projected = new Map<string, number>();

  /** Names the part of the step that the next records belong to. */
  inPhase(phase: string): this {
    this.phase = phase;
    return this;
  }

  /** Runs what `body` writes `times` times; kernels read the index of the turn. */
  repeat(times: number, index: string, body: () => void): void {
    const start = this.schedule.length;
    body();
    this.schedule.push({ repeat: times, index, body: this.schedule.splice(start) });
  }

  protected add(record: Omit<ScheduleRecord, "phase">): void {
    for (const { field } of record.writes) this.versions.set(field.name, this.version(field) + 1);
    this.schedule.push({ ...record, phase: this.phase });
  }

  private version(field: Field): number {
    return this.versions.get(field.name) ?? 0;
  }

  protected settingsFor(group: string, source: SettingSource): Field {
    const field = settingsField(group);
    this.settings.set(field.name, source);
    return field;
  }

  /** Activity has travelled through this version of a weight. */
  protected noteProject(weight: Field): void {
    this.projected.set(weight.name, this.version(weight));
  }

  /** @throws when a weight changed since activity travelled through it: what came back would be no gradient any more */
  protected checkTransport(through: Field): void {
    const seen = this.projected.get(through.name);
    if (seen !== undefined && seen !== this.version(through))
      throw new Error(
        `transport through "${through.name}" would read a newer version than its project did; send the error back before the weight changes.`,
      );
  }
}
