/** What rules of an old race have learned, in a race with other rules beside them: newcomers start where all did. */
import type { Checkpoint } from "../../src/experiment/checkpoint";

/** @param fresh of the new race, before its first step */
export function joined(old: Checkpoint, fresh: Checkpoint): Checkpoint {
  const learned = new Map(old.snapshots.map((snapshot) => [snapshot.name, snapshot]));
  return {
    settings: fresh.settings,
    snapshots: fresh.snapshots.map((snapshot) => learned.get(snapshot.name) ?? snapshot),
  };
}
