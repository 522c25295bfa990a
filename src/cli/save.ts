/** Checkpoints as files: written whole or not at all, and read with every fault in one sentence. */
import {
  accessSync,
  closeSync,
  constants,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname, resolve } from "node:path";
import { type Checkpoint, readCheckpoint, writeCheckpoint } from "../experiment/checkpoint";

/**
 * Checks, before any work is done, that a checkpoint can be written to `file` and that nothing else is lost by it.
 * @throws one sentence when the folder is missing or closed, or when the file is something other than a checkpoint
 */
export function checkSavable(file: string): void {
  const folder = dirname(resolve(file));
  const found = statSync(folder, { throwIfNoEntry: false });
  if (!found?.isDirectory())
    throw new Error(`Can't save to ${file}: there is no folder ${folder}; make it, or name another.`);
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch {
    throw new Error(
      `Can't save to ${file}: the folder ${folder} is not writable; name another, or mend its permissions.`,
    );
  }
  const old = statSync(file, { throwIfNoEntry: false });
  if (old?.isDirectory()) throw new Error(`Can't save to ${file}: it is a folder; name a file in it.`);
  if (!old || old.size === 0) return;
  try {
    readCheckpoint(readFileSync(file), file);
  } catch (cause) {
    throw new Error(
      `Won't save over ${file}, which is no sound checkpoint of Engram's: name another file, or remove it first.`,
      { cause },
    );
  }
}

/** Writes beside the file and renames, so that a crash at any moment leaves the old file or the new one. */
export function saveCheckpoint(file: string, checkpoint: Checkpoint): void {
  const bytes = writeCheckpoint(checkpoint);
  const beside = `${file}.${process.pid}.tmp`;
  try {
    const handle = openSync(beside, "w");
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(beside, file);
  } catch (cause) {
    rmSync(beside, { force: true });
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Could not save to ${file} (${why}); what was there before is untouched.`, { cause });
  }
}

/** @throws one sentence when the file is missing, unreadable or no sound checkpoint */
export function loadCheckpoint(file: string): Checkpoint {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "there is no such file" : code === "EISDIR" ? "it is a folder" : message;
    throw new Error(`Can't resume from ${file}: ${why}.`, { cause });
  }
  return readCheckpoint(bytes, file);
}
