/** Traces as files. */
import { closeSync, openSync, readSync, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Trace } from "../gpu/trace";

const opening = '{"traceEvents":';

/** Checks, before anything is measured, that a trace can be written there and that nothing else is lost by it. @throws one sentence */
export function checkTraceFile(file: string): void {
  const folder = dirname(resolve(file));
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new Error(
      `Can't write a trace to ${file}: there is no folder ${folder}; make it, or name another.`,
    );
  const old = statSync(file, { throwIfNoEntry: false });
  if (!old || old.size === 0) return;
  if (!old.isFile()) throw new Error(`Can't write a trace to ${file}: it is no plain file; name another.`);
  if (startOf(file) !== opening)
    throw new Error(
      `Won't write over ${file}, which is no trace of Engram's: name another file, or remove it first.`,
    );
}

function startOf(file: string): string {
  const bytes = Buffer.alloc(opening.length);
  const handle = openSync(file, "r");
  try {
    return bytes.toString("latin1", 0, readSync(handle, bytes, 0, bytes.length, 0));
  } finally {
    closeSync(handle);
  }
}

export function saveTrace(file: string, trace: Trace): void {
  try {
    writeFileSync(file, `${JSON.stringify(trace)}\n`);
  } catch (cause) {
    throw new Error(
      `Could not write the trace to ${file}: ${cause instanceof Error ? cause.message : String(cause)}.`,
      { cause },
    );
  }
}
